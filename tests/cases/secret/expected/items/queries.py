REPLACE = Replace(
    ITEM,
    update(items).where(ITEM.key == bindparam("key")),
    keeps=("password", "pin"),
)
