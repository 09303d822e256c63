"""The service as a good engineer writes it today: FastAPI, SQLAlchemy's async ORM, aiosqlite.

It validates, answers and pages as bench.yaml says, with a response model on every route.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ForeignKey, Index, String, event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No overflow: such a connection, a thread of aiosqlite, would be opened for one request.
engine = create_async_engine(
    f"sqlite+aiosqlite:///{os.environ['DATABASE']}", pool_size=10, max_overflow=0
)
sessions = async_sessionmaker(engine, expire_on_commit=False)


@event.listens_for(engine.sync_engine, "connect")
def _configure(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class Base(DeclarativeBase):
    """The tables."""


class SupplierRow(Base):
    """A stored supplier."""

    __tablename__ = "suppliers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))


class ProductRow(Base):
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


class MovementRow(Base):
    """A stored movement."""

    __tablename__ = "movements"
    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(80))
    quantity: Mapped[int]


Condition = Literal["new", "used", "refurbished"]
Price = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]


class ProductIn(BaseModel):
    """What creates a product; a text is no number."""

    model_config = ConfigDict(extra="forbid", strict=True)
    sku: Annotated[str, Field(min_length=3, max_length=20)]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    unit_price: Price
    inventory_count: Count = 0
    category: Annotated[str, Field(max_length=80)] | None = None
    condition: Condition = "new"
    supplier_id: Annotated[int, Field(ge=1)]


class ProductPatch(BaseModel):
    """What changes a product."""

    model_config = ConfigDict(extra="forbid", strict=True)
    sku: Annotated[str, Field(min_length=3, max_length=20)] = ""
    title: Annotated[str, Field(min_length=1, max_length=200)] = ""
    unit_price: Price = 1
    inventory_count: Count = 0
    category: Annotated[str, Field(max_length=80)] | None = None
    condition: Condition = "new"
    supplier_id: Annotated[int, Field(ge=1)] = 1


class SupplierOut(BaseModel):
    """A supplier."""

    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str
    country: str


class ProductOut(BaseModel):
    """A product."""

    model_config = ConfigDict(from_attributes=True)
    id: int
    sku: str
    title: str
    unit_price: float
    inventory_count: int
    category: str | None
    condition: Condition
    supplier_id: int


class ProductExpanded(ProductOut):
    """A product with its supplier."""

    supplier: SupplierOut | None = None


class MovementOut(BaseModel):
    """A movement."""

    model_config = ConfigDict(from_attributes=True)
    id: int
    note: str
    quantity: int


class Bulk(BaseModel):
    """What creates many products."""

    model_config = ConfigDict(extra="forbid")
    items: Annotated[list[ProductIn], Field(min_length=1, max_length=100)]


class BulkOut(BaseModel):
    """The products created."""

    items: list[ProductOut]


class ListParams(BaseModel):
    """What narrows and pages a list."""

    model_config = ConfigDict(extra="forbid")
    category: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    note_contains: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    expand: Literal["supplier"] | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


async def session() -> AsyncIterator[AsyncSession]:
    """Open a session for a request."""
    async with sessions() as opened:
        yield opened


Db = Annotated[AsyncSession, Depends(session)]
Params = Annotated[ListParams, Query()]
router = APIRouter(prefix="/v1")


@router.post("/products", status_code=201, response_model=ProductOut)
async def create_product(body: ProductIn, db: Db) -> ProductRow:
    """Create a product."""
    row = ProductRow(**body.model_dump())
    db.add(row)
    await db.commit()
    return row


@router.get("/products", response_model=list[ProductExpanded], response_model_exclude_unset=True)
async def list_products(params: Params, db: Db) -> list[ProductExpanded]:
    """List products."""
    statement = select(ProductRow).order_by(ProductRow.id)
    if params.category is not None:
        statement = statement.where(ProductRow.category == params.category)
    statement = statement.limit(params.page_size).offset((params.page - 1) * params.page_size)
    if params.expand:
        found = await db.scalars(statement.options(joinedload(ProductRow.supplier)))
        return [ProductExpanded.model_validate(row) for row in found]
    return [_unexpanded(row) for row in await db.scalars(statement)]


@router.get("/products/{product_id}", response_model=ProductOut)
async def read_product(product_id: int, db: Db) -> ProductRow:
    """Read a product."""
    return await _found(db, product_id)


@router.patch("/products/{product_id}", response_model=ProductOut)
async def update_product(product_id: int, body: ProductPatch, db: Db) -> ProductRow:
    """Change a product."""
    row = await _found(db, product_id)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(row, name, value)
    await db.commit()
    return row


@router.delete("/products/{product_id}", status_code=204)
async def delete_product(product_id: int, db: Db) -> None:
    """Delete a product."""
    await db.delete(await _found(db, product_id))
    await db.commit()


@router.post("/products:bulk-create", status_code=201, response_model=BulkOut)
async def bulk_create_products(body: Bulk, db: Db) -> dict[str, list[ProductRow]]:
    """Create many products."""
    rows = [ProductRow(**item.model_dump()) for item in body.items]
    db.add_all(rows)
    await db.commit()
    return {"items": rows}


@router.get("/movements", response_model=list[MovementOut])
async def list_movements(params: Params, db: Db) -> Sequence[MovementRow]:
    """List movements."""
    statement = select(MovementRow).order_by(MovementRow.id)
    if params.note_contains is not None:
        statement = statement.where(MovementRow.note.contains(params.note_contains))
    statement = statement.limit(params.page_size).offset((params.page - 1) * params.page_size)
    return (await db.scalars(statement)).all()


def _unexpanded(row: ProductRow) -> ProductExpanded:
    """Leave the supplier unset: FastAPI answers what is set, and validates no instance again."""
    return ProductExpanded(**{name: getattr(row, name) for name in ProductOut.model_fields})


async def _found(db: AsyncSession, product_id: int) -> ProductRow:
    row = await db.get(ProductRow, product_id)
    if row is None:
        raise HTTPException(404, "There is no such product.")
    return row


class RequestIds:
    """Gives every answer an id."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id = uuid.uuid4().hex

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        return await self.app(scope, receive, tagged)


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Make the tables, and close the pool in the end."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)
app.include_router(router)
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://admin.internal.corp"],
    allow_methods=["GET", "POST", "PATCH", "DELETE"],
    allow_headers=["Authorization", "Content-Type"],
)
app.add_middleware(RequestIds)


@app.exception_handler(IntegrityError)
async def conflict(_request: Request, _error: IntegrityError) -> JSONResponse:
    """Answer a taken name or a missing supplier."""
    return JSONResponse({"detail": "It conflicts with what is stored."}, 409)
