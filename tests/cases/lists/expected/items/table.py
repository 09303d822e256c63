items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("labels", columns.Json(), nullable=False),
    Column("prices", columns.Json(), nullable=False),
    Column("days", columns.Json(), nullable=False),
    Column("colours", columns.Json(), nullable=False),
    Column("list", columns.Json(), nullable=True),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
