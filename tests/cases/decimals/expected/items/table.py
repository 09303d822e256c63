items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("price", columns.Decimal(10, 2), nullable=False),
    Column("share", columns.Decimal(4, 3), nullable=False),
    Column("whole", columns.Decimal(6, 0), nullable=False),
    Column("discount", columns.Decimal(4, 3), nullable=True),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
