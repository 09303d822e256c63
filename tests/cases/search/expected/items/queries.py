LIST = List(
    ITEM,
    select(*ITEM.columns),
    sort={
        "id": items.c.id,
    },
    search=(items.c.sku, items.c.notes),
    page=Page(size=20, most=100),
)
