"""Price list entries: the HTTP endpoints.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import Json
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .models import PriceListEntry, PriceListEntryCreate, PriceListEntryListParams
from .queries import CREATE, LIST, READ

router = APIRouter(prefix="/shop", tags=["price list entries"], route_class=CompiledRoute)

PriceListEntryId = Annotated[IntegerKey, Path()]


@router.post(
    "/price-list-entries",
    status_code=201,
    response_model=PriceListEntry,
    responses=problems(406, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_price_list_entry(body: PriceListEntryCreate, db: Db) -> Json[PriceListEntry]:
    """Create a price list entry."""
    return await db.create(CREATE, body)


@router.get(
    "/price-list-entries",
    response_model=list[PriceListEntry],
    responses=problems(406, 414, 422, 500, 503),
)
async def list_price_list_entries(
    params: Annotated[PriceListEntryListParams, Query()], db: Db
) -> Json[list[PriceListEntry]]:
    """List price list entries."""
    return await db.list(LIST, params)


@router.get(
    "/price-list-entries/{price_list_entry_id}",
    response_model=PriceListEntry,
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def read_price_list_entry(
    price_list_entry_id: PriceListEntryId, db: Db
) -> Json[PriceListEntry]:
    """Read a price list entry."""
    return await db.read(READ, price_list_entry_id)
