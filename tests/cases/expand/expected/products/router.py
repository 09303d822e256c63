@router.post(
    "/products",
    status_code=201,
    response_model=Product,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_product(body: ProductCreate, db: Db) -> Json[Product]:
    """Create a product."""
    return await db.create(CREATE, body)

@router.get(
    "/products",
    response_model=ProductPage,
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def list_products(params: Annotated[ProductListParams, Query()], db: Db) -> Json[ProductPage]:
    """List products."""
    return await db.list(LIST, params)

@router.get(
    "/products/{product_id}",
    response_model=ProductExpanded,
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def read_product(
    product_id: ProductId, params: Annotated[ProductReadParams, Query()], db: Db
) -> Json[ProductExpanded]:
    """Read a product."""
    return await db.read(READ, product_id, params)
