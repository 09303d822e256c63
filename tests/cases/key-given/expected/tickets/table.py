tickets = Table(
    "tickets",
    metadata,
    Column("id", columns.Integer(), primary_key=True, autoincrement=False),
    Column("title", columns.String(255), nullable=False),
    info={"noun": "ticket"},
    sqlite_strict=True,
)
