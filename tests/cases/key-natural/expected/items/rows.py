ITEM = Rows(
    "item",
    items,
    Item,
    key="sku",
    unique=(Unique("sku", "pk_items", ("sku",), primary=True),),
)
