LIST = List(
    ITEM,
    select(*ITEM.columns),
    filters={
        "kind": items.c.kind == bindparam("kind"),
        "kind_in": among(items.c.kind, "kind_in"),
    },
    sort={
        "item-kind": items.c.kind,
        "id": items.c.id,
    },
    page=Page(size=20, most=100),
)
