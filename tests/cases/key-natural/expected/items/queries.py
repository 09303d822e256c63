ITEM = Rows(
    "item",
    items,
    Item,
    key="sku",
    unique=(Unique("sku", "pk_items", ("sku",), primary=True),),
)

CREATE = Create(
    ITEM,
    insert(items),
    location="/items/{key}",
)
