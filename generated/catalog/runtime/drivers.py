"""What differs between the databases when a statement runs: one class per database.

A driver works on the connection of aiosqlite or asyncpg itself, one call per statement, outside of
SQLAlchemy's cursor: the engine pools and opens connections, and compiles the SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection

from .settings import ServiceSettings
from .stored import DialectName

Row = Sequence[Any]
"""Raw values as the driver returns them, in the order of the statement's columns."""


class Driver(Protocol):
    """How statements run on one database, and what its errors mean."""

    dialect: DialectName
    one_writer: bool
    """Whether writes of this process wait for each other before they reach the database."""

    def open_engine(self, settings: ServiceSettings) -> AsyncEngine:
        """Make the engine; nothing is connected yet."""

    async def fetch(
        self, connection: PoolProxiedConnection, sql: str, values: Sequence[object]
    ) -> Sequence[Row]:
        """Run one statement in a transaction of its own, and return its rows."""

    async def stop(self, connection: PoolProxiedConnection) -> bool:
        """End what a connection is doing; return whether it can be used again."""

    def is_outage(self, error: Exception) -> bool:
        """Tell whether the database cannot do it now (rather than the statement being wrong)."""

    def is_lost(self, error: Exception) -> bool:
        """Tell whether the connection was gone, so that a read may try another."""

    def is_unsent(self, error: Exception) -> bool:
        """Tell whether it was gone before the statement went out, so that a write may too."""

    def is_transient(self, error: Exception) -> bool:
        """Tell whether the statement was the victim of a deadlock and did nothing."""

    def taken(self, error: Exception) -> str | None:
        """Return how the database names the unique set that an error is about, else None."""
