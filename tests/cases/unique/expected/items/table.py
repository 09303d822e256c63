items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("sku", columns.String(20), nullable=False),
    Column("shop", columns.Integer(), nullable=False),
    Column("email", columns.String(254), nullable=False),
    Column("token", columns.Uuid(), nullable=False),
    UniqueConstraint("token", name="uq_items_token"),
    UniqueConstraint("sku", "shop", name="uq_items_sku_in_shop"),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("uq_items_email", func.lower(items.c.email), unique=True)
