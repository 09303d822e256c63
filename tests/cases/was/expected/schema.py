SCHEMA = Schema(
    tables=(
        items,
        shops,
    ),
    digest="68bf4424b5e2da9f",
)
