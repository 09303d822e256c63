"""Resources that refer to each other, written by hand the way the compiler writes them.

Products stand in a warehouse and may have a supplier; they have tags (whose keys are text), labels
(UUIDs) and other products beside them (integers).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

from pydantic import MISSING, Field
from sqlalchemy import bindparam, select

from generator.runtime.database import Database
from generator.runtime.drivers import Row
from generator.runtime.expansions import Expansion
from generator.runtime.filters import among, contains, differs, is_null, starts_with
from generator.runtime.lists import CursorPage, List, Page
from generator.runtime.models import QueryModel, ResponseModel
from generator.runtime.nested_lists import ListUnder, list_of_members
from generator.runtime.reads import Read
from generator.runtime.references import Link, Reference
from generator.runtime.relation_filters import linked_all, linked_any, linked_none, through
from generator.runtime.rows import Rows
from generator.runtime.schema import Schema
from generator.runtime.settings import ServiceSettings
from generator.runtime.wire_types import (
    BooleanParameter,
    Cursor,
    Integer,
    IntegerParameter,
    String,
    Uuid,
)
from tests.runtime.shop_tables import (
    categories,
    labels,
    metadata,
    product_beside,
    product_labels,
    product_tags,
    products,
    suppliers,
    tags,
    warehouses,
)


class Warehouse(ResponseModel):
    """What is answered."""

    id: Integer
    city: String | None
    version: Integer


class Supplier(ResponseModel):
    """What is answered."""

    id: Uuid
    name: String | None


class Tag(ResponseModel):
    """What is answered."""

    name: String


class Label(ResponseModel):
    """What is answered."""

    id: Uuid


class Category(ResponseModel):
    """What is answered."""

    slug: String
    title: String
    parent_id: String | None


class Product(ResponseModel):
    """What is answered."""

    id: Integer
    title: String
    note: String | None
    stock: Integer
    rank: Integer | None
    warehouse_id: Annotated[Integer, Field(alias="warehouseId")]
    supplier_id: Uuid | None
    version: Integer
    tag_ids: Annotated[list[String], Field(alias="tagIds")]
    label_ids: list[Uuid]
    near_ids: list[Integer]


class ProductExpanded(Product):
    """What is answered where it is asked for."""

    warehouse: Warehouse | MISSING = MISSING
    supplier: Supplier | None | MISSING = MISSING


class ReadParams(QueryModel):
    """What a product is read with."""

    expand: list[Literal["warehouse", "supplier"]] | MISSING = MISSING


class CategoryParams(QueryModel):
    """What the list of categories is narrowed by."""

    parent_title: String | MISSING = MISSING
    page: IntegerParameter = 1
    page_size: IntegerParameter = 20


class ListParams(ReadParams):
    """What a list is narrowed by."""

    q: String | MISSING = MISSING
    title: String | MISSING = MISSING
    title_in: list[String] | MISSING = MISSING
    title_prefix: String | MISSING = MISSING
    title_contains: String | MISSING = MISSING
    stock: IntegerParameter | MISSING = MISSING
    stock_in: list[IntegerParameter] | MISSING = MISSING
    stock_ge: IntegerParameter | MISSING = MISSING
    stock_gt: IntegerParameter | MISSING = MISSING
    stock_le: IntegerParameter | MISSING = MISSING
    stock_lt: IntegerParameter | MISSING = MISSING
    rank: IntegerParameter | MISSING = MISSING
    rank_ge: IntegerParameter | MISSING = MISSING
    rank_le: IntegerParameter | MISSING = MISSING
    rank_is_null: BooleanParameter | MISSING = MISSING
    warehouse_id: IntegerParameter | MISSING = MISSING
    warehouse_id_in: list[IntegerParameter] | MISSING = MISSING
    warehouse_city: String | MISSING = MISSING
    warehouse_city_in: list[String] | MISSING = MISSING
    supplier_name_ne: String | MISSING = MISSING
    supplier_name_is_null: BooleanParameter | MISSING = MISSING
    tag_ids_any: list[String] | MISSING = MISSING
    tag_ids_all: list[String] | MISSING = MISSING
    tag_ids_none: list[String] | MISSING = MISSING
    sort: list[str] | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=1000)] = 20


class PageParams(ListParams):
    """Of pages by number."""

    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1


class CursorParams(ListParams):
    """Of pages by cursor."""

    cursor: Cursor | MISSING = MISSING


WAREHOUSE = Rows("warehouse", warehouses, Warehouse, key="id")
SUPPLIER = Rows("supplier", suppliers, Supplier, key="id")
TAG = Rows("tag", tags, Tag, key="name")
LABEL = Rows("label", labels, Label, key="id")
PRODUCT = Rows(
    "product",
    products,
    Product,
    key="id",
    references=(Reference("warehouse", "warehouse_id"), Reference("supplier", "supplier_id")),
    links=(
        Link("tags", "tag_ids", product_tags, most=100),
        Link("labels", "label_ids", product_labels, most=100),
        Link("beside", "near_ids", product_beside, most=100),
    ),
)
EXPANSIONS = {
    "warehouse": Expansion(products.c.warehouse_id, WAREHOUSE),
    "supplier": Expansion(products.c.supplier_id, SUPPLIER),
}
FILTERS: dict[str, Any] = {
    "title": products.c.title == bindparam("title"),
    "title_in": among(products.c.title, "title_in"),
    "title_prefix": starts_with(products.c.title, "title_prefix"),
    "title_contains": contains(products.c.title, "title_contains"),
    "stock": products.c.stock == bindparam("stock"),
    "stock_in": among(products.c.stock, "stock_in"),
    "stock_ge": products.c.stock >= bindparam("stock_ge"),
    "stock_gt": products.c.stock > bindparam("stock_gt"),
    "stock_le": products.c.stock <= bindparam("stock_le"),
    "stock_lt": products.c.stock < bindparam("stock_lt"),
    "rank": products.c.rank == bindparam("rank"),
    "rank_ge": products.c.rank >= bindparam("rank_ge"),
    "rank_le": products.c.rank <= bindparam("rank_le"),
    "rank_is_null": is_null(products.c.rank, "rank_is_null"),
    "warehouse_id": products.c.warehouse_id == bindparam("warehouse_id"),
    "warehouse_id_in": among(products.c.warehouse_id, "warehouse_id_in"),
    "warehouse_city": through(
        products.c.warehouse_id,
        warehouses.c.id,
        warehouses.c.city == bindparam("warehouse_city"),
    ),
    "warehouse_city_in": through(
        products.c.warehouse_id, warehouses.c.id, among(warehouses.c.city, "warehouse_city_in")
    ),
    "supplier_name_ne": through(
        products.c.supplier_id, suppliers.c.id, differs(suppliers.c.name, "supplier_name_ne")
    ),
    "supplier_name_is_null": through(
        products.c.supplier_id, suppliers.c.id, is_null(suppliers.c.name, "supplier_name_is_null")
    ),
    "tag_ids_any": linked_any(products.c.id, product_tags, "tag_ids_any"),
    "tag_ids_all": linked_all(products.c.id, product_tags, "tag_ids_all"),
    "tag_ids_none": linked_none(products.c.id, product_tags, "tag_ids_none"),
}
LIVE = select(*PRODUCT.columns).where(products.c.deleted_at.is_(None))
SORT = {"title": products.c.title, "stock": products.c.stock, "rank": products.c.rank}
SEARCHED = (products.c.title, products.c.note)
LIST = List(
    PRODUCT,
    LIVE,
    filters=FILTERS,
    sort=SORT,
    search=SEARCHED,
    expand=EXPANSIONS,
    page=Page(size=20, most=1000, count=True),
)
CURSORS = List(
    PRODUCT,
    LIVE,
    filters=FILTERS,
    sort={"title": products.c.title, "stock": products.c.stock},
    search=SEARCHED,
    expand=EXPANSIONS,
    page=CursorPage(size=20, most=1000),
)
LIST_OF_WAREHOUSE = ListUnder(LIST, products.c.warehouse_id, WAREHOUSE)
CURSORS_OF_WAREHOUSE = ListUnder(CURSORS, products.c.warehouse_id, WAREHOUSE)
LIST_OF_TAGS = list_of_members(PRODUCT, PRODUCT.links[0], TAG, Page(size=20, most=100, count=True))
CATEGORY = Rows("category", categories, Category, key="slug")
TREE = List(
    CATEGORY,
    select(*CATEGORY.columns),
    filters={
        "parent_title": through(
            categories.c.parent_id,
            categories.c.slug,
            categories.c.title == bindparam("parent_title"),
        )
    },
    expand={"parent": Expansion(categories.c.parent_id, CATEGORY)},
    page=Page(size=20, most=100),
)
CHILDREN = ListUnder(TREE, categories.c.parent_id, CATEGORY)
READ = Read(
    PRODUCT,
    LIVE.where(PRODUCT.key == bindparam("key")),
    expand=EXPANSIONS,
)
SCHEMA = Schema(tuple(metadata.tables.values()), digest="fedcba9876543210")


class Settings(ServiceSettings):
    """Settings that no environment changes."""

    model_config = {"env_prefix": "SHOP_", "env_file": None}


class Counting(Database):
    """A database that notes what it is asked to read."""

    def __init__(self, url: str) -> None:
        super().__init__(Settings.model_validate({"database_url": url}))
        self.statements: list[tuple[str, Sequence[object]]] = []

    async def read(self, sql: str, values: Sequence[object]) -> Sequence[Row]:
        """Note a statement, and run it."""
        self.statements.append((sql, values))
        return await super().read(sql, values)

    async def look_up(self, sql: str, values: Sequence[object]) -> Sequence[Row]:
        """Note a brief one too."""
        self.statements.append((sql, values))
        return await super().look_up(sql, values)


@asynccontextmanager
async def open_shop(url: str) -> AsyncIterator[Counting]:
    """Open an empty database that has the tables."""
    async with Counting(url) as database:
        await SCHEMA.ensure(database)
        yield database
