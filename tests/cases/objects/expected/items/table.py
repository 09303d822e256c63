items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("address", columns.Json(), nullable=False),
    Column("others", columns.Json(), nullable=False),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
