LIST = List(
    ITEM,
    select(*ITEM.columns),
    sort={
        "title": items.c.title,
    },
    page=CursorPage(size=10, most=40),
)
