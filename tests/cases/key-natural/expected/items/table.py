items = Table(
    "items",
    metadata,
    Column("sku", columns.String(12), primary_key=True),
    Column("title", columns.String(255), nullable=False),
    info={"noun": "item"},
    sqlite_strict=True,
)
