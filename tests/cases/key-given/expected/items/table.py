items = Table(
    "items",
    metadata,
    Column("id", columns.Uuid(), primary_key=True),
    Column("title", columns.String(255), nullable=False),
    info={"noun": "item"},
    sqlite_strict=True,
)
