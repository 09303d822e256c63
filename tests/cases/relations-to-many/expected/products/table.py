product_tags = Table(
    "product_tags",
    metadata,
    Column(
        "product_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_product_tags_product", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "tag_id",
        columns.String(40),
        ForeignKey("tags.name", name="fk_product_tags_tag", ondelete="CASCADE"),
        primary_key=True,
    ),
    info={"relation": "tags"},
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("ix_product_tags_tag", product_tags.c.tag_id, product_tags.c.product_id)

product_similar = Table(
    "product_similar",
    metadata,
    Column(
        "product_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_product_similar_product", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "similar_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_product_similar_similar", ondelete="CASCADE"),
        primary_key=True,
    ),
    info={"relation": "similar"},
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

product_watchers = Table(
    "product_watchers",
    metadata,
    Column(
        "product_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_product_watchers_product", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "watcher_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_product_watchers_watcher", ondelete="CASCADE"),
        primary_key=True,
    ),
    info={"relation": "watchers", "in_body": False},
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
