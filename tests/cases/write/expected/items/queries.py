CREATE = Create(
    ITEM,
    insert(items),
    made={"origin": "import", "seen_at": now},
)

REPLACE = Replace(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
)
