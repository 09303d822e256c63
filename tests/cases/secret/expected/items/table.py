items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("login", columns.String(255), nullable=False),
    Column("password", columns.Secret(), nullable=False),
    Column("pin", columns.Secret(), nullable=True),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
