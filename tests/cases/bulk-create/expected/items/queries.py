CREATE = Create(
    ITEM,
    insert(items),
)

BULK_CREATE = BulkCreate(CREATE)
