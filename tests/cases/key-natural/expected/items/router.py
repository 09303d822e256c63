ItemId = Annotated[NaturalKey, Path(min_length=2, max_length=12, pattern="^[A-Z][A-Z0-9]+$")]

@router.get(
    "/items/{item_id}",
    response_model=Item,
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def read_item(item_id: ItemId, db: Db) -> Json[Item]:
    """Read an item."""
    return await db.read(READ, item_id)
