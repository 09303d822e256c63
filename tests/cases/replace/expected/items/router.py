@router.put(
    "/items/{item_id}",
    response_model=Item,
    responses=problems(404, 406, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def replace_item(item_id: ItemId, body: ItemReplace, db: Db) -> Json[Item]:
    """Replace an item."""
    return await db.replace(REPLACE, item_id, body)
