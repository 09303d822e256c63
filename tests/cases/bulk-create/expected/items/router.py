"""Items: the HTTP endpoints.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from fastapi import APIRouter

from ..runtime.answers import Json
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from .models import ItemBulkCreate, ItemBulkCreated
from .queries import BULK_CREATE

router = APIRouter(tags=["items"], route_class=CompiledRoute)


@router.post(
    "/items:bulk-create",
    status_code=201,
    response_model=ItemBulkCreated,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_350_040,
)
async def bulk_create_items(body: ItemBulkCreate, db: Db) -> Json[ItemBulkCreated]:
    """Create many items, all or none."""
    return await db.bulk_create(BULK_CREATE, body)
