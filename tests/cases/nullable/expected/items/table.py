items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("title", columns.String(255), nullable=True),
    Column("price", columns.Decimal(6, 2), nullable=True),
    Column("due", columns.Date(), nullable=True),
    Column("labels", columns.Json(), nullable=True),
    Column("extra", columns.Json(), nullable=True),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
