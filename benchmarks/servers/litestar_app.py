"""Litestar with Advanced Alchemy's SQLAlchemy plugin and services, and msgspec for the wire."""

from __future__ import annotations

import os
import uuid
from typing import Annotated, Literal

import msgspec
from advanced_alchemy.base import DefaultBase
from advanced_alchemy.extensions.litestar import (
    AsyncSessionConfig,
    EngineConfig,
    SQLAlchemyAsyncConfig,
    SQLAlchemyPlugin,
    providers,
)
from advanced_alchemy.repository import SQLAlchemyAsyncRepository
from advanced_alchemy.service import SQLAlchemyAsyncRepositoryService
from litestar import Controller, Litestar, delete, get, patch, post
from litestar.config.cors import CORSConfig
from litestar.datastructures import MutableScopeHeaders
from litestar.params import Parameter
from litestar.types import Message, Scope
from sqlalchemy import ForeignKey, Index, String, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship


class SupplierRow(DefaultBase):
    """A stored supplier."""

    __tablename__ = "suppliers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))


class ProductRow(DefaultBase):
    """A stored product."""

    __tablename__ = "products"
    __table_args__ = (Index("ix_products_category", "category", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    unit_price: Mapped[float]
    inventory_count: Mapped[int]
    category: Mapped[str | None] = mapped_column(String(80))
    condition: Mapped[str] = mapped_column(String(11))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"), index=True)
    supplier: Mapped[SupplierRow] = relationship(lazy="raise")


Sku = Annotated[str, msgspec.Meta(min_length=3, max_length=20)]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Price = Annotated[float, msgspec.Meta(gt=0)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Category = Annotated[str, msgspec.Meta(max_length=80)] | None
Condition = Literal["new", "used", "refurbished"]
Key = Annotated[int, msgspec.Meta(ge=1)]


class ProductIn(msgspec.Struct, forbid_unknown_fields=True):
    """What creates a product."""

    sku: Sku
    title: Title
    unit_price: Price
    supplier_id: Key
    inventory_count: Count = 0
    category: Category = None
    condition: Condition = "new"


class ProductPatch(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What changes a product."""

    sku: Sku | msgspec.UnsetType = msgspec.UNSET
    title: Title | msgspec.UnsetType = msgspec.UNSET
    unit_price: Price | msgspec.UnsetType = msgspec.UNSET
    supplier_id: Key | msgspec.UnsetType = msgspec.UNSET
    inventory_count: Count | msgspec.UnsetType = msgspec.UNSET
    category: Category | msgspec.UnsetType = msgspec.UNSET
    condition: Condition | msgspec.UnsetType = msgspec.UNSET


class ProductOut(msgspec.Struct):
    """A product."""

    id: int
    sku: str
    title: str
    unit_price: float
    inventory_count: int
    category: str | None
    condition: str
    supplier_id: int


class SupplierOut(msgspec.Struct):
    """A supplier."""

    id: int
    name: str
    country: str


class ProductExpanded(ProductOut):
    """A product with its supplier."""

    supplier: SupplierOut


class Bulk(msgspec.Struct, forbid_unknown_fields=True):
    """What creates many products."""

    items: Annotated[list[ProductIn], msgspec.Meta(min_length=1, max_length=100)]


class BulkOut(msgspec.Struct):
    """The products created."""

    items: list[ProductOut]


class ProductService(SQLAlchemyAsyncRepositoryService[ProductRow]):
    """What is done with products."""

    class Repo(SQLAlchemyAsyncRepository[ProductRow]):
        """Where they are stored."""

        model_type = ProductRow

    repository_type = Repo


class ProductController(Controller):
    """The endpoints."""

    path = "/v1/products"
    dependencies = providers.create_service_dependencies(ProductService, "products")

    @get()
    async def list_products(
        self,
        products: ProductService,
        category: Annotated[str, Parameter(min_length=1, max_length=80)] | None = None,
        expand: Literal["supplier"] | None = None,
        page: Annotated[int, Parameter(ge=1, le=100_000)] = 1,
        page_size: Annotated[int, Parameter(ge=1, le=100)] = 20,
    ) -> list[ProductOut] | list[ProductExpanded]:
        """List products."""
        statement = products.repository.statement.order_by(ProductRow.id)
        statement = statement.limit(page_size).offset((page - 1) * page_size)
        if category is not None:
            statement = statement.where(ProductRow.category == category)
        if expand:
            statement = statement.options(joinedload(ProductRow.supplier))
        rows = await products.list(statement=statement)
        return [_out(row, expanded=expand is not None) for row in rows]

    @post()
    async def create_product(self, products: ProductService, data: ProductIn) -> ProductOut:
        """Create a product."""
        row = await products.create(data, auto_refresh=False)
        return products.to_schema(row, schema_type=ProductOut)

    @post("/bulk")
    async def create_products(self, products: ProductService, data: Bulk) -> BulkOut:
        """Create many products."""
        rows = await products.create_many(data.items)
        return BulkOut([products.to_schema(row, schema_type=ProductOut) for row in rows])

    @get("/{product_id:int}")
    async def read_product(self, products: ProductService, product_id: int) -> ProductOut:
        """Read a product."""
        return products.to_schema(await products.get(product_id), schema_type=ProductOut)

    @patch("/{product_id:int}")
    async def update_product(
        self, products: ProductService, product_id: int, data: ProductPatch
    ) -> ProductOut:
        """Change a product."""
        row = await products.update(data, item_id=product_id, auto_refresh=False)
        return products.to_schema(row, schema_type=ProductOut)

    @delete("/{product_id:int}")
    async def delete_product(self, products: ProductService, product_id: int) -> None:
        """Delete a product."""
        await products.delete(product_id)


def _out(row: ProductRow, *, expanded: bool) -> ProductOut:
    """Convert a row; msgspec reads the attributes."""
    return msgspec.convert(row, ProductExpanded if expanded else ProductOut, from_attributes=True)


async def tag(message: Message, _scope: Scope) -> None:
    """Give every answer an id."""
    if message["type"] == "http.response.start":
        MutableScopeHeaders.from_message(message)["X-Request-Id"] = uuid.uuid4().hex


# No overflow: such a connection, a thread of aiosqlite, would be opened for one request. No row is
# read again after it is written (`auto_refresh`): the database adds nothing but the key.
database = SQLAlchemyAsyncConfig(
    connection_string=f"sqlite+aiosqlite:///{os.environ['DATABASE']}",
    before_send_handler="autocommit",
    session_config=AsyncSessionConfig(expire_on_commit=False),
    engine_config=EngineConfig(pool_size=10, max_overflow=0),
    create_all=True,
    metadata=DefaultBase.metadata,
)


@event.listens_for(database.get_engine().sync_engine, "connect")
def _configure(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


app = Litestar(
    route_handlers=[ProductController],
    plugins=[SQLAlchemyPlugin(config=database)],
    cors_config=CORSConfig(allow_origins=["https://admin.internal.corp"]),
    before_send=[tag],
    logging_config=None,
)
