"""Products: the HTTP endpoints.

Generated from spec/catalog.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .models import Product, ProductCreate, ProductListParams
from .queries import CREATE, DELETE, LIST, READ

router = APIRouter(prefix="/catalog", tags=["Inventory"], route_class=CompiledRoute)

ProductId = Annotated[IntegerKey, Path()]


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
    response_model=list[Product],
    responses=problems(406, 414, 422, 500, 503),
)
async def list_products(
    params: Annotated[ProductListParams, Query()], db: Db
) -> Json[list[Product]]:
    """List products."""
    return await db.list(LIST, params)


@router.get(
    "/products/{product_id}",
    response_model=Product,
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def read_product(product_id: ProductId, db: Db) -> Json[Product]:
    """Read a product."""
    return await db.read(READ, product_id)


@router.delete(
    "/products/{product_id}",
    status_code=204,
    responses=problems(404, 414, 422, 500, 503),
)
async def delete_product(product_id: ProductId, db: Db) -> NoContent:
    """Delete a product."""
    return await db.delete(DELETE, product_id)
