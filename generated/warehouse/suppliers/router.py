"""Suppliers: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import NOT_MODIFIED, Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .models import Supplier, SupplierCreate, SupplierListParams, SupplierUpdate
from .queries import CREATE, DELETE, LIST, READ, UPDATE

router = APIRouter(prefix="/v1", tags=["suppliers"], route_class=CompiledRoute)

SupplierId = Annotated[IntegerKey, Path()]


@router.post(
    "/suppliers",
    status_code=201,
    response_model=Supplier,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_supplier(body: SupplierCreate, db: Db) -> Json[Supplier]:
    """Create a supplier."""
    return await db.create(CREATE, body)


@router.get(
    "/suppliers",
    response_model=list[Supplier],
    responses=NOT_MODIFIED | problems(406, 414, 422, 500, 503),
)
async def list_suppliers(
    params: Annotated[SupplierListParams, Query()], db: Db
) -> Json[list[Supplier]]:
    """List suppliers."""
    return await db.list(LIST, params)


@router.get(
    "/suppliers/{supplier_id}",
    response_model=Supplier,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def read_supplier(supplier_id: SupplierId, db: Db) -> Json[Supplier]:
    """Read a supplier."""
    return await db.read(READ, supplier_id)


@router.patch(
    "/suppliers/{supplier_id}",
    response_model=Supplier,
    responses=problems(404, 406, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_supplier(supplier_id: SupplierId, body: SupplierUpdate, db: Db) -> Json[Supplier]:
    """Change the given fields of a supplier."""
    return await db.update(UPDATE, supplier_id, body)


@router.delete(
    "/suppliers/{supplier_id}",
    status_code=204,
    responses=problems(404, 409, 412, 414, 422, 500, 503),
)
async def delete_supplier(supplier_id: SupplierId, db: Db) -> NoContent:
    """Delete a supplier."""
    return await db.delete(DELETE, supplier_id)
