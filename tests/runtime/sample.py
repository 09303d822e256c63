"""A small resource, written by hand the way the compiler writes one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

from pydantic import MISSING, Field
from sqlalchemy import (
    Column,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from generator.runtime import columns
from generator.runtime.database import Database
from generator.runtime.filters import among, contains, differs, is_null, starts_with
from generator.runtime.lists import CursorPage, List, Page
from generator.runtime.made import now
from generator.runtime.models import QueryModel, RequestModel, ResponseModel
from generator.runtime.rows import Rows, Unique
from generator.runtime.schema import Schema
from generator.runtime.sessions import Session
from generator.runtime.settings import ServiceSettings
from generator.runtime.statements import Create, Delete, Read, Replace, Update
from generator.runtime.wire_types import (
    BooleanParameter,
    Cursor,
    DateTime,
    Decimal,
    Integer,
    IntegerParameter,
    Secret,
    String,
)

metadata = MetaData()

products = Table(
    "products",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("sku", columns.String(20), nullable=False),
    Column("title", columns.String(400), nullable=False),
    Column("price", columns.Decimal(10, 2), nullable=True),
    Column("category", columns.String(80), nullable=True),
    Column("stock", columns.Integer(), nullable=False),
    Column("email", columns.String(100), nullable=True),
    Column("password", columns.Secret(), nullable=True),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.DateTime(), nullable=False),
    UniqueConstraint("sku", name="uq_products_sku"),
    UniqueConstraint("title", "category", name="uq_products_place"),
    Index("ix_products_category", "category", "id"),
    Index("ix_products_stock", "stock", "id"),
    Index("ix_products_title", "title", "id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
Index("uq_products_email", func.lower(products.c.email), unique=True)

Money = Annotated[Decimal, Field(max_digits=10, decimal_places=2)]
Title = Annotated[String, Field(max_length=400)]


class Product(ResponseModel):
    """What is answered."""

    id: Integer
    sku: String
    title: Title
    price: Money | None
    category: String | None
    stock: Integer
    email: Annotated[String | None, Field(alias="eMail")]
    created_at: DateTime
    updated_at: DateTime


class ProductCreate(RequestModel):
    """What creates a product."""

    sku: String
    title: Title
    price: Money | None = None
    category: String | None = None
    stock: Integer = 0
    email: Annotated[String | None, Field(alias="eMail")] = None
    password: Secret | None = None


class ProductReplace(RequestModel):
    """What replaces a product."""

    sku: String
    title: Title
    price: Money | None = None
    category: String | None = None
    stock: Integer = 0
    email: Annotated[String | None, Field(alias="eMail")] = None
    password: Secret | None | MISSING = MISSING


class ProductUpdate(RequestModel):
    """What updates a product."""

    sku: String | MISSING = MISSING
    title: Title | MISSING = MISSING
    price: Money | None | MISSING = MISSING
    category: String | None | MISSING = MISSING
    stock: Integer | MISSING = MISSING
    email: Annotated[String | None | MISSING, Field(alias="eMail")] = MISSING
    password: Secret | None | MISSING = MISSING


class ProductListParams(QueryModel):
    """What a list is narrowed by."""

    category: String | MISSING = MISSING
    category_ne: String | MISSING = MISSING
    category_in: list[String] | MISSING = MISSING
    category_is_null: BooleanParameter | MISSING = MISSING
    stock_ge: IntegerParameter | MISSING = MISSING
    price_lt: Money | MISSING = MISSING
    title_prefix: String | MISSING = MISSING
    title_contains: String | MISSING = MISSING
    sort: list[str] | MISSING = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20


class ProductCursorParams(QueryModel):
    """What a list with cursors is narrowed by."""

    category: String | MISSING = MISSING
    sort: list[Literal["title", "-title", "stock", "-stock", "id", "-id"]] | MISSING = MISSING
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20


PRODUCT = Rows(
    "product",
    products,
    Product,
    key="id",
    unique=(
        Unique("sku", "uq_products_sku", ("sku",)),
        Unique("place", "uq_products_place", ("title", "category")),
        Unique("email", "uq_products_email", ("email",), ignore_case=True),
    ),
)
CREATE = Create(
    PRODUCT,
    insert(products),
    made={"created_at": now, "updated_at": now},
    location="/catalog/products/{key}",
)
FILTERS: dict[str, Any] = {
    "category": products.c.category == bindparam("category"),
    "category_ne": differs(products.c.category, "category_ne"),
    "category_in": among(products.c.category, "category_in"),
    "category_is_null": is_null(products.c.category, "category_is_null"),
    "stock_ge": products.c.stock >= bindparam("stock_ge"),
    "price_lt": products.c.price < bindparam("price_lt"),
    "title_prefix": starts_with(products.c.title, "title_prefix"),
    "title_contains": contains(products.c.title, "title_contains"),
}
SORT = {
    "title": products.c.title,
    "category": products.c.category,
    "stock": products.c.stock,
    "price": products.c.price,
}
LIST = List(
    PRODUCT,
    select(*PRODUCT.columns),
    filters=FILTERS,
    sort=SORT,
    page=Page(size=20, most=100, count=True),
)
CURSORS = List(
    PRODUCT,
    select(*PRODUCT.columns),
    filters={"category": FILTERS["category"]},
    sort={"title": products.c.title, "stock": products.c.stock},
    page=CursorPage(size=20, most=100),
)
READ = Read(PRODUCT, select(*PRODUCT.columns).where(PRODUCT.key == bindparam("key")))
REPLACE = Replace(
    PRODUCT,
    update(products).where(PRODUCT.key == bindparam("key")),
    made={"updated_at": now},
    keeps=("password",),
)
UPDATE = Update(
    PRODUCT, update(products).where(PRODUCT.key == bindparam("key")), made={"updated_at": now}
)
DELETE = Delete(PRODUCT, delete(products).where(PRODUCT.key == bindparam("key")))
SCHEMA = Schema((products,), digest="0123456789abcdef")


class Settings(ServiceSettings):
    """Settings that no environment changes."""

    model_config = {"env_prefix": "SAMPLE_", "env_file": None}


@asynccontextmanager
async def open_database(url: str, **settings: object) -> AsyncIterator[Database]:
    """Open a database that has the tables."""
    async with Database(Settings.model_validate({"database_url": url} | settings)) as database:
        await SCHEMA.ensure(database)
        yield database


def session(database: Database, query: str = "", root_path: str = "") -> Session:
    """Make the session of a request for the list of products."""
    scope = {
        "type": "http",
        "path": f"{root_path}/catalog/products",
        "root_path": root_path,
        "query_string": query.encode(),
    }
    return Session(database, scope)
