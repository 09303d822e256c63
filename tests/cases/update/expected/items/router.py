@router.patch(
    "/items/{item_id}",
    response_model=Item,
    responses=problems(404, 406, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_item(item_id: ItemId, body: ItemUpdate, db: Db) -> Json[Item]:
    """Change the given fields of an item."""
    return await db.update(UPDATE, item_id, body)
