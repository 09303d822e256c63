"""Products: what is stored.

Generated from spec/catalog.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import CheckConstraint, Column, Index, Table, UniqueConstraint, column

from ..runtime import columns
from ..runtime.columns import metadata

products = Table(
    "products",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("sku", columns.String(20), nullable=False),
    Column("title", columns.String(200), nullable=False),
    Column("unit_price", columns.Number(), nullable=False),
    Column("inventory_count", columns.Integer(), nullable=False),
    Column("category", columns.String(80), nullable=True),
    Column("condition", columns.String(11), nullable=False),
    CheckConstraint(
        column("condition").in_(("new", "used", "refurbished")), name="ck_products_condition"
    ),
    UniqueConstraint("sku", name="uq_products_sku"),
    info={"noun": "product"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_products_category", products.c.category, products.c.id)
