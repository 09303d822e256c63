"""Unique sets: who has given values is one statement for thousands, whatever the types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, Index, MetaData, Table, func, insert

from generator.runtime import columns
from generator.runtime.columns import metadata
from generator.runtime.database import Database
from generator.runtime.drivers import Row
from generator.runtime.models import ResponseModel
from generator.runtime.rows import Rows, Unique
from generator.runtime.steps import Steps
from generator.runtime.unique_sets import Member, holders, member_of
from tests.runtime.sample import Settings

pytestmark = pytest.mark.anyio


class Thing(ResponseModel):
    """What is answered of a thing."""

    id: int


things = Table(
    "things",
    MetaData(naming_convention=metadata.naming_convention),
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("name", columns.String(300), nullable=False),
    Column("size", columns.Integer(), nullable=False),
    Column("price", columns.Decimal(18, 4), nullable=False),
    Column("day", columns.Date(), nullable=False),
    Column("moment", columns.DateTime(), nullable=False),
    Column("clock", columns.Time(), nullable=False),
    Column("took", columns.Duration(), nullable=False),
    Column("code", columns.Uuid(), nullable=False),
    sqlite_strict=True,
)
Index("uq_name", things.c.name, unique=True)
Index("uq_folded", func.lower(things.c.name), unique=True)
Index("uq_two", things.c.name, things.c.size, unique=True)

NAMES = ("name", "size", "price", "day", "moment", "clock", "took", "code")
THING = Rows("thing", things, Thing, key="id")
SETS = [
    *(Unique(name, f"uq_{name}", (name,)) for name in NAMES),
    Unique("folded", "uq_folded", ("name",), ignore_case=True),
    Unique("two", "uq_two", ("name", "size")),
    Unique("all", "uq_all", NAMES),
]
ROWS = 3_000


def thing(at: int) -> dict[str, object]:
    """Make the values of a row, with the extremes of each type among them."""
    last = at == ROWS
    return {
        "name": f'Näme "{at}\\',
        "size": 2**63 - 1 if last else -at,
        "price": Decimal("99999999999999.9999") if last else Decimal(at) / 4,
        "day": dt.date.max if last else dt.date(1, 1, 1) + dt.timedelta(at),
        "moment": dt.datetime.max.replace(tzinfo=dt.UTC)
        if last
        else dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=at),
        "clock": dt.time.max if last else (dt.datetime(2026, 1, 1) + dt.timedelta(0, at)).time(),
        "took": dt.timedelta(microseconds=-at),
        "code": UUID(int=at),
    }


def counted(steps: Steps[dict[Member, object]], sent: list[str]) -> Steps[dict[Member, object]]:
    """Note the statements that steps send."""
    try:
        statement = next(steps)
        while True:
            sent.append(statement[0])
            rows: Sequence[Row] = yield statement
            statement = steps.send(rows)
    except StopIteration as end:
        found: dict[Member, object] = end.value
        return found


async def fill(database: Database) -> None:
    """Insert every second thing."""
    async with database.engine.begin() as connection:
        await connection.run_sync(things.metadata.create_all)
        rows = [{"id": at, **thing(at)} for at in range(2, ROWS + 1, 2)]
        await connection.execute(insert(things), rows)
        await connection.exec_driver_sql("ANALYZE")


def wanted(unique: Unique) -> Iterator[tuple[int, Member]]:
    """Yield what each thing has of a set."""
    for at in range(1, ROWS + 1):
        member = member_of(unique, thing(at))
        assert member is not None
        yield at, member


async def test_thousands_are_one_statement(database_url: str) -> None:
    """Of every type that a set may have, of one column or of all; and who has it is known."""
    async with Database(Settings(database_url=database_url)) as database:
        await fill(database)
        dialect = database.engine.dialect
        for unique in SETS:
            members = dict(wanted(unique))
            sent: list[str] = []
            look = partial(holders, THING, unique, list(members.values()), dialect)
            steps = partial(lambda look, sent: counted(look(), sent), look, sent)
            found = await database.transact(steps)
            assert found == {members[at]: at for at in members if at % 2 == 0}, unique.name
            assert len(sent) == 1
            own = await database.transact(
                partial(holders, THING, unique, [members[2], members[4]], dialect, 2)
            )
            assert own == {members[4]: 4}


async def test_an_index_finds_them(database_url: str) -> None:
    """Few members are not sought through the whole table."""
    async with Database(Settings(database_url=database_url)) as database:
        await fill(database)
        for unique in SETS:
            if unique.sql_name not in {"uq_name", "uq_folded", "uq_two"}:
                continue
            sent: list[tuple[str, Sequence[object]]] = []
            member = member_of(unique, thing(2))
            assert member is not None
            sent.append(next(holders(THING, unique, [member], database.engine.dialect)))
            ((sql, values),) = sent
            explain = "EXPLAIN QUERY PLAN" if database.dialect == "sqlite" else "EXPLAIN"
            plan: Any = await database.read(f"{explain} {sql}", values)
            lines = [str(row[-1]) for row in plan]
            # A set of two columns has one of two indexes that begin alike.
            assert any("uq_" in line for line in lines), lines
            assert not any("Seq Scan" in line or "SCAN things" in line for line in lines), lines
