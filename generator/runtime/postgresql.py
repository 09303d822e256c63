"""PostgreSQL through asyncpg: how it is connected to, and what its errors mean.

A statement outside of a transaction is one round trip. A connection that the server has closed is
noticed without asking the server (asyncpg knows), so no ping is sent before a statement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from .drivers import Constraint, Row, T, ViolationError
from .settings import ServiceSettings
from .steps import Steps
from .stored import DialectName

STATEMENTS_PER_CONNECTION = 1_000
RECYCLE_SECONDS = 1_800
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
    one_writer = False

    def __init__(self) -> None:
        self._asyncpg = import_module("asyncpg")  # which has no types

    def open_engine(self, settings: ServiceSettings) -> AsyncEngine:
        """Make an engine whose sessions are in UTC and wait for nothing for ever."""
        engine = create_async_engine(
            settings.database_url,
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

    async def fetch(
        self,
        connection: PoolProxiedConnection,
        sql: str,
        values: Sequence[object],
        seconds: float,
    ) -> Sequence[Row]:
        """Run one prepared statement: one round trip."""
        driver: Any = connection.driver_connection
        async with asyncio.timeout(seconds):
            rows: Sequence[Row] = await driver.fetch(sql, *values)
        return rows

    async def transact(
        self, connection: PoolProxiedConnection, steps: Steps[T], seconds: float
    ) -> T:
        """Run the steps one by one. A connection that is cut short is closed: see `stop`."""
        async with asyncio.timeout(seconds):
            return await self._transact(connection, steps)

    async def _transact(self, connection: PoolProxiedConnection, steps: Steps[T]) -> T:
        driver: Any = connection.driver_connection
        await driver.execute("BEGIN")
        try:
            sql, values = next(steps)
            while True:
                sql, values = steps.send(await driver.fetch(sql, *values))
        except StopIteration as end:
            await driver.execute("COMMIT")
            result: T = end.value
            return result
        except Exception:
            if driver.is_in_transaction():
                await driver.execute("ROLLBACK")
            raise
        finally:
            steps.close()

    async def stop(self, connection: PoolProxiedConnection) -> bool:
        """Leave the connection to be closed: the server then ends what it was doing."""
        return False

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
