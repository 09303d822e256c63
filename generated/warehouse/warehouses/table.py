"""Warehouses: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import CheckConstraint, Column, Index, Table

from ..runtime import columns
from ..runtime.columns import metadata

warehouses = Table(
    "warehouses",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("city", columns.String(80), nullable=False),
    Column("address", columns.Json(), nullable=False),
    Column("opens_at", columns.Time(), nullable=False),
    Column("closes_at", columns.Time(), nullable=False),
    Column("code", columns.String(12), nullable=False),
    Column("name", columns.String(120), nullable=False),
    Column("version", columns.Version(), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    CheckConstraint(columns.Sql("opens_at < closes_at"), name="ck_warehouses_closes_after_opening"),
    info={"noun": "warehouse"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_warehouses_city", warehouses.c.city, warehouses.c.id)
Index("ix_warehouses_name", warehouses.c.name, warehouses.c.id)
Index(
    "uq_warehouses_code",
    warehouses.c.code,
    unique=True,
    sqlite_where=warehouses.c.deleted_at.is_(None),
    postgresql_where=warehouses.c.deleted_at.is_(None),
)
