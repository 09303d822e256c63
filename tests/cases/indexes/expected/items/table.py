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
    Column("sku", columns.String(20), nullable=False),
    Column("shop", columns.Integer(), nullable=False),
    Column("made_on", columns.Date(), nullable=False),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_items_sku", items.c.sku, items.c.id)
Index("ix_items_newest", items.c.made_on.desc(), items.c.sku, items.c.id)
Index("ix_items_by_shop", items.c.shop, items.c.id)
