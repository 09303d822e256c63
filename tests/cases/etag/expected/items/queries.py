CREATE = Create(
    ITEM,
    insert(items),
    made={"version": 1},
    location="/items/{key}",
)

REPLACE = Replace(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
    made={"version": items.c.version + 1},
)

UPDATE = Update(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
    made={"version": items.c.version + 1},
)

DELETE = Delete(ITEM, delete(items).where(ITEM.key == bindparam("key")))
