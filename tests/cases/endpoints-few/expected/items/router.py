"""Items: the HTTP endpoints.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Query

from ..runtime.answers import Json
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from .models import Item, ItemCreate, ItemListParams
from .queries import CREATE, LIST

router = APIRouter(tags=["items"], route_class=CompiledRoute)


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


@router.get(
    "/items",
    response_model=list[Item],
    responses=problems(406, 414, 422, 500, 503),
)
async def list_items(params: Annotated[ItemListParams, Query()], db: Db) -> Json[list[Item]]:
    """List items."""
    return await db.list(LIST, params)
