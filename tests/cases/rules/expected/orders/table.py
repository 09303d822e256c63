orders = Table(
    "orders",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("ordered", columns.Integer(), nullable=False),
    Column("delivered", columns.Integer(), nullable=True),
    Column("status", columns.String(4), nullable=False),
    Column("paid_at", columns.DateTime(), nullable=True),
    Column(
        "warehouse_id",
        columns.Integer(),
        ForeignKey("warehouses.id", name="fk_orders_warehouse", ondelete="SET NULL"),
        nullable=True,
        info={"relation": "warehouse"},
    ),
    CheckConstraint(column("status").in_(("open", "paid")), name="ck_orders_status"),
    CheckConstraint(columns.Sql("delivered <= ordered"), name="ck_orders_not_too_much"),
    CheckConstraint(
        columns.Sql("(status = 'paid') = (paid_at IS NOT NULL)"), name="ck_orders_paid_has_time"
    ),
    CheckConstraint(
        columns.Sql("warehouse_id IS NOT NULL OR status = 'open'"), name="ck_orders_stored_or_open"
    ),
    info={"noun": "order"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
