"""Stock levels: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import CheckConstraint, Column, Computed, ForeignKey, Index, Table, UniqueConstraint

from ..runtime import columns
from ..runtime.columns import metadata

stock_levels = Table(
    "stock_levels",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("on_hand", columns.Integer(), nullable=False),
    Column("reserved", columns.Integer(), nullable=False),
    Column("reorder_at", columns.Integer(), nullable=False),
    Column(
        "available",
        columns.Integer(),
        Computed(columns.Sql("on_hand - reserved"), persisted=True),
        nullable=False,
    ),
    Column(
        "is_low",
        columns.Boolean(),
        Computed(columns.Sql("on_hand - reserved < reorder_at"), persisted=True),
        nullable=False,
    ),
    Column("counted_at", columns.DateTime(), nullable=True),
    Column(
        "product_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_stock_levels_product", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "product"},
    ),
    Column(
        "warehouse_id",
        columns.Integer(),
        ForeignKey("warehouses.id", name="fk_stock_levels_warehouse", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "warehouse"},
    ),
    Column("version", columns.Version(), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    CheckConstraint(columns.Sql("reserved <= on_hand"), name="ck_stock_levels_reserved_is_there"),
    UniqueConstraint("product_id", "warehouse_id", name="uq_stock_levels_product_per_warehouse"),
    info={"noun": "stock level"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_stock_levels_available", stock_levels.c.available, stock_levels.c.id)
Index("ix_stock_levels_is_low", stock_levels.c.is_low, stock_levels.c.id)
Index("ix_stock_levels_product", stock_levels.c.product_id, stock_levels.c.id)
Index("ix_stock_levels_warehouse", stock_levels.c.warehouse_id, stock_levels.c.id)
