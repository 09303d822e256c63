"""What differs between the databases when a statement runs: one driver per database.

It works on the connections of aiosqlite or asyncpg themselves, outside of SQLAlchemy's cursor: the
engine opens and pools connections, and compiles the SQL.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncEngine

from .settings import ServiceSettings
from .stored import DialectName

if TYPE_CHECKING:
    from .connections import Connections, Lent
    from .steps import Steps
    from .watchdog import Watchdog

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


class Lanes(Protocol):
    """How statements reach one database, and come back.

    They raise what the driver raises, `TimeoutError` where a statement took too long and the
    database did not say so itself, and `UnavailableError` where it was not even begun.
    """

    def look_up(
        self, sql: str, values: Sequence[object], seconds: float
    ) -> Awaitable[Sequence[Row]]:
        """Run a brief read, which may share the way with others."""

    def read(self, sql: str, values: Sequence[object], seconds: float) -> Awaitable[Sequence[Row]]:
        """Run a statement that changes nothing and takes at most some seconds."""

    def write(self, sql: str, values: Sequence[object], seconds: float) -> Awaitable[Sequence[Row]]:
        """Run a statement that changes something; it is committed then."""

    def transact(self, make: Callable[[], Steps[T]], seconds: float) -> Awaitable[T]:
        """Run steps in one transaction: committed at their end, undone by what they raise."""


class Driver(Protocol):
    """How one database is opened and worked with, and what its errors mean."""

    dialect: DialectName

    def open_engine(self, settings: ServiceSettings) -> AsyncEngine:
        """Make the engine, with a `SharedPool`; nothing is connected yet."""

    def open_lanes(
        self, connections: Connections, watchdog: Watchdog, settings: ServiceSettings
    ) -> Lanes:
        """Make the ways to the database over some connections."""

    def is_closed(self, lent: Lent) -> bool:
        """Tell whether a connection is known to be of no use."""

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
