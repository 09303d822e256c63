router = APIRouter(tags=["Stock & more"], route_class=CompiledRoute)

@router.post(
    "/items",
    status_code=201,
    response_model=Item,
    responses=problems(406, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_item(body: ItemCreate, db: Db) -> Json[Item]:
    """Create an item."""
    return await db.create(CREATE, body)
