items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("name", columns.String(40), nullable=False),
    Column("version", columns.Version(), nullable=False),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
