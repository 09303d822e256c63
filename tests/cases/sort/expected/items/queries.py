LIST = List(
    ITEM,
    select(*ITEM.columns),
    sort={
        "title": items.c.title,
        "price": items.c.price,
        "id": items.c.id,
    },
    order=("-price", "title"),
    page=Page(size=20, most=100),
)
