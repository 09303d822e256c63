ITEM = Rows(
    "item",
    items,
    Item,
    key="id",
    unique=(
        Unique("email", "uq_items_email", ("email",), ignore_case=True),
        Unique("token", "uq_items_token", ("token",)),
        Unique("sku_in_shop", "uq_items_sku_in_shop", ("sku", "shop")),
    ),
)
