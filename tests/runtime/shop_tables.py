"""The tables of resources that refer to each other, as the compiler writes them, and rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, insert

from generator.runtime import columns
from generator.runtime.database import Database

metadata = MetaData()
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)

warehouses = Table(
    "warehouses",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("city", columns.String(50), nullable=True),
    Column("version", columns.Version(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    Index("ix_warehouses_city", "city", "id"),
    info={"noun": "warehouse"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
suppliers = Table(
    "suppliers",
    metadata,
    Column("id", columns.Uuid(), primary_key=True),
    Column("name", columns.String(50), nullable=True),
    sqlite_strict=True,
)
tags = Table(
    "tags", metadata, Column("name", columns.String(64), primary_key=True), sqlite_strict=True
)
labels = Table(
    "labels", metadata, Column("id", columns.Uuid(), primary_key=True), sqlite_strict=True
)
categories = Table(
    "categories",
    metadata,
    Column("slug", columns.String(10), primary_key=True),
    Column("title", columns.String(50), nullable=False),
    Column(
        "parent_id",
        columns.String(10),
        ForeignKey("categories.slug", name="fk_categories_parent", ondelete="RESTRICT"),
        nullable=True,
        info={"relation": "parent"},
    ),
    Index("ix_categories_parent", "parent_id", "slug"),
    info={"noun": "category"},
    sqlite_strict=True,
)
products = Table(
    "products",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("title", columns.String(100), nullable=False),
    Column("note", columns.Text(), nullable=True),
    Column("stock", columns.Integer(), nullable=False),
    Column("rank", columns.Integer(), nullable=True),
    Column(
        "warehouse_id",
        columns.Integer(),
        ForeignKey("warehouses.id", name="fk_products_warehouse", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "warehouse"},
    ),
    Column(
        "supplier_id",
        columns.Uuid(),
        ForeignKey("suppliers.id", name="fk_products_supplier", ondelete="SET NULL"),
        nullable=True,
        info={"relation": "supplier"},
    ),
    Column("version", columns.Version(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    Index("ix_products_title", "title", "id"),
    Index("ix_products_stock", "stock", "id"),
    Index("ix_products_rank", "rank", "id"),
    Index("ix_products_warehouse", "warehouse_id", "id"),
    Index("ix_products_supplier", "supplier_id", "id"),
    info={"noun": "product"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)


def link_table(name: str, member: str, target: Column[Any]) -> Table:
    """Make the table of the links of a product."""
    return Table(
        name,
        metadata,
        Column(
            "product_id",
            columns.Integer(),
            ForeignKey(products.c.id, ondelete="CASCADE"),
            primary_key=True,
        ),
        Column(member, target.type, ForeignKey(target, ondelete="CASCADE"), primary_key=True),
        Index(f"ix_{name}_{member}", member, "product_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


product_tags = link_table("product_tags", "tag_id", tags.c.name)
product_labels = link_table("product_labels", "label_id", labels.c.id)
product_beside = Table(
    "product_beside",
    metadata,
    Column(
        "product_id",
        columns.Integer(),
        ForeignKey(products.c.id, ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "near_id",
        columns.Integer(),
        ForeignKey(products.c.id, ondelete="CASCADE"),
        primary_key=True,
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


FIRST, SECOND = UUID(int=0xA0), UUID(int=0xB0)


async def put(database: Database, table: Table, *rows: Mapping[str, object]) -> None:
    """Insert rows, with a version where the table has one."""
    extra = {"version": 1} if "version" in table.c else {}
    async with database.engine.begin() as connection:
        for row in rows:
            await connection.execute(insert(table).values({**extra, **row}))


def product(title: str = "T", warehouse: int = 1, **values: object) -> dict[str, object]:
    """Make the row of a product."""
    return {"title": title, "stock": 0, "warehouse_id": warehouse, **values}


async def fill(database: Database) -> None:
    """Put three products into two warehouses."""
    await put(database, warehouses, {"city": "Oslo"}, {"city": "Rome"}, {"city": None})
    await put(database, suppliers, {"id": FIRST, "name": "Acme"}, {"id": SECOND, "name": None})
    await put(database, tags, *({"name": name} for name in ("b", "a", "Z", "_", "c")))
    await put(
        database,
        products,
        product("one", supplier_id=FIRST),
        product("two", 2, supplier_id=SECOND),
        product("three"),
    )
    links = [(1, "b"), (1, "a"), (1, "Z"), (2, "a"), (2, "_")]
    await put(database, product_tags, *({"product_id": p, "tag_id": t} for p, t in links))
