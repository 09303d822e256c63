"""Purchase order lines: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import NOT_MODIFIED, Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .expanded import PurchaseOrderLineExpanded
from .models import (
    PurchaseOrderLine,
    PurchaseOrderLineBulkCreate,
    PurchaseOrderLineBulkCreated,
    PurchaseOrderLineCreate,
    PurchaseOrderLineListParams,
    PurchaseOrderLineReadParams,
    PurchaseOrderLineUpdate,
    PurchaseOrderPurchaseOrderLineListParams,
)
from .queries import BULK_CREATE, CREATE, DELETE, LIST, LIST_OF_ORDER, READ, UPDATE

router = APIRouter(prefix="/v1", tags=["purchase order lines"], route_class=CompiledRoute)

PurchaseOrderLineId = Annotated[IntegerKey, Path()]
PurchaseOrderId = Annotated[IntegerKey, Path()]


@router.post(
    "/purchase-order-lines",
    status_code=201,
    response_model=PurchaseOrderLine,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_purchase_order_line(
    body: PurchaseOrderLineCreate, db: Db
) -> Json[PurchaseOrderLine]:
    """Create a purchase order line."""
    return await db.create(CREATE, body)


@router.get(
    "/purchase-order-lines",
    response_model=list[PurchaseOrderLineExpanded],
    responses=NOT_MODIFIED | problems(406, 414, 422, 500, 503),
)
async def list_purchase_order_lines(
    params: Annotated[PurchaseOrderLineListParams, Query()], db: Db
) -> Json[list[PurchaseOrderLineExpanded]]:
    """List purchase order lines."""
    return await db.list(LIST, params)


@router.get(
    "/purchase-order-lines/{purchase_order_line_id}",
    response_model=PurchaseOrderLineExpanded,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def read_purchase_order_line(
    purchase_order_line_id: PurchaseOrderLineId,
    params: Annotated[PurchaseOrderLineReadParams, Query()],
    db: Db,
) -> Json[PurchaseOrderLineExpanded]:
    """Read a purchase order line."""
    return await db.read(READ, purchase_order_line_id, params)


@router.patch(
    "/purchase-order-lines/{purchase_order_line_id}",
    response_model=PurchaseOrderLine,
    responses=problems(404, 406, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_purchase_order_line(
    purchase_order_line_id: PurchaseOrderLineId, body: PurchaseOrderLineUpdate, db: Db
) -> Json[PurchaseOrderLine]:
    """Change the given fields of a purchase order line."""
    return await db.update(UPDATE, purchase_order_line_id, body)


@router.delete(
    "/purchase-order-lines/{purchase_order_line_id}",
    status_code=204,
    responses=problems(404, 412, 414, 422, 500, 503),
)
async def delete_purchase_order_line(
    purchase_order_line_id: PurchaseOrderLineId, db: Db
) -> NoContent:
    """Delete a purchase order line."""
    return await db.delete(DELETE, purchase_order_line_id)


@router.post(
    "/purchase-order-lines:bulk-create",
    status_code=201,
    response_model=PurchaseOrderLineBulkCreated,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def bulk_create_purchase_order_lines(
    body: PurchaseOrderLineBulkCreate, db: Db
) -> Json[PurchaseOrderLineBulkCreated]:
    """Create many purchase order lines, all or none."""
    return await db.bulk_create(BULK_CREATE, body)


@router.get(
    "/purchase-orders/{purchase_order_id}/lines",
    response_model=list[PurchaseOrderLineExpanded],
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_purchase_order_purchase_order_lines(
    purchase_order_id: PurchaseOrderId,
    params: Annotated[PurchaseOrderPurchaseOrderLineListParams, Query()],
    db: Db,
) -> Json[list[PurchaseOrderLineExpanded]]:
    """List the lines of a purchase order."""
    return await db.list_under(LIST_OF_ORDER, purchase_order_id, params)
