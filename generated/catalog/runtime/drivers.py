"""What differs between the databases when a statement runs: one class per database.

A driver works on the connection of aiosqlite or asyncpg itself, outside of SQLAlchemy's cursor: the
engine pools and opens connections, and compiles the SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection

from .settings import ServiceSettings
from .stored import DialectName

if TYPE_CHECKING:
    from .steps import Steps

T = TypeVar("T")

Row = Sequence[Any]
"""Raw values as the driver returns them, in the order of the statement's columns."""

Constraint = Literal["unique", "reference", "rule"]


class ViolationError(Exception):
    """A write met a constraint. `report` is the database's own name for it, as far as it says."""

    def __init__(self, kind: Constraint, report: str) -> None:
        super().__init__(f"{kind}: {report}")
        self.kind = kind
        self.report = report


class Driver(Protocol):
    """How statements run on one database, and what its errors mean."""

    dialect: DialectName
    one_writer: bool
    """Whether writes of this process wait for each other before they reach the database."""

    def open_engine(self, settings: ServiceSettings) -> AsyncEngine:
        """Make the engine; nothing is connected yet."""

    async def fetch(
        self,
        connection: PoolProxiedConnection,
        sql: str,
        values: Sequence[object],
        seconds: float,
    ) -> Sequence[Row]:
        """Run one statement in a transaction of its own, and return its rows.

        Raise `TimeoutError`, or what is an outage, where it takes longer than some seconds.
        """

    async def transact(
        self, connection: PoolProxiedConnection, steps: Steps[T], seconds: float
    ) -> T:
        """Run steps in one transaction: committed at their end, rolled back by what they raise."""

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

    def violation(self, error: Exception) -> ViolationError | None:
        """Return which constraint an error is about, None where it is about none."""
