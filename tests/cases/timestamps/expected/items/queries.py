CREATE = Create(
    ITEM,
    insert(items),
    made={"created_at": now, "updated_at": now},
)

LIST = List(
    ITEM,
    select(*ITEM.columns),
    filters={
        "updated_at_ge": items.c.updated_at >= bindparam("updated_at_ge"),
        "updated_at_lt": items.c.updated_at < bindparam("updated_at_lt"),
    },
    sort={
        "created_at": items.c.created_at,
        "id": items.c.id,
    },
    order=("-created_at",),
    page=Page(size=20, most=100),
)

UPDATE = Update(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
    made={"updated_at": now},
)
