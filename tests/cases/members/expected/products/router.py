"""Products: the HTTP endpoints.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey, NaturalKey
from ..tags.models import Tag
from .models import Product, ProductTagListParams
from .queries import LINKED_PARTS, LINKED_TAGS, READ

router = APIRouter(tags=["products"], route_class=CompiledRoute)

ProductId = Annotated[IntegerKey, Path()]
TagId = Annotated[NaturalKey, Path(min_length=1, max_length=40)]


@router.get(
    "/products/{product_id}",
    response_model=Product,
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def read_product(product_id: ProductId, db: Db) -> Json[Product]:
    """Read a product."""
    return await db.read(READ, product_id)


@router.put(
    "/products/{product_id}/tags/{tag_id}",
    status_code=204,
    responses=problems(404, 409, 414, 422, 500, 503),
)
async def add_product_tag(product_id: ProductId, tag_id: TagId, db: Db) -> NoContent:
    """Add a tag to a product."""
    return await db.add_member(LINKED_TAGS, product_id, tag_id)


@router.delete(
    "/products/{product_id}/tags/{tag_id}",
    status_code=204,
    responses=problems(404, 414, 422, 500, 503),
)
async def remove_product_tag(product_id: ProductId, tag_id: TagId, db: Db) -> NoContent:
    """Remove a tag from a product."""
    return await db.remove_member(LINKED_TAGS, product_id, tag_id)


@router.get(
    "/products/{product_id}/tags",
    response_model=list[Tag],
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def list_product_tags(
    product_id: ProductId, params: Annotated[ProductTagListParams, Query()], db: Db
) -> Json[list[Tag]]:
    """List the tags of a product."""
    return await db.list_members(LINKED_TAGS, product_id, params)


@router.put(
    "/products/{product_id}/parts/{part_id}",
    status_code=204,
    responses=problems(404, 409, 414, 422, 500, 503),
)
async def add_product_part(product_id: ProductId, part_id: ProductId, db: Db) -> NoContent:
    """Add a part to a product."""
    return await db.add_member(LINKED_PARTS, product_id, part_id)
