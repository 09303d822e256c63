"""Items: what is stored.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import Column, ForeignKey, Index, Table, func

from ..runtime import columns
from ..runtime.columns import metadata

items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("name", columns.String(40), nullable=False),
    Column("shop", columns.Integer(), nullable=False),
    Column("email", columns.String(254), nullable=False),
    Column(
        "replaces_id",
        columns.Integer(),
        ForeignKey("items.id", name="fk_items_replaces", ondelete="RESTRICT"),
        nullable=True,
        info={"relation": "replaces"},
    ),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_items_replaces", items.c.replaces_id, items.c.id)
Index(
    "uq_items_email",
    func.lower(items.c.email),
    unique=True,
    sqlite_where=items.c.deleted_at.is_(None),
    postgresql_where=items.c.deleted_at.is_(None),
)
Index(
    "uq_items_replaces",
    items.c.replaces_id,
    unique=True,
    sqlite_where=items.c.deleted_at.is_(None),
    postgresql_where=items.c.deleted_at.is_(None),
)
Index(
    "uq_items_name_in_shop",
    items.c.name,
    items.c.shop,
    unique=True,
    sqlite_where=items.c.deleted_at.is_(None),
    postgresql_where=items.c.deleted_at.is_(None),
)
