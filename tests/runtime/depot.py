"""Resources that refer to each other, written by hand the way the compiler writes them.

Depots and labels are marked as deleted, items too; makers, bays and notes really go.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from pydantic import MISSING, Field
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    update,
)

from generator.runtime import columns
from generator.runtime.bulk import BulkCreate, BulkDelete
from generator.runtime.database import Database
from generator.runtime.deletions import Delete, SoftDelete
from generator.runtime.drivers import Row
from generator.runtime.lists import Page
from generator.runtime.made import now
from generator.runtime.members import Members
from generator.runtime.models import RequestModel, ResponseModel
from generator.runtime.references import Link, Reference
from generator.runtime.rows import Rows, Unique
from generator.runtime.rules import Rule
from generator.runtime.schema import Schema
from generator.runtime.statements import Create, Replace, Update
from generator.runtime.wire_types import DateTime, Integer, Secret, String, Uuid
from tests.runtime.sample import Settings

metadata = MetaData()


def reference(name: str, target: str, on_delete: str, *, nullable: bool = False) -> Column[Any]:
    """Make the column of a relation."""
    return Column(
        f"{name}_id",
        columns.Integer(),
        ForeignKey(f"{target}.id", name=f"fk_{name}_{target}", ondelete=on_delete),
        nullable=nullable,
        info={"relation": name},
    )


def table(noun: str, *parts: Column[Any] | CheckConstraint) -> Table:
    """Make a table with a key that the database makes."""
    return Table(
        f"{noun}s",
        metadata,
        Column("id", columns.IntegerKey(), primary_key=True),
        *parts,
        info={"noun": noun},
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )


depots = table(
    "depot",
    Column("name", columns.String(40), nullable=False),
    Column("version", columns.Version(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
)
Index(
    "uq_depots_name",
    depots.c.name,
    unique=True,
    sqlite_where=depots.c.deleted_at.is_(None),
    postgresql_where=depots.c.deleted_at.is_(None),
)
makers = table("maker", Column("name", columns.String(40), nullable=False))
labels = Table(
    "labels",
    metadata,
    Column("id", columns.Uuid(), primary_key=True),
    Column("name", columns.String(40), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    info={"noun": "label"},
    sqlite_strict=True,
)
items = table(
    "item",
    Column("sku", columns.String(20), nullable=False),
    Column("low", columns.Integer(), nullable=False),
    Column("high", columns.Integer(), nullable=True),
    Column("password", columns.Secret(), nullable=True),
    reference("depot", "depots", "RESTRICT"),
    reference("maker", "makers", "SET NULL", nullable=True),
    Column("version", columns.Version(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    CheckConstraint("low <= high", name="ck_items_ordered"),
)
Index(
    "uq_items_sku",
    items.c.sku,
    unique=True,
    sqlite_where=items.c.deleted_at.is_(None),
    postgresql_where=items.c.deleted_at.is_(None),
)
item_labels = Table(
    "item_labels",
    metadata,
    Column(
        "item_id", columns.Integer(), ForeignKey("items.id", ondelete="CASCADE"), primary_key=True
    ),
    Column(
        "label_id", columns.Uuid(), ForeignKey("labels.id", ondelete="CASCADE"), primary_key=True
    ),
    info={"relation": "labels"},
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
bays = table(
    "bay",
    reference("depot", "depots", "CASCADE"),
    reference("bay", "bays", "RESTRICT", nullable=True),
)
notes = table(
    "note",
    Column("text", columns.String(40), nullable=True),
    reference("item", "items", "CASCADE"),
    reference("maker", "makers", "RESTRICT", nullable=True),
)
codes = Table(
    "codes",
    metadata,
    Column("code", columns.String(10), primary_key=True),
    Column("size", columns.Integer(), nullable=True),
    UniqueConstraint("size", name="uq_codes_size"),
    info={"noun": "code"},
    sqlite_strict=True,
)


class Depot(ResponseModel):
    """What is answered."""

    id: Integer
    name: String
    version: Integer


class DepotCreate(RequestModel):
    """What creates a depot."""

    name: String


class Maker(ResponseModel):
    """What is answered."""

    id: Integer
    name: String


class Label(ResponseModel):
    """What is answered."""

    id: Uuid
    name: String


class Item(ResponseModel):
    """What is answered."""

    id: Integer
    sku: String
    low: Integer
    high: Integer | None
    depot_id: Integer
    maker_id: Integer | None
    version: Integer
    updated_at: DateTime
    label_ids: list[Uuid]


class ItemCreate(RequestModel):
    """What creates or replaces an item."""

    sku: String
    low: Integer = 0
    high: Integer | None = None
    password: Secret | None = None
    depot_id: Annotated[Integer, Field(alias="depotId")]
    maker_id: Integer | None = None
    label_ids: list[Uuid] = []


class ItemUpdate(RequestModel):
    """What updates an item."""

    sku: String | MISSING = MISSING
    low: Integer | MISSING = MISSING
    high: Integer | None | MISSING = MISSING
    depot_id: Annotated[Integer | MISSING, Field(alias="depotId")] = MISSING
    maker_id: Integer | None | MISSING = MISSING
    label_ids: list[Uuid] | MISSING = MISSING


class Bay(ResponseModel):
    """What is answered, and what creates a bay."""

    id: Integer
    depot_id: Integer
    bay_id: Integer | None


class Note(ResponseModel):
    """What is answered."""

    id: Integer
    item_id: Integer


class Code(ResponseModel):
    """What is answered, and what creates a code."""

    code: String
    size: Integer | None = None


class Items(RequestModel):
    """Many items, or codes."""

    items: list[Any]


class Ids(RequestModel):
    """Many keys."""

    ids: list[Any]


DEPOT = Rows(
    "depot", depots, Depot, key="id", unique=(Unique("name", "uq_depots_name", ("name",)),)
)
MAKER = Rows("maker", makers, Maker, key="id")
LABEL = Rows(
    "label",
    labels,
    Label,
    key="id",
    unique=(Unique("id", "pk_labels", ("id",), primary=True),),
)
ITEM = Rows(
    "item",
    items,
    Item,
    key="id",
    unique=(Unique("sku", "uq_items_sku", ("sku",)),),
    references=(Reference("depot", "depot_id"), Reference("maker", "maker_id")),
    links=(Link("labels", "label_ids", item_labels, most=3),),
    rules=(
        Rule(
            "ordered",
            "ck_items_ordered",
            "The low is not above the high.",
            ("low", "high"),
            lambda row: None if row["high"] is None else row["low"] <= row["high"],
        ),
    ),
)
BAY = Rows("bay", bays, Bay, key="id")
NOTE = Rows("note", notes, Note, key="id")
CODE = Rows(
    "code",
    codes,
    Code,
    key="code",
    unique=(
        Unique("code", "pk_codes", ("code",), primary=True),
        Unique("size", "uq_codes_size", ("size",)),
    ),
)

WHERE_ITEM = (ITEM.key == bindparam("key"), items.c.deleted_at.is_(None))
CHANGED = {"version": items.c.version + 1, "updated_at": now}
CREATE_DEPOT = Create(DEPOT, insert(depots), made={"version": 1})
CREATE_LABEL = Create(LABEL, insert(labels))
KEEP_LABELS = BulkCreate(CREATE_LABEL, keep=("id",))
CREATE = Create(ITEM, insert(items), made={"version": 1, "updated_at": now})
REPLACE = Replace(ITEM, update(items).where(*WHERE_ITEM), made=CHANGED)
UPDATE = Update(ITEM, update(items).where(*WHERE_ITEM), made=CHANGED)
DELETE = SoftDelete(ITEM)
DELETE_DEPOT = SoftDelete(DEPOT)
DELETE_LABEL = SoftDelete(LABEL)
DELETE_MAKER = Delete(MAKER, delete(makers).where(MAKER.key == bindparam("key")))
DELETE_BAY = Delete(BAY, delete(bays).where(BAY.key == bindparam("key")))
DELETE_NOTE = Delete(NOTE, delete(notes).where(NOTE.key == bindparam("key")))
LABELS = Members(ITEM, "labels", LABEL, page=Page(size=20, most=100))
BULK_CREATE = BulkCreate(CREATE)
BULK_KEEP = BulkCreate(CREATE, keep=("sku",))
BULK_COUNT = BulkCreate(CREATE, keep=("sku",), counts=True)
BULK_CODES = BulkCreate(Create(CODE, insert(codes)), keep=("code",))
BULK_DELETE = BulkDelete(DELETE)
SCHEMA = Schema(tuple(metadata.sorted_tables), digest="fedcba9876543210")


@asynccontextmanager
async def open_depot(url: str, **settings: object) -> AsyncIterator[Database]:
    """Open a database that has the tables, with two depots, a maker and four labels."""
    async with Database(Settings.model_validate({"database_url": url} | settings)) as database:
        await SCHEMA.ensure(database)
        for name in ("north", "south"):
            await CREATE_DEPOT.run(database, DepotCreate(name=name))
        await execute(database, "INSERT INTO makers (name) VALUES ('acme')")
        for at in range(4):
            await execute(database, f"INSERT INTO labels (id, name) VALUES ('{label(at)}', 'l')")
        yield database


def label(at: int) -> str:
    """Write the key of a label."""
    return f"00000000-0000-4000-8000-00000000000{at}"


def new(sku: str = "A", **values: object) -> ItemCreate:
    """Make a valid body."""
    return ItemCreate.model_validate({"sku": sku, "depotId": 1} | values)


def shown(row: Row | None, database: Database) -> dict[str, Any]:
    """Read a row of an item as clients do."""
    assert row is not None
    return dict(json.loads(ITEM.encode(row, database.dialect)))


async def create(database: Database, sku: str = "A", **values: object) -> dict[str, Any]:
    """Create an item."""
    return shown(await CREATE.run(database, new(sku, **values)), database)


async def change(database: Database, key: int, **values: object) -> dict[str, Any] | None:
    """Update an item; None where there is none."""
    row = await UPDATE.run(database, key, ItemUpdate.model_validate(values))
    return None if row is None else shown(row, database)


async def item(database: Database, key: int) -> dict[str, Any] | None:
    """Read an item; None where there is none."""
    return await change(database, key)


async def execute(database: Database, sql: str) -> list[tuple[Any, ...]]:
    """Run SQL as it is."""
    return [tuple(row) for row in await database.write(sql, ())]
