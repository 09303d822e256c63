"""Checks, computed columns, foreign keys and partial unique sets, as both databases hold them."""

from __future__ import annotations

import decimal

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    MetaData,
    Table,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.schema import CreateTable

from generator.runtime import columns
from generator.runtime.columns import metadata
from tests.runtime.every_type import DIALECTS

shop = MetaData(naming_convention=metadata.naming_convention)
lines = Table(
    "lines",
    shop,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("quantity", columns.Integer(), nullable=False),
    Column("price", columns.Decimal(8, 2), nullable=False),
    Column(
        "total",
        columns.Decimal(11, 2),
        Computed(columns.Sql("quantity * price"), persisted=True),
        nullable=False,
    ),
    Column(
        "half",
        columns.Number(),
        Computed(
            columns.Sql("CAST(quantity AS REAL) / 2", "CAST(quantity AS DOUBLE PRECISION) / 2"),
            persisted=True,
        ),
    ),
    Column("after_id", columns.Integer(), ForeignKey("lines.id", name="fk_lines_after")),
    Column("version", columns.Version(), nullable=False),
    Column("deleted_at", columns.DeletedAt()),
    CheckConstraint(columns.Sql("quantity % 2 = 0 OR '%s:x' <> ''"), name="ck_lines_even"),
    CheckConstraint(columns.Sql("quantity <= 100"), name="ck_lines_few"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
Index(
    "uq_lines_price",
    lines.c.price,
    unique=True,
    sqlite_where=lines.c.deleted_at.is_(None),
    postgresql_where=lines.c.deleted_at.is_(None),
)
links = Table(
    "line_links",
    shop,
    Column(
        "line_id", columns.Integer(), ForeignKey("lines.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("other_id", columns.Integer(), ForeignKey("lines.id"), primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
ROW = {"quantity": 3, "price": decimal.Decimal("0.05"), "version": 1}


def engine_of(url: str) -> AsyncEngine:
    """Make an engine as the service does, as far as these tests can tell."""
    postgresql = url.startswith("postgresql")
    return create_async_engine(url, **({"json_deserializer": str} if postgresql else {}))


async def created(connection: AsyncConnection) -> None:
    """Create the tables, with SQLite minding foreign keys."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    await connection.run_sync(shop.create_all)


def test_sql_is_written_as_it_is() -> None:
    """Each database is given its own text, to the character."""
    sqlite = str(CreateTable(lines).compile(dialect=DIALECTS["sqlite"]))
    postgresql = str(CreateTable(lines).compile(dialect=DIALECTS["postgresql"]))
    assert "half REAL GENERATED ALWAYS AS (CAST(quantity AS REAL) / 2) STORED" in sqlite
    assert "AS (CAST(quantity AS DOUBLE PRECISION) / 2) STORED" in postgresql
    for ddl in (sqlite, postgresql):
        assert "CONSTRAINT ck_lines_even CHECK (quantity % 2 = 0 OR '%s:x' <> '')" in ddl
        assert "CONSTRAINT fk_lines_after FOREIGN KEY(after_id) REFERENCES lines (id)" in ddl


@pytest.mark.anyio
async def test_computed_columns_are_returned(database_url: str) -> None:
    """What is computed comes back from the statement that writes, decimals exact."""
    engine = engine_of(database_url)
    async with engine.connect() as connection:
        await created(connection)
        answered = (lines.c.total, lines.c.half)
        found = await connection.execute(insert(lines).values(ROW).returning(*answered))
        assert found.one() == (decimal.Decimal("0.15"), 1.5)
        change = update(lines).values(quantity=4).returning(*answered)
        assert (await connection.execute(change)).one() == (decimal.Decimal("0.20"), 2.0)
    await engine.dispose()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"quantity": 101}, "ck_lines_few"),
        ({"after_id": 99}, "FOREIGN KEY|fk_lines_after"),
        ({}, "uq_lines_price|lines.price"),
    ],
)
async def test_broken_constraints_are_refused(
    database_url: str, values: dict[str, object], named: str
) -> None:
    """A check, a foreign key and a unique set among live rows refuse, and say which they are."""
    engine = engine_of(database_url)
    async with engine.connect() as connection:
        await created(connection)
        await connection.execute(insert(lines).values(ROW))
        other = ROW if not values else ROW | {"price": decimal.Decimal("1.00")} | values
        with pytest.raises(IntegrityError, match=named):
            await connection.execute(insert(lines).values(other))
    await engine.dispose()


@pytest.mark.anyio
async def test_dead_rows_are_in_nobodys_way(database_url: str) -> None:
    """A row that is marked leaves its values to others; its links go with a real deletion."""
    engine = engine_of(database_url)
    async with engine.connect() as connection:
        await created(connection)
        for _ in range(2):
            await connection.execute(insert(lines).values(ROW))
            await connection.exec_driver_sql(
                "UPDATE lines SET deleted_at = '2026-01-01 00:00:00.000000+00'"
                if connection.dialect.name == "postgresql"
                else "UPDATE lines SET deleted_at = '2026-01-01 00:00:00.000000'"
            )
        await connection.execute(insert(links).values(line_id=1, other_id=2))
        await connection.execute(lines.delete().where(lines.c.id == 1))
        assert (await connection.execute(select(links))).all() == []
    await engine.dispose()
