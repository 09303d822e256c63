"""Purchase order lines: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import Column, Computed, ForeignKey, Index, Table, UniqueConstraint

from ..runtime import columns
from ..runtime.columns import metadata

purchase_order_lines = Table(
    "purchase_order_lines",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("position", columns.Integer(), nullable=False),
    Column("quantity", columns.Integer(), nullable=False),
    Column("unit_price", columns.Decimal(10, 2), nullable=False),
    Column("discount", columns.Decimal(3, 2), nullable=False),
    Column(
        "total",
        columns.Decimal(17, 4),
        Computed(
            columns.Sql(
                "quantity * unit_price * (100 - discount)", "quantity * unit_price * (1 - discount)"
            ),
            persisted=True,
        ),
        nullable=False,
    ),
    Column(
        "order_id",
        columns.Integer(),
        ForeignKey("purchase_orders.id", name="fk_purchase_order_lines_order", ondelete="CASCADE"),
        nullable=False,
        info={"relation": "order"},
    ),
    Column(
        "product_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_purchase_order_lines_product", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "product"},
    ),
    Column("version", columns.Version(), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    UniqueConstraint("order_id", "position", name="uq_purchase_order_lines_position_per_order"),
    info={"noun": "purchase order line"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_purchase_order_lines_order", purchase_order_lines.c.order_id, purchase_order_lines.c.id)
Index(
    "ix_purchase_order_lines_product", purchase_order_lines.c.product_id, purchase_order_lines.c.id
)
