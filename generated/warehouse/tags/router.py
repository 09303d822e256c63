"""Tags: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import NaturalKey
from .models import Tag, TagCreate, TagListParams
from .queries import CREATE, DELETE, LIST, READ

router = APIRouter(prefix="/v1", tags=["tags"], route_class=CompiledRoute)

TagId = Annotated[NaturalKey, Path(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")]


@router.post(
    "/tags",
    status_code=201,
    response_model=Tag,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_tag(body: TagCreate, db: Db) -> Json[Tag]:
    """Create a tag."""
    return await db.create(CREATE, body)


@router.get(
    "/tags",
    response_model=list[Tag],
    responses=problems(406, 414, 422, 500, 503),
)
async def list_tags(params: Annotated[TagListParams, Query()], db: Db) -> Json[list[Tag]]:
    """List tags."""
    return await db.list(LIST, params)


@router.get(
    "/tags/{tag_id}",
    response_model=Tag,
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def read_tag(tag_id: TagId, db: Db) -> Json[Tag]:
    """Read a tag."""
    return await db.read(READ, tag_id)


@router.delete(
    "/tags/{tag_id}",
    status_code=204,
    responses=problems(404, 414, 422, 500, 503),
)
async def delete_tag(tag_id: TagId, db: Db) -> NoContent:
    """Delete a tag."""
    return await db.delete(DELETE, tag_id)
