"""PostgreSQL through asyncpg: how it is connected to, and what its errors mean.

A statement outside of a transaction is one round trip. A connection that the server has closed is
noticed without asking the server (asyncpg knows), so no ping is sent before a statement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from .connections import Connections, Lent
from .drivers import Constraint, Lanes, Row, T, ViolationError
from .settings import ServiceSettings
from .shared_pool import SharedPool
from .steps import Steps
from .stored import DialectName
from .watchdog import Watchdog

STATEMENTS_PER_CONNECTION = 1_000
GRACE_SECONDS = 1.0
"""How much longer than the server we wait: its time-out says that nothing was stored, ours not."""
COMMIT_SECONDS = 4.0
"""How much longer than that for what may be committed already: the disk may be slow to say so."""
RECYCLE_SECONDS = 1_800
"""For how long a connection is used at most."""

CONSTRAINTS: Mapping[str, Constraint] = {
    "23505": "unique",
    "23503": "reference",
    "23001": "reference",  # ON DELETE RESTRICT
    "23514": "rule",
}
TRANSIENT = frozenset({"40001", "40P01"})
OUTAGE_CLASSES = frozenset({"08", "40", "53", "57", "58"})
"""Connections, roll-backs that repeating did not cure, resources, operators, the system itself."""
OUTAGE_CODES = frozenset({"25006", "55P03"})
"""Read-only (a replica, say), and a lock that was not to be had in time."""

HANGING_UP = frozenset({"57P01", "57P02", "57P05"})
"""A shutdown, a crash of another process, and a time-out of idle sessions."""


class PostgreSQL:
    """The driver for PostgreSQL."""

    dialect: DialectName = "postgresql"

    def __init__(self) -> None:
        self._asyncpg = import_module("asyncpg")  # which has no types

    def open_engine(self, settings: ServiceSettings) -> AsyncEngine:
        """Make an engine whose sessions are in UTC and wait for nothing for ever."""
        engine = create_async_engine(
            settings.database_url,
            poolclass=SharedPool,
            pool_size=settings.pool_size,
            max_overflow=settings.pool_overflow,
            pool_timeout=settings.pool_timeout,
            pool_recycle=RECYCLE_SECONDS,
            pool_reset_on_return=None,
            # JSON arrives as the text that was stored; who wants values decodes it.
            json_deserializer=str,
            connect_args={
                "timeout": settings.connect_timeout,
                "statement_cache_size": STATEMENTS_PER_CONNECTION,
                "server_settings": {
                    "timezone": "UTC",
                    "statement_timeout": _milliseconds(settings.statement_timeout),
                    "lock_timeout": _milliseconds(settings.busy_timeout),
                },
            },
        )
        event.listen(engine.sync_engine, "checkout", _refuse_closed)
        return engine

    def open_lanes(
        self, connections: Connections, _watchdog: Watchdog, settings: ServiceSettings
    ) -> Lanes:
        """Make the ways over connections, each for one statement or transaction at a time."""
        return _Lanes(self, connections, settings.pool_timeout)

    def is_closed(self, lent: Lent) -> bool:
        """Tell whether the server has hung up, as far as is known here."""
        closed: bool = lent.driver.is_closed()
        return closed

    def is_outage(self, error: Exception) -> bool:
        """Tell by the SQLSTATE, or by the kind of error where the server did not answer."""
        state = _state(error)
        return state[:2] in OUTAGE_CLASSES or state in OUTAGE_CODES or self.is_lost(error)

    def is_lost(self, error: Exception) -> bool:
        """Tell by the class of the error, or by what the server says when it hangs up."""
        if isinstance(error, OSError):
            return not isinstance(error, TimeoutError)
        lost = isinstance(error, self._asyncpg.PostgresConnectionError)
        return lost or _state(error) in HANGING_UP or self.is_unsent(error)

    def is_unsent(self, error: Exception) -> bool:
        """Tell that asyncpg itself refused: it knew that the server had hung up."""
        if isinstance(error, self._asyncpg.InternalClientError):
            return "another operation" in str(error)
        return isinstance(error, self._asyncpg.InterfaceError) and "is closed" in str(error)

    def is_transient(self, error: Exception) -> bool:
        """Tell a serialization failure or a deadlock."""
        return _state(error) in TRANSIENT

    def violation(self, error: Exception) -> ViolationError | None:
        """Tell by the SQLSTATE; the report is the constraint's name."""
        kind = CONSTRAINTS.get(_state(error))
        if kind is None:
            return None
        return ViolationError(kind, str(getattr(error, "constraint_name", "")))


class _Lanes:
    """Every statement, or transaction, has a connection for itself while it runs."""

    def __init__(self, driver: PostgreSQL, connections: Connections, patience: float) -> None:
        self._driver = driver
        self._connections = connections
        self._patience = patience

    async def look_up(self, sql: str, values: Sequence[object], seconds: float) -> Sequence[Row]:
        """Run one prepared statement in a transaction of its own: one round trip."""
        connections = self._connections
        lent = connections.take() or await connections.wait(self._patience)
        try:
            rows: Sequence[Row] = await lent.driver.fetch(
                sql, *values, timeout=seconds + GRACE_SECONDS
            )
        except BaseException as error:
            await self._recover(lent, error)
            raise
        connections.give_back(lent)
        return rows

    read = look_up

    async def write(self, sql: str, values: Sequence[object], seconds: float) -> Sequence[Row]:
        """Run one prepared statement, which is committed with its end."""
        return await self.look_up(sql, values, seconds + COMMIT_SECONDS)

    async def transact(self, make: Callable[[], Steps[T]], seconds: float) -> T:
        """Run the steps one by one."""
        connections = self._connections
        lent = connections.take() or await connections.wait(self._patience)
        try:
            async with asyncio.timeout(seconds + GRACE_SECONDS) as timer:
                result = await _transact(lent, make(), timer, seconds)
        except BaseException as error:
            await self._recover(lent, error)
            raise
        connections.give_back(lent)
        return result

    async def _recover(self, lent: Lent, error: BaseException) -> None:
        """Give a connection back, or have it closed: the server then ends what it was doing."""
        if isinstance(error, Exception) and not self._is_cut_short(error):
            self._connections.give_back(lent)
        else:
            # It is closed also where the request is cancelled meanwhile.
            await asyncio.shield(self._connections.drop(lent))

    def _is_cut_short(self, error: Exception) -> bool:
        """Tell whether a connection may still be busy, or gone, after an error."""
        return isinstance(error, TimeoutError) or self._driver.is_lost(error)


async def _transact(lent: Lent, steps: Steps[T], timer: asyncio.Timeout, seconds: float) -> T:
    driver = lent.driver
    await driver.execute("BEGIN")
    try:
        sql, values = next(steps)
        while True:
            sql, values = steps.send(await driver.fetch(sql, *values))
    except StopIteration as end:
        # It is too late to say that nothing was done: the end has its own time.
        longest = seconds + GRACE_SECONDS + COMMIT_SECONDS
        timer.reschedule(asyncio.get_running_loop().time() + longest)
        await driver.execute("COMMIT")
        result: T = end.value
        return result
    except Exception:
        if driver.is_in_transaction():
            await driver.execute("ROLLBACK")
        raise
    finally:
        steps.close()


def _state(error: Exception) -> str:
    return str(getattr(error, "sqlstate", None) or "")


def _milliseconds(seconds: float) -> str:
    return str(max(1, round(seconds * 1000)))


def _refuse_closed(
    _connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """Make the pool replace a connection that the server has closed."""
    driver = record.driver_connection
    if driver is None or driver.is_closed():
        raise DisconnectionError("the server has closed the connection")
