"""SQLite through aiosqlite: how files are opened, and what its errors mean.

Connections are in autocommit mode: a statement is its own transaction, and nothing begins one
behind our back. The file is in WAL mode, so that readers and the one writer do not wait.
"""

from __future__ import annotations

import logging
import sqlite3
from asyncio import sleep
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only

from .connections import Connections, Lent
from .drivers import Constraint, Lanes, ViolationError
from .settings import ServiceSettings
from .shared_pool import SharedPool
from .sqlite_lanes import SQLiteLanes
from .stored import DialectName
from .watchdog import Watchdog

OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
CONSTRAINTS: Mapping[int, Constraint] = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: "unique",
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: "unique",
    sqlite3.SQLITE_CONSTRAINT_ROWID: "unique",
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: "reference",
    # ON DELETE RESTRICT is a trigger inside of SQLite.
    sqlite3.SQLITE_CONSTRAINT_TRIGGER: "reference",
    sqlite3.SQLITE_CONSTRAINT_CHECK: "rule",
}
PRIMARY_CODE = 0xFF
STATEMENTS_PER_CONNECTION = 1_000
WAL_ATTEMPTS = 100


class SQLite:
    """The driver for files (and for `:memory:`, which one connection holds)."""

    dialect: DialectName = "sqlite"

    def open_engine(self, settings: ServiceSettings) -> AsyncEngine:
        """Make the file's folder and an engine whose connections are set up alike."""
        # At level debug it would log every value that is written.
        logging.getLogger("aiosqlite").setLevel(logging.INFO)
        url = make_url(settings.database_url)
        memory = url.database in (None, "", ":memory:")
        if not memory:
            _make_folder(url)
        engine = create_async_engine(
            url,
            poolclass=SharedPool,
            pool_size=1 if memory else settings.pool_size,
            max_overflow=0 if memory else settings.pool_overflow,
            pool_timeout=settings.pool_timeout,
            pool_reset_on_return=None,
            connect_args={
                "isolation_level": None,
                "timeout": settings.busy_timeout,
                "cached_statements": STATEMENTS_PER_CONNECTION,
            },
        )
        event.listen(engine.sync_engine, "connect", _set_up)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine

    def open_lanes(
        self, connections: Connections, watchdog: Watchdog, settings: ServiceSettings
    ) -> Lanes:
        """Make the ways to the threads of connections."""
        return SQLiteLanes(connections, watchdog, settings)

    def is_closed(self, lent: Lent) -> bool:
        """Tell whether its thread is told to end."""
        return not lent.driver._running

    def is_outage(self, error: Exception) -> bool:
        """Tell by SQLite's result code."""
        return _code(error) & PRIMARY_CODE in OUTAGES or self.is_lost(error)

    def is_lost(self, error: Exception) -> bool:
        """Tell by aiosqlite's message, which is all there is."""
        return isinstance(error, ValueError) and str(error) in (
            "Connection closed",
            "no active connection",
        )

    def is_unsent(self, error: Exception) -> bool:
        """Tell the same: aiosqlite says so before it does anything."""
        return self.is_lost(error)

    def is_transient(self, error: Exception) -> bool:
        """Tell that SQLite has no deadlocks: its one writer waits its turn."""
        return False

    def violation(self, error: Exception) -> ViolationError | None:
        """Tell by the result code. The message names a unique set and a check, but no reference.

        `UNIQUE constraint failed: products.sku`, or `...: index 'uq_x'`.
        """
        kind = CONSTRAINTS.get(_code(error))
        return None if kind is None else ViolationError(kind, str(error))


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0)


def _make_folder(url: URL) -> None:
    if url.database is not None and not url.database.startswith("file:"):
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _set_up(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _use_wal(cursor: DBAPICursor) -> None:
    """Switch the file to WAL. SQLite does not wait for the lock that this takes, so we do."""
    for attempt in range(WAL_ATTEMPTS):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) & PRIMARY_CODE != sqlite3.SQLITE_BUSY or attempt + 1 == WAL_ATTEMPTS:
                raise
            await_only(sleep(0.01))
        else:
            return


def _begin(connection: Connection) -> None:
    """Begin SQLAlchemy's own transactions as writers, so that none loses another's update."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
