CREATE = Create(
    ITEM,
    insert(items),
    made={"moment": now, "day": today, "token": uuid4},
)

REPLACE = Replace(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
    keeps=("moment", "day", "token"),
)

UPDATE = Update(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
)
