LIST = List(
    ITEM,
    select(*ITEM.columns),
    filters={
        "status": items.c.status == bindparam("status"),
        "status_ne": differs(items.c.status, "status_ne"),
        "status_in": among(items.c.status, "status_in"),
    },
    sort={
        "id": items.c.id,
    },
    page=Page(size=20, most=100),
)
