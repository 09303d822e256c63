"""Warehouses: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import NOT_MODIFIED, Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .models import Warehouse, WarehouseCreate, WarehouseListParams, WarehouseUpdate
from .queries import CREATE, DELETE, LIST, READ, UPDATE

router = APIRouter(prefix="/v1", tags=["warehouses"], route_class=CompiledRoute)

WarehouseId = Annotated[IntegerKey, Path()]


@router.post(
    "/warehouses",
    status_code=201,
    response_model=Warehouse,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_warehouse(body: WarehouseCreate, db: Db) -> Json[Warehouse]:
    """Create a warehouse."""
    return await db.create(CREATE, body)


@router.get(
    "/warehouses",
    response_model=list[Warehouse],
    responses=NOT_MODIFIED | problems(406, 414, 422, 500, 503),
)
async def list_warehouses(
    params: Annotated[WarehouseListParams, Query()], db: Db
) -> Json[list[Warehouse]]:
    """List warehouses."""
    return await db.list(LIST, params)


@router.get(
    "/warehouses/{warehouse_id}",
    response_model=Warehouse,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def read_warehouse(warehouse_id: WarehouseId, db: Db) -> Json[Warehouse]:
    """Read a warehouse."""
    return await db.read(READ, warehouse_id)


@router.patch(
    "/warehouses/{warehouse_id}",
    response_model=Warehouse,
    responses=problems(404, 406, 409, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_warehouse(
    warehouse_id: WarehouseId, body: WarehouseUpdate, db: Db
) -> Json[Warehouse]:
    """Change the given fields of a warehouse."""
    return await db.update(UPDATE, warehouse_id, body)


@router.delete(
    "/warehouses/{warehouse_id}",
    status_code=204,
    responses=problems(404, 409, 412, 414, 422, 500, 503),
)
async def delete_warehouse(warehouse_id: WarehouseId, db: Db) -> NoContent:
    """Delete a warehouse."""
    return await db.delete(DELETE, warehouse_id)
