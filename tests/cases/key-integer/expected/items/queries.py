CREATE = Create(
    ITEM,
    insert(items),
    location="/items/{key}",
)

READ = Read(ITEM, select(*ITEM.columns).where(ITEM.key == bindparam("key")))
