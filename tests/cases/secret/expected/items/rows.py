ITEM = Rows(
    "item",
    items,
    Item,
    key="id",
)
