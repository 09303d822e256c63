"""Customers: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import NOT_MODIFIED, Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import UuidKey
from .expanded import CustomerExpanded
from .models import Customer, CustomerCreate, CustomerListParams, CustomerReadParams, CustomerUpdate
from .queries import CREATE, DELETE, LIST, READ, UPDATE

router = APIRouter(prefix="/v1", tags=["customers"], route_class=CompiledRoute)

CustomerId = Annotated[UuidKey, Path()]


@router.post(
    "/customers",
    status_code=201,
    response_model=Customer,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_customer(body: CustomerCreate, db: Db) -> Json[Customer]:
    """Create a customer."""
    return await db.create(CREATE, body)


@router.get(
    "/customers",
    response_model=list[CustomerExpanded],
    responses=NOT_MODIFIED | problems(406, 414, 422, 500, 503),
)
async def list_customers(
    params: Annotated[CustomerListParams, Query()], db: Db
) -> Json[list[CustomerExpanded]]:
    """List customers."""
    return await db.list(LIST, params)


@router.get(
    "/customers/{customer_id}",
    response_model=CustomerExpanded,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def read_customer(
    customer_id: CustomerId, params: Annotated[CustomerReadParams, Query()], db: Db
) -> Json[CustomerExpanded]:
    """Read a customer."""
    return await db.read(READ, customer_id, params)


@router.patch(
    "/customers/{customer_id}",
    response_model=Customer,
    responses=problems(404, 406, 409, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_customer(customer_id: CustomerId, body: CustomerUpdate, db: Db) -> Json[Customer]:
    """Change the given fields of a customer."""
    return await db.update(UPDATE, customer_id, body)


@router.delete(
    "/customers/{customer_id}",
    status_code=204,
    responses=problems(404, 412, 414, 422, 500, 503),
)
async def delete_customer(customer_id: CustomerId, db: Db) -> NoContent:
    """Delete a customer."""
    return await db.delete(DELETE, customer_id)
