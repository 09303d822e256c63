@router.get(
    "/items",
    response_model=list[Item],
    responses=problems(406, 414, 422, 500, 503),
)
async def list_items(params: Annotated[ItemListParams, Query()], db: Db) -> Json[list[Item]]:
    """List items."""
    return await db.list(LIST, params)
