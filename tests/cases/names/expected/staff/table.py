staff = Table(
    "staff",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("type", columns.String(255), nullable=False),
    Column("match", columns.Boolean(), nullable=False),
    Column("items", columns.Integer(), nullable=True),
    Column("keys", columns.String(255), nullable=True),
    info={"noun": "person"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
