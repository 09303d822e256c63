"""The database of a service: its engine, and how statements run: read, write and transact.

Every statement, or transaction, has a connection for itself and for no longer than it runs.
Whatever happens to the request meanwhile (an error, a time-out, a client that leaves), the
connection goes back clean.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol, Self

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection

from .drivers import Driver, Row, T
from .logs import configure_logging
from .postgresql import PostgreSQL
from .problems import Problem
from .settings import ServiceSettings
from .sqlite import SQLite
from .steps import Steps
from .stored import DialectName

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


Run = Callable[[PoolProxiedConnection, float], Awaitable[T]]
"""What is done with a connection, in at most some seconds."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def lifespan(settings: ServiceSettings, tables: Tables) -> Lifespan:
    """Make the lifespan of an application: `app.state.database` is open while it serves."""

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        configure_logging("debug" if settings.debug else settings.log_level)
        try:
            database = Database(settings)
        except OSError as error:
            raise _cannot_start(settings, error) from None
        async with database:
            try:
                await tables.ensure(database)
            except (StartError, OSError, SQLAlchemyError) as error:
                raise _cannot_start(settings, error) from None
            app.state.settings = settings
            app.state.database = database
            yield

    return opened


def _cannot_start(settings: ServiceSettings, error: Exception) -> StartError:
    """Say in one sentence why; `Edge` has the server show it."""
    if isinstance(error, StartError):
        return error
    cause = getattr(error, "orig", None) or error
    return StartError(
        f"The database cannot be used ({type(cause).__name__}: {cause}): "
        f"check {settings.variable('database_url')}."
    )


class Database:
    """An engine, its driver, and the order of writers. Make it in a running event loop."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.settings = settings
        postgresql = settings.database_url.startswith("postgresql")
        self.driver: Driver = PostgreSQL() if postgresql else SQLite()
        self.engine: AsyncEngine = self.driver.open_engine(settings)
        self.hashing = asyncio.Semaphore(2)
        """How many secrets are hashed at a time: each takes a processor and 64 MiB."""
        self._turn = asyncio.Lock()
        self._cleanups: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._cleanups:
            await asyncio.wait(self._cleanups)
        await self.engine.dispose()

    @property
    def dialect(self) -> DialectName:
        """Tell which database this is."""
        return self.driver.dialect

    async def ping(self) -> None:
        """Ask the database for a sign of life; raise the problem that it is unavailable if none."""
        await self.read("SELECT 1", ())

    async def read(self, sql: str, values: Sequence[object]) -> Sequence[Row]:
        """Run a statement that changes nothing; one whose connection was gone gets another."""
        return await self._repeat(self._statement(sql, values), self.driver.is_lost)

    async def write(self, sql: str, values: Sequence[object]) -> Sequence[Row]:
        """Run a statement that changes something. It is committed when this returns."""
        return await self._in_turn(self._statement(sql, values))

    async def transact(self, make: Callable[[], Steps[T]]) -> T:
        """Run steps as one transaction. It is committed when this returns.

        Whatever the steps raise rolls it back. Where the database says that it did nothing, it runs
        again, with new steps.
        """
        return await self._in_turn(
            lambda connection, seconds: self.driver.transact(connection, make(), seconds)
        )

    def _statement(self, sql: str, values: Sequence[object]) -> Run[Sequence[Row]]:
        return lambda connection, seconds: self.driver.fetch(connection, sql, values, seconds)

    async def _in_turn(self, run: Run[T]) -> T:
        """Let a writer wait for those before it, where the database has one at a time."""
        if not self.driver.one_writer:
            return await self._repeat(run, self.driver.is_unsent)
        try:
            async with asyncio.timeout(self.settings.busy_timeout):
                await self._turn.acquire()
        except TimeoutError as error:
            raise self._unavailable(error) from error
        try:
            return await self._repeat(run, self.driver.is_unsent)
        finally:
            self._turn.release()

    async def _repeat(self, run: Run[T], harmless: Callable[[Exception], bool]) -> T:
        """Run again what surely did nothing, within the time that a statement has."""
        clock = asyncio.get_running_loop().time
        seconds = self.settings.statement_timeout
        end = clock() + seconds
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._run(run, seconds)
            except Exception as error:
                again = self.driver.is_transient(error) or harmless(error)
                pause = _pause(attempt)
                seconds = end - clock() - pause
                if attempt == ATTEMPTS or not again or seconds <= 0:
                    raise self._outward(error) from error
            await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def _run(self, run: Run[T], seconds: float) -> T:
        async with self._connection() as connection:
            return await run(connection, seconds)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[PoolProxiedConnection]:
        """Lend a connection of the pool."""
        try:
            lent = await self.engine.connect()
        except Exception as error:
            raise self._unavailable(error) from error
        try:
            connection = await lent.get_raw_connection()
            yield connection
        except BaseException as error:
            await (self._finish(self._clean(lent)) if self._spoils(error) else lent.close())
            raise
        await lent.close()

    def _spoils(self, error: BaseException) -> bool:
        """Tell whether a connection may still be busy, or gone, after an error."""
        if isinstance(error, TimeoutError) or not isinstance(error, Exception):
            return True
        return self.driver.is_lost(error)

    async def _clean(self, lent: AsyncConnection) -> None:
        """Give a connection back that may still be busy."""
        try:
            if not await self.driver.stop(await lent.get_raw_connection()):
                await lent.invalidate()
        except Exception:
            log.warning("a connection could not be cleaned and is dropped", exc_info=True)
            await lent.invalidate()
        finally:
            await lent.close()

    async def _finish(self, cleanup: Coroutine[object, object, None]) -> None:
        """Run to the end what must not be cut short, even if the request is cancelled meanwhile."""
        task = asyncio.create_task(cleanup)
        self._cleanups.add(task)
        task.add_done_callback(self._cleanups.discard)
        await asyncio.shield(task)

    def _outward(self, error: Exception) -> Exception:
        """Say in the service's terms what the driver raised; a bug of ours stays as it is."""
        if isinstance(error, Problem):
            return error
        if isinstance(error, TimeoutError) or self.driver.is_outage(error):
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
