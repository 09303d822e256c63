SCHEMA = Schema(
    tables=(
        tags,
        products,
        product_tags,
        product_similar,
        product_watchers,
    ),
    digest="50ca7f9f834d3307",
)
