CREATE = Create(
    ITEM,
    insert(items),
    location="/items/{key}",
)
