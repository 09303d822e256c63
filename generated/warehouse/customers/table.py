"""Customers: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import Column, ForeignKey, Index, Table, func

from ..runtime import columns
from ..runtime.columns import metadata

customers = Table(
    "customers",
    metadata,
    Column("id", columns.Uuid(), primary_key=True),
    Column("name", columns.String(120), nullable=False),
    Column("email", columns.String(254), nullable=False),
    Column("password", columns.Secret(), nullable=False),
    Column("address", columns.Json(), nullable=False),
    Column("billing_address", columns.Json(), nullable=True),
    Column(
        "nearest_id",
        columns.Integer(),
        ForeignKey("warehouses.id", name="fk_customers_nearest", ondelete="SET NULL"),
        nullable=True,
        info={"relation": "nearest"},
    ),
    Column("version", columns.Version(), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    info={"noun": "customer"},
    sqlite_strict=True,
)

Index("ix_customers_name", customers.c.name, customers.c.id)
Index("ix_customers_email", customers.c.email, customers.c.id)
Index("ix_customers_nearest", customers.c.nearest_id, customers.c.id)
Index(
    "uq_customers_email",
    func.lower(customers.c.email),
    unique=True,
    sqlite_where=customers.c.deleted_at.is_(None),
    postgresql_where=customers.c.deleted_at.is_(None),
)
