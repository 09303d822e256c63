"""The database of a service: its engine, and how statements run: look up, read, write, transact.

How they get there differs: see `sqlite_lanes.py` and `postgresql.py`. Whatever happens to a request
meanwhile (an error, a time-out, a client that leaves), connections stay clean, and an answer says
what is stored: what is acknowledged is on the disk.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from time import monotonic
from typing import Any, Protocol, Self

from sqlalchemy.ext.asyncio import AsyncEngine

from .connections import Connections, UnavailableError
from .drivers import Driver, Lanes, Row, T
from .postgresql import PostgreSQL
from .problems import Problem
from .settings import ServiceSettings
from .sqlite import SQLite
from .steps import Steps
from .stored import DialectName
from .watchdog import Watchdog

ATTEMPTS = 5
PAUSES = (0.02, 0.4)
"""Seconds: the shortest and the longest time between two attempts."""

RETRY_AFTER_SECONDS = 1

log = logging.getLogger(__name__)


class StartError(Exception):
    """The service cannot start on this database. The text is one sentence that says what to do."""


class Tables(Protocol):
    """What a database has to hold before the service can work on it."""

    async def ensure(self, database: Database, /) -> None:
        """Create it where it is not there; raise `StartError` where it cannot be."""


class Database:
    """An engine, and the ways that statements go to it. Make it in a running event loop."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.settings = settings
        postgresql = settings.database_url.startswith("postgresql")
        self.driver: Driver = PostgreSQL() if postgresql else SQLite()
        self.dialect: DialectName = self.driver.dialect
        self.engine: AsyncEngine = self.driver.open_engine(settings)
        self.hashing = asyncio.Semaphore(2)
        """How many secrets are hashed at a time: each takes a processor and 64 MiB."""
        self._seconds = settings.statement_timeout
        self._watchdog = Watchdog(
            settings.statement_timeout, settings.pool_timeout, settings.busy_timeout
        )
        self._connections = Connections(self.engine, self._watchdog, self.driver.is_closed)
        self.lanes: Lanes = self.driver.open_lanes(self._connections, self._watchdog, settings)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Let what is under way end, and close."""
        await self._connections.close()
        self._watchdog.close()
        await self.engine.dispose()

    async def ping(self) -> None:
        """Ask the database for a sign of life; raise the problem that it is unavailable if none."""
        await self.look_up("SELECT 1", ())

    def look_up(self, sql: str, values: Sequence[object]) -> Coroutine[Any, Any, Sequence[Row]]:
        """Run a read that is surely brief, such as one by key; it may share its way with others."""
        return self._run(partial(self.lanes.look_up, sql, values), self.driver.is_lost)

    def read(self, sql: str, values: Sequence[object]) -> Coroutine[Any, Any, Sequence[Row]]:
        """Run a statement that changes nothing; one whose connection was gone gets another."""
        return self._run(partial(self.lanes.read, sql, values), self.driver.is_lost)

    def write(self, sql: str, values: Sequence[object]) -> Coroutine[Any, Any, Sequence[Row]]:
        """Run a statement that changes something. It is committed when this returns."""
        return self._run(partial(self.lanes.write, sql, values), self.driver.is_unsent)

    def transact(self, make: Callable[[], Steps[T]]) -> Coroutine[Any, Any, T]:
        """Run steps as one transaction. It is committed when this returns.

        Whatever the steps raise rolls it back. Where the database says that it did nothing, it runs
        again, with new steps.
        """
        return self._run(partial(self.lanes.transact, make), self.driver.is_unsent)

    async def _run(
        self, run: Callable[[float], Awaitable[T]], harmless: Callable[[Exception], bool]
    ) -> T:
        """Run something, and once more what surely did nothing while there is time for it."""
        began = monotonic()
        try:
            return await run(self._seconds)
        except Exception as error:
            return await self._repeat(error, began, run, harmless)

    async def _repeat(
        self,
        error: Exception,
        began: float,
        run: Callable[[float], Awaitable[T]],
        harmless: Callable[[Exception], bool],
    ) -> T:
        """Run again what surely did nothing, within the time that a statement has."""
        end = began + self._seconds
        for attempt in range(1, ATTEMPTS):
            pause = _pause(attempt)
            seconds = end - monotonic() - pause
            if seconds <= 0 or not (self.driver.is_transient(error) or harmless(error)):
                break
            await asyncio.sleep(pause)
            try:
                return await run(seconds)
            except Exception as another:
                error = another
        raise self._outward(error) from error

    def _outward(self, error: Exception) -> Exception:
        """Say in the service's terms what the driver raised; a bug of ours stays as it is."""
        if isinstance(error, Problem):
            return error
        if isinstance(error, (TimeoutError, UnavailableError)) or self.driver.is_outage(error):
            return self._unavailable(error)
        return self.driver.violation(error) or error

    def _unavailable(self, error: Exception) -> Problem:
        log.warning("the database is unavailable: %s: %s", type(error).__name__, error)
        return Problem(
            "database-unavailable",
            "The database cannot answer now; try again shortly.",
            headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
        )


def _pause(attempt: int) -> float:
    """Choose how long to wait after an attempt.

    Two that were in each other's way should not meet again, so it is chance. And a server that hung
    up has done so on other connections too: the loop hears of it meanwhile.
    """
    shortest, longest = PAUSES
    return random.uniform(shortest, min(longest, shortest * 2**attempt))
