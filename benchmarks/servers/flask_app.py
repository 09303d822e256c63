"""Flask with Flask-SQLAlchemy; what comes in is validated by Pydantic, since Flask has nothing."""

from __future__ import annotations

import os
import uuid
from typing import Annotated, Any, Literal

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import ForeignKey, Index, String, event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables."""


ORIGIN = "https://admin.internal.corp"
app = Flask(__name__)
# "Can be disabled for better performance", its documentation says.
app.json.sort_keys = False
app.config["MAX_CONTENT_LENGTH"] = 8 * 1024 * 1024
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.environ['DATABASE']}"
db = SQLAlchemy(app, model_class=Base, session_options={"expire_on_commit": False})


class Supplier(db.Model):
    """A stored supplier."""

    __tablename__ = "suppliers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))


class Product(db.Model):
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
    supplier: Mapped[Supplier] = relationship(lazy="raise")


class ProductIn(BaseModel):
    """What creates a product; a text is no number."""

    model_config = ConfigDict(extra="forbid", strict=True)
    sku: Annotated[str, Field(min_length=3, max_length=20)]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    unit_price: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    inventory_count: Annotated[int, Field(ge=0)] = 0
    category: Annotated[str, Field(max_length=80)] | None = None
    condition: Literal["new", "used", "refurbished"] = "new"
    supplier_id: Annotated[int, Field(ge=1)]


class ProductPatch(ProductIn):
    """What changes a product."""

    sku: Annotated[str, Field(min_length=3, max_length=20)] = ""
    title: Annotated[str, Field(min_length=1, max_length=200)] = ""
    unit_price: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1
    supplier_id: Annotated[int, Field(ge=1)] = 1


class Bulk(BaseModel):
    """What creates many products."""

    model_config = ConfigDict(extra="forbid")
    items: Annotated[list[ProductIn], Field(min_length=1, max_length=100)]


class ListParams(BaseModel):
    """What narrows and pages a list."""

    model_config = ConfigDict(extra="forbid")
    category: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    expand: Literal["supplier"] | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


def answer(row: Product, *, expanded: bool = False) -> dict[str, Any]:
    """Write a product."""
    written = {
        "id": row.id,
        "sku": row.sku,
        "title": row.title,
        "unit_price": row.unit_price,
        "inventory_count": row.inventory_count,
        "category": row.category,
        "condition": row.condition,
        "supplier_id": row.supplier_id,
    }
    if expanded:
        found = row.supplier
        written["supplier"] = {"id": found.id, "name": found.name, "country": found.country}
    return written


@app.post("/v1/products")
def create_product() -> ResponseReturnValue:
    """Create a product."""
    row = Product(**ProductIn.model_validate_json(request.get_data()).model_dump())
    db.session.add(row)
    db.session.commit()
    return jsonify(answer(row)), 201


@app.get("/v1/products")
def list_products() -> ResponseReturnValue:
    """List products."""
    params = ListParams.model_validate(request.args.to_dict())
    statement = select(Product).order_by(Product.id)
    if params.category is not None:
        statement = statement.where(Product.category == params.category)
    if params.expand:
        statement = statement.options(joinedload(Product.supplier))
    statement = statement.limit(params.page_size).offset((params.page - 1) * params.page_size)
    rows = db.session.scalars(statement)
    return jsonify([answer(row, expanded=params.expand is not None) for row in rows])


@app.get("/v1/products/<int:product_id>")
def read_product(product_id: int) -> ResponseReturnValue:
    """Read a product."""
    return jsonify(answer(db.get_or_404(Product, product_id)))


@app.patch("/v1/products/<int:product_id>")
def update_product(product_id: int) -> ResponseReturnValue:
    """Change a product."""
    changes = ProductPatch.model_validate_json(request.get_data())
    row = db.get_or_404(Product, product_id)
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(row, name, value)
    db.session.commit()
    return jsonify(answer(row))


@app.delete("/v1/products/<int:product_id>")
def delete_product(product_id: int) -> ResponseReturnValue:
    """Delete a product."""
    db.session.delete(db.get_or_404(Product, product_id))
    db.session.commit()
    return "", 204


@app.post("/v1/products:bulk-create")
def bulk_create_products() -> ResponseReturnValue:
    """Create many products."""
    items = Bulk.model_validate_json(request.get_data()).items
    rows = [Product(**item.model_dump()) for item in items]
    db.session.add_all(rows)
    db.session.commit()
    return jsonify({"items": [answer(row) for row in rows]}), 201


@app.errorhandler(ValidationError)
def invalid(error: ValidationError) -> ResponseReturnValue:
    """Answer what is wrong."""
    return jsonify(error.errors(include_url=False, include_input=False, include_context=False)), 422


@app.errorhandler(IntegrityError)
def conflict(_error: IntegrityError) -> ResponseReturnValue:
    """Answer a taken name or a missing supplier."""
    db.session.rollback()
    return jsonify({"detail": "It conflicts with what is stored."}), 409


@app.errorhandler(404)
def missing(_error: Exception) -> ResponseReturnValue:
    """Answer as JSON."""
    return jsonify({"detail": "There is no such product."}), 404


@app.after_request
def tag(response: Response) -> Response:
    """Add the header of Flask-CORS with less work than the package does, and a request id."""
    response.headers["X-Request-Id"] = uuid.uuid4().hex
    if request.headers.get("Origin") == ORIGIN:
        response.headers["Access-Control-Allow-Origin"] = ORIGIN
        response.headers["Vary"] = "Origin"
    return response


with app.app_context():

    @event.listens_for(db.engine, "connect")
    def _configure(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    db.create_all()
