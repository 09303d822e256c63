CREATE = Create(
    ITEM,
    insert(items),
    made={"id": uuid7},
    location="/items/{key}",
)

READ = Read(ITEM, select(*ITEM.columns).where(ITEM.key == bindparam("key")))
