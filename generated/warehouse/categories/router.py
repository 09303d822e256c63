"""Categories: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import NOT_MODIFIED, Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .expanded import CategoryExpanded
from .models import (
    Category,
    CategoryChildListParams,
    CategoryCreate,
    CategoryListParams,
    CategoryReadParams,
    CategoryUpdate,
)
from .queries import CREATE, DELETE, LIST, LIST_OF_PARENT, READ, UPDATE

router = APIRouter(prefix="/v1", tags=["categories"], route_class=CompiledRoute)

CategoryId = Annotated[IntegerKey, Path()]


@router.post(
    "/categories",
    status_code=201,
    response_model=Category,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_category(body: CategoryCreate, db: Db) -> Json[Category]:
    """Create a category."""
    return await db.create(CREATE, body)


@router.get(
    "/categories",
    response_model=list[CategoryExpanded],
    responses=NOT_MODIFIED | problems(406, 414, 422, 500, 503),
)
async def list_categories(
    params: Annotated[CategoryListParams, Query()], db: Db
) -> Json[list[CategoryExpanded]]:
    """List categories."""
    return await db.list(LIST, params)


@router.get(
    "/categories/{category_id}",
    response_model=CategoryExpanded,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def read_category(
    category_id: CategoryId, params: Annotated[CategoryReadParams, Query()], db: Db
) -> Json[CategoryExpanded]:
    """Read a category."""
    return await db.read(READ, category_id, params)


@router.patch(
    "/categories/{category_id}",
    response_model=Category,
    responses=problems(404, 406, 409, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_category(category_id: CategoryId, body: CategoryUpdate, db: Db) -> Json[Category]:
    """Change the given fields of a category."""
    return await db.update(UPDATE, category_id, body)


@router.delete(
    "/categories/{category_id}",
    status_code=204,
    responses=problems(404, 409, 412, 414, 422, 500, 503),
)
async def delete_category(category_id: CategoryId, db: Db) -> NoContent:
    """Delete a category."""
    return await db.delete(DELETE, category_id)


@router.get(
    "/categories/{category_id}/children",
    response_model=list[CategoryExpanded],
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_category_children(
    category_id: CategoryId, params: Annotated[CategoryChildListParams, Query()], db: Db
) -> Json[list[CategoryExpanded]]:
    """List the children of a category."""
    return await db.list_under(LIST_OF_PARENT, category_id, params)
