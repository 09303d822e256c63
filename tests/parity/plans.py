"""Lists of rows of every type, and what a database says of how it finds them.

The same rows are asked for in the same ways on both databases; how each of them tells of its plan,
and what it has to say there, differs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

import pytest
from sqlalchemy import Table, insert, text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.testclient import TestClient

from tests.parity.twin import EXTREMES
from tests.services import client, compiled

ROWS = 4_000
FEW = {"page_size": "20"}
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN (FORMAT JSON)"}

EQUAL = {
    "label": "l7",
    "wide": "w7",
    "whole": "7",
    "money": "7",
    "middle": "0.007",
    "fine": "0.000007",
    "flag": "true",
    "day": "2000-01-08",
    "moment": "2000-01-01T07:00:00Z",
    "opens": "00:04:40",
    "runs": "PT7M",
    "ref": str(UUID(int=7)),
    "contact": "c7@b",
    "mode": "a",
}
"""By field, a value that few rows have."""
AMONG = [name for name in EQUAL if name not in ("flag", "wide")]
NULLABLE = [name for name in EQUAL if name not in ("label", "wide")]
RANGED = ["label", "whole", "money", "middle", "fine", "day", "moment", "opens", "runs", "contact"]
BOUNDED = [*RANGED, "real"]
SORTED = [*BOUNDED, "flag", "mode"]
PREFIXES = {"label": "l199", "contact": "c199", "wide": "w399"}
CONTINUED = ["label", "whole", "real", "money", "flag", "day", "moment", "opens", "runs", "mode"]
"""By what pages are sorted that are continued after a cursor."""

Explained = Sequence[Sequence[Any]]
Plan = TypeVar("Plan")
Statement = tuple[str, Sequence[object]]


class Lists(Generic[Plan]):
    """A filled service, and what its database says of the statements that its lists run."""

    def __init__(
        self, http: TestClient, statements: list[Statement], read: Callable[[Explained], Plan]
    ) -> None:
        self.http = http
        self._statements = statements
        self._read = read

    def plan(self, path: str, **params: str | list[str]) -> Plan:
        """Ask for something, and return the plan of the statement that found it."""
        self._statements.clear()
        response = self.http.get(path, params=params)
        assert response.status_code == 200, response.text
        sql, values = self._statements[0]
        app: Any = self.http.app
        database = app.state.database
        assert self.http.portal is not None
        told = self.http.portal.call(database.read, f"{EXPLAIN[database.dialect]} {sql}", values)
        return self._read(told)

    def page(self, **params: str | list[str]) -> Plan:
        """Ask for a page of few rows."""
        return self.plan("/extremes", **FEW, **params)

    def equal(self, name: str) -> Plan:
        """Ask for the rows with a value of a field."""
        return self.page(**{name: EQUAL[name]})

    def among(self, name: str) -> Plan:
        """Ask for the rows with one of several values of a field."""
        return self.page(**{f"{name}_in": [EQUAL[name]] * 3})

    def bounded(self, name: str, operator: str, sort: str) -> Plan:
        """Ask for the rows whose values of a field are on one side of one of them."""
        return self.page(**{f"{name}_{operator}": EQUAL.get(name, "3.5")}, sort=sort)

    def prefixed(self, name: str, **params: str) -> Plan:
        """Ask for the rows whose values of a field begin in one way."""
        return self.page(**{f"{name}_prefix": PREFIXES[name]}, **params)

    def without(self, name: str) -> Plan:
        """Ask for the rows without a value of a field."""
        return self.page(**{f"{name}_is_null": "true"})

    def continued(self, *sort: str) -> Plan:
        """Ask for a page after a cursor."""
        params: dict[str, str | list[str]] = {**FEW, "sort": list(sort)}
        first = self.http.get("/marks", params=params).json()
        return self.plan("/marks", **params, cursor=first["next_cursor"])


@contextmanager
def filled(
    database_url: str, read: Callable[[Explained], Plan], *, statistics: bool
) -> Iterator[Lists[Plan]]:
    """Fill a service, and note what goes to its database, which may look at what its tables hold.

    PostgreSQL does that by itself; SQLite does only when it is told to.
    """
    service = compiled(EXTREMES)
    statements: list[Statement] = []
    tables = [getattr(service.module(f"{name}.table"), name) for name in ("extremes", "marks")]
    with pytest.MonkeyPatch.context() as patch, client(EXTREMES, database_url) as http:
        database = service.module("runtime.database").Database
        for name in ("read", "look_up"):
            patch.setattr(database, name, _noting(getattr(database, name), statements))
        app: Any = http.app
        assert http.portal is not None
        http.portal.call(_fill, app.state.database.engine, tables, statistics)
        yield Lists(http, statements, read)


def _noting(
    read: Callable[..., Awaitable[object]], statements: list[Statement]
) -> Callable[..., Awaitable[object]]:
    async def noted(self: object, sql: str, values: Sequence[object]) -> object:
        statements.append((sql, values))
        return await read(self, sql, values)

    return noted


async def _fill(engine: AsyncEngine, tables: Sequence[Table], statistics: bool) -> None:
    rows = [_row(number) for number in range(ROWS)]
    async with engine.begin() as connection:
        for table in tables:
            # Where a field has to have a value, rows without one are left out.
            whole = table.c.whole.nullable
            kept = [
                {name: value for name, value in row.items() if name in table.c}
                for row in rows
                if whole or row["whole"] is not None
            ]
            await connection.execute(insert(table), kept)
    if statistics:
        async with engine.connect() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()


def _row(number: int) -> dict[str, object]:
    """Make a row; two have the same values, and one in five hundred has none but its label."""
    value = number % (ROWS // 2)
    few = value % 500 == 7
    row: dict[str, object] = {
        "wide": f"w{number}",
        "whole": value,
        "real": value / 2,
        "money": Decimal(value),
        "middle": Decimal(value).scaleb(-3),
        "fine": Decimal(value).scaleb(-6),
        "flag": few,
        "day": date(2000, 1, 1) + timedelta(value),
        "moment": datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=value),
        "opens": time(value * 40 // 3600, value * 40 // 60 % 60, value * 40 % 60),
        "runs": timedelta(minutes=value),
        "ref": UUID(int=value),
        "contact": f"c{value}@b",
        "mode": "a" if few else "Z",
    }
    if value % 500 == 3:
        row = dict.fromkeys(row)
    return {"label": f"l{value}", **row}
