items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("title", columns.String(255), nullable=False),
    Column("note", columns.String(50), nullable=True),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
