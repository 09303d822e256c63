items = Table(
    "items",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("name", columns.String(40), nullable=False),
    Column(
        "shop_id",
        columns.Integer(),
        ForeignKey("shops.id", name="fk_items_shop", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "shop"},
    ),
    info={"noun": "item"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
