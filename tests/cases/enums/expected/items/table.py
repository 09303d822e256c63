items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("colour", columns.String(9), nullable=True),
    Column("status", columns.String(5), nullable=False),
    CheckConstraint(column("colour").in_(("red", "deep blue", "08:15")), name="ck_items_colour"),
    CheckConstraint(column("status").in_(("draft", "done")), name="ck_items_status"),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
