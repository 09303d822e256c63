"""Purchase orders: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import NOT_MODIFIED, Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .expanded import PurchaseOrderExpanded, PurchaseOrderPage
from .models import (
    PurchaseOrder,
    PurchaseOrderCreate,
    PurchaseOrderListParams,
    PurchaseOrderReadParams,
    PurchaseOrderUpdate,
    SupplierPurchaseOrderListParams,
    WarehousePurchaseOrderListParams,
)
from .queries import CREATE, DELETE, LIST, LIST_OF_SUPPLIER, LIST_OF_WAREHOUSE, READ, UPDATE

router = APIRouter(prefix="/v1", tags=["purchase orders"], route_class=CompiledRoute)

PurchaseOrderId = Annotated[IntegerKey, Path()]
SupplierId = Annotated[IntegerKey, Path()]
WarehouseId = Annotated[IntegerKey, Path()]


@router.post(
    "/purchase-orders",
    status_code=201,
    response_model=PurchaseOrder,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_purchase_order(body: PurchaseOrderCreate, db: Db) -> Json[PurchaseOrder]:
    """Create a purchase order."""
    return await db.create(CREATE, body)


@router.get(
    "/purchase-orders",
    response_model=PurchaseOrderPage,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_purchase_orders(
    params: Annotated[PurchaseOrderListParams, Query()], db: Db
) -> Json[PurchaseOrderPage]:
    """List purchase orders."""
    return await db.list(LIST, params)


@router.get(
    "/purchase-orders/{purchase_order_id}",
    response_model=PurchaseOrderExpanded,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def read_purchase_order(
    purchase_order_id: PurchaseOrderId, params: Annotated[PurchaseOrderReadParams, Query()], db: Db
) -> Json[PurchaseOrderExpanded]:
    """Read a purchase order."""
    return await db.read(READ, purchase_order_id, params)


@router.patch(
    "/purchase-orders/{purchase_order_id}",
    response_model=PurchaseOrder,
    responses=problems(404, 406, 409, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_purchase_order(
    purchase_order_id: PurchaseOrderId, body: PurchaseOrderUpdate, db: Db
) -> Json[PurchaseOrder]:
    """Change the given fields of a purchase order."""
    return await db.update(UPDATE, purchase_order_id, body)


@router.delete(
    "/purchase-orders/{purchase_order_id}",
    status_code=204,
    responses=problems(404, 412, 414, 422, 500, 503),
)
async def delete_purchase_order(purchase_order_id: PurchaseOrderId, db: Db) -> NoContent:
    """Delete a purchase order."""
    return await db.delete(DELETE, purchase_order_id)


@router.get(
    "/suppliers/{supplier_id}/purchase-orders",
    response_model=PurchaseOrderPage,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_supplier_purchase_orders(
    supplier_id: SupplierId, params: Annotated[SupplierPurchaseOrderListParams, Query()], db: Db
) -> Json[PurchaseOrderPage]:
    """List the purchase orders of a supplier."""
    return await db.list_under(LIST_OF_SUPPLIER, supplier_id, params)


@router.get(
    "/warehouses/{warehouse_id}/purchase-orders",
    response_model=PurchaseOrderPage,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_warehouse_purchase_orders(
    warehouse_id: WarehouseId, params: Annotated[WarehousePurchaseOrderListParams, Query()], db: Db
) -> Json[PurchaseOrderPage]:
    """List the purchase orders of a warehouse."""
    return await db.list_under(LIST_OF_WAREHOUSE, warehouse_id, params)
