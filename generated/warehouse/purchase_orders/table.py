"""Purchase orders: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint, column

from ..runtime import columns
from ..runtime.columns import metadata

purchase_orders = Table(
    "purchase_orders",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("number", columns.String(9), nullable=False),
    Column("status", columns.String(9), nullable=False),
    Column("ordered_on", columns.Date(), nullable=False),
    Column("expected_on", columns.Date(), nullable=True),
    Column("received_on", columns.Date(), nullable=True),
    Column("remarks", columns.Text(), nullable=True),
    Column(
        "supplier_id",
        columns.Integer(),
        ForeignKey("suppliers.id", name="fk_purchase_orders_supplier", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "supplier"},
    ),
    Column(
        "warehouse_id",
        columns.Integer(),
        ForeignKey("warehouses.id", name="fk_purchase_orders_warehouse", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "warehouse"},
    ),
    Column("version", columns.Version(), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    CheckConstraint(
        column("status").in_(("draft", "sent", "received", "cancelled")),
        name="ck_purchase_orders_status",
    ),
    CheckConstraint(
        columns.Sql("expected_on >= ordered_on"), name="ck_purchase_orders_expected_after_ordering"
    ),
    CheckConstraint(
        columns.Sql("received_on >= ordered_on"), name="ck_purchase_orders_received_after_ordering"
    ),
    CheckConstraint(
        columns.Sql("(status = 'received') = (received_on IS NOT NULL)"),
        name="ck_purchase_orders_received_has_a_date",
    ),
    UniqueConstraint("number", name="uq_purchase_orders_number"),
    info={"noun": "purchase order"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_purchase_orders_ordered_on", purchase_orders.c.ordered_on, purchase_orders.c.id)
Index("ix_purchase_orders_supplier", purchase_orders.c.supplier_id, purchase_orders.c.id)
Index("ix_purchase_orders_warehouse", purchase_orders.c.warehouse_id, purchase_orders.c.id)
Index(
    "ix_purchase_orders_by_status",
    purchase_orders.c.status,
    purchase_orders.c.ordered_on.desc(),
    purchase_orders.c.id.desc(),
)
