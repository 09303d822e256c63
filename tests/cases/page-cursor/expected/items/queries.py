LIST = List(
    ITEM,
    select(*ITEM.columns),
    sort={
        "title": items.c.title,
        "id": items.c.id,
    },
    page=CursorPage(size=10, most=40),
)
