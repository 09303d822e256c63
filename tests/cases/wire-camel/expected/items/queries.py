LIST = List(
    ITEM,
    select(*ITEM.columns),
    filters={
        "unit_price_ge": items.c.unit_price >= bindparam("unit_price_ge"),
        "unit_price_in": among(items.c.unit_price, "unit_price_in"),
    },
    sort={
        "unitPrice": items.c.unit_price,
        "id": items.c.id,
    },
    order=("-unitPrice",),
    page=CursorPage(size=20, most=100, next_name="nextCursor"),
)

UPDATE = Update(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
)
