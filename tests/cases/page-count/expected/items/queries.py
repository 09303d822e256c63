LIST = List(
    ITEM,
    select(*ITEM.columns),
    sort={
        "id": items.c.id,
    },
    page=Page(size=10, most=40, count=True),
)
