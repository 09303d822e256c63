@router.get(
    "/items",
    response_model=ItemPage,
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def list_items(params: Annotated[ItemListParams, Query()], db: Db) -> Json[ItemPage]:
    """List items."""
    return await db.list(LIST, params)
