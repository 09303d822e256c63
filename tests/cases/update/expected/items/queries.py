UPDATE = Update(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
)
