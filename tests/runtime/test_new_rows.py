"""What a bulk request answers without reading it back is what SQLite stores, of every type."""

from __future__ import annotations

import datetime as dt
import decimal
import sqlite3
import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import MISSING, Field
from sqlalchemy import Column, MetaData, Table, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from generator.runtime import columns, wire_types
from generator.runtime.models import RequestModel, ResponseModel
from generator.runtime.new_rows import Inserts, NewRows, ReadyRows
from generator.runtime.rows import Rows
from generator.runtime.statements import Create
from generator.runtime.steps import drive

DIALECT = sqlite.dialect(paramstyle="qmark")
MOMENT = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)

things = Table(
    "things",
    MetaData(),
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("name", columns.String(20), nullable=False),
    Column("price", columns.Decimal(9, 2), nullable=True),
    Column("weight", columns.Number(), nullable=True),
    Column("count", columns.Integer(), nullable=True),
    Column("sold", columns.Boolean(), nullable=True),
    Column("made_at", columns.DateTime(), nullable=True),
    Column("tag", columns.Uuid(), nullable=True),
    Column("more", columns.Json(), nullable=True),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)


class Thing(ResponseModel):
    """What is answered."""

    id: wire_types.Integer
    name: wire_types.String
    price: wire_types.Decimal | None
    weight: wire_types.Number | None
    count: wire_types.Integer | None
    sold: wire_types.Boolean | None
    made_at: wire_types.DateTime | None
    tag: wire_types.Uuid | None
    more: wire_types.Json | None


class ThingCreate(RequestModel):
    """What creates one."""

    name: wire_types.String
    price: wire_types.Decimal | None = Field(default=None, decimal_places=2)
    weight: wire_types.Number | None = None
    count: wire_types.Integer | None = None
    sold: wire_types.Boolean | None = None
    made_at: wire_types.DateTime | MISSING = MISSING
    tag: wire_types.Uuid | None = None
    more: wire_types.Json | None = None


THINGS = Rows("thing", things, Thing, key="id")
CREATE = Create(THINGS, insert(things), made={"made_at": lambda instant: instant})

FULL = ThingCreate(
    name="ä\u2028",
    price=decimal.Decimal("12.50"),
    weight=5.0,
    count=-(2**53) + 1,
    sold=True,
    made_at=MOMENT + dt.timedelta(microseconds=7),
    tag=uuid.UUID(int=7),
    more={"a": [1, None]},
)


def inserted(*items: ThingCreate) -> tuple[list[Any], list[Any], list[str]]:
    """Insert items; return what is answered, what is stored, and the statements."""
    connection = sqlite3.connect(":memory:")
    connection.execute(str(CreateTable(things).compile(dialect=DIALECT)))
    ran: list[str] = []

    def fetch(sql: str, values: Sequence[Any]) -> list[Any]:
        ran.append(sql)
        return connection.execute(sql, values).fetchall()

    new = NewRows.of(THINGS, CREATE.made, items, MOMENT)
    values = new.columns()
    assert values is not None
    plain, whole = (
        CREATE.prepared((*values, "id"), DIALECT, returning=returning)
        for returning in (False, True)
    )
    inserts = Inserts(plain, whole.sql.removeprefix(plain.sql), DIALECT)
    ready = ReadyRows.of(THINGS, values, inserts, len(items))
    answered = drive(ready.insert(answered=True), fetch)
    stored = connection.execute(f"SELECT {', '.join(Thing.model_fields)} FROM things ORDER BY id")
    return answered, stored.fetchall(), ran


def test_answers_are_what_is_stored() -> None:
    """Values of every type, nulls, and what the server makes where nothing is given."""
    answered, stored, ran = inserted(FULL, ThingCreate(name="b"), FULL)
    assert answered == stored
    assert [[type(value) for value in row] for row in answered] == [
        [type(value) for value in row] for row in stored
    ]
    assert not any("RETURNING" in sql for sql in ran)
    assert answered[1][6] == "2026-11-22 10:00:00.000000"


@pytest.mark.parametrize("change", [{"count": 5.0}, {"weight": float("nan")}, {"name": 5}])
def test_values_that_sqlite_converts_are_read_back(change: dict[str, object]) -> None:
    """Code of a team may give what no request could."""
    answered, stored, ran = inserted(FULL, FULL.model_copy(update=change), ThingCreate(name="c"))
    assert answered == stored
    assert "RETURNING" in ran[-1]


def test_rows_that_leave_out_different_columns_are_no_columns() -> None:
    """Nothing makes `made_at` here: a null that is given is not what is left out."""
    new = NewRows.of(THINGS, {}, [FULL, ThingCreate(name="b")], MOMENT)
    assert new.columns() is None
    assert [sorted(write.values) for write in new.writes().values()] == [
        sorted(ThingCreate.model_fields),
        sorted(ThingCreate.model_fields.keys() - {"made_at"}),
    ]
