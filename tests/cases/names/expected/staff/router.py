router = APIRouter(prefix="/shop", tags=["Staff"], route_class=CompiledRoute)

@router.post(
    "/people",
    status_code=201,
    response_model=Person,
    responses=problems(406, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_person(body: PersonCreate, db: Db) -> Json[Person]:
    """Create a person."""
    return await db.create(CREATE, body)

@router.get(
    "/people",
    response_model=list[Person],
    responses=problems(406, 414, 422, 500, 503),
)
async def list_staff(params: Annotated[PersonListParams, Query()], db: Db) -> Json[list[Person]]:
    """List staff."""
    return await db.list(LIST, params)
