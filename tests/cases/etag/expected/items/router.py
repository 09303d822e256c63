@router.put(
    "/items/{item_id}",
    response_model=Item,
    responses=problems(404, 406, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def replace_item(item_id: ItemId, body: ItemReplace, db: Db) -> Json[Item]:
    """Replace an item."""
    return await db.replace(REPLACE, item_id, body)

@router.delete(
    "/items/{item_id}",
    status_code=204,
    responses=problems(404, 412, 414, 422, 500, 503),
)
async def delete_item(item_id: ItemId, db: Db) -> NoContent:
    """Delete an item."""
    return await db.delete(DELETE, item_id)
