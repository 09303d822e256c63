LIST = List(
    ITEM,
    select(*ITEM.columns),
    sort={
        "title": items.c.title,
        "price": items.c.price,
    },
    order=("-price", "title"),
    page=Page(size=20, most=100),
)
