ITEM = Rows(
    "item",
    items,
    Item,
    key="id",
    unique=(Unique("id", "pk_items", ("id",), primary=True),),
)
