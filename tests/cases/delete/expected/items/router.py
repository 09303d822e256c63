"""Items: the HTTP endpoints.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path

from ..runtime.answers import NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .queries import DELETE

router = APIRouter(tags=["items"], route_class=CompiledRoute)

ItemId = Annotated[IntegerKey, Path()]


@router.delete(
    "/items/{item_id}",
    status_code=204,
    responses=problems(404, 414, 422, 500, 503),
)
async def delete_item(item_id: ItemId, db: Db) -> NoContent:
    """Delete an item."""
    return await db.delete(DELETE, item_id)
