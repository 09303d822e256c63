"""Items: the HTTP endpoints.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from fastapi import APIRouter

from ..runtime.answers import Json
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from .models import ItemBulkDelete, ItemBulkDeleted
from .queries import BULK_DELETE

router = APIRouter(tags=["items"], route_class=CompiledRoute)


@router.post(
    "/items:bulk-delete",
    response_model=ItemBulkDeleted,
    responses=problems(406, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def bulk_delete_items(body: ItemBulkDelete, db: Db) -> Json[ItemBulkDeleted]:
    """Delete many items, all or none."""
    return await db.bulk_delete(BULK_DELETE, body)
