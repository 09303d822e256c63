"""Suppliers: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import Column, Index, Table

from ..runtime import columns
from ..runtime.columns import metadata

suppliers = Table(
    "suppliers",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("country", columns.String(2), nullable=False),
    Column("email", columns.String(254), nullable=True),
    Column("website", columns.String(2048), nullable=True),
    Column("lead_time", columns.Duration(), nullable=False),
    Column("code", columns.String(12), nullable=False),
    Column("name", columns.String(120), nullable=False),
    Column("version", columns.Version(), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    info={"noun": "supplier"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_suppliers_country", suppliers.c.country, suppliers.c.id)
Index("ix_suppliers_name", suppliers.c.name, suppliers.c.id)
Index(
    "uq_suppliers_code",
    suppliers.c.code,
    unique=True,
    sqlite_where=suppliers.c.deleted_at.is_(None),
    postgresql_where=suppliers.c.deleted_at.is_(None),
)
