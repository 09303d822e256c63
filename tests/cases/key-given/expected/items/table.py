items = Table(
    "items",
    metadata,
    Column("id", columns.Uuid(), primary_key=True),
    Column("title", columns.String(255), nullable=False),
    sqlite_strict=True,
)
