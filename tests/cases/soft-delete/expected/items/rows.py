ITEM = Rows(
    "item",
    items,
    Item,
    key="id",
    unique=(
        Unique("email", "uq_items_email", ("email",), ignore_case=True),
        Unique("replaces", "uq_items_replaces", ("replaces_id",)),
        Unique("name_in_shop", "uq_items_name_in_shop", ("name", "shop")),
    ),
    references=(Reference("replaces", "replaces_id"),),
)
