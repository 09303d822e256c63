PRODUCT = Rows(
    "product",
    products,
    Product,
    key="id",
    links=(
        Link("tags", "tag_ids", product_tags, most=20),
        Link("similar", "similar_products", product_similar, most=100),
        Link("watchers", "watcher_ids", product_watchers, most=100, in_body=False),
    ),
)
