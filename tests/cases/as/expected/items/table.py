items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("photo_urls", columns.Json(), nullable=False),
    Column("kind", columns.String(10), nullable=False),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
