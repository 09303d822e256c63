"""Items: what is stored.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import Column, Index, Table

from ..runtime import columns
from ..runtime.columns import metadata

items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("size", columns.Integer(), nullable=False),
    Column("name", columns.String(40), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_items_newest", items.c.created_at.desc(), items.c.id.desc())
Index(
    "uq_items_name",
    items.c.name,
    unique=True,
    sqlite_where=items.c.deleted_at.is_(None),
    postgresql_where=items.c.deleted_at.is_(None),
)
