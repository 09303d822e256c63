"""Stock levels: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import NOT_MODIFIED, Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .expanded import StockLevelExpanded
from .models import (
    ProductStockLevelListParams,
    StockLevel,
    StockLevelBulkCreate,
    StockLevelBulkCreated,
    StockLevelBulkDelete,
    StockLevelBulkDeleted,
    StockLevelCreate,
    StockLevelListParams,
    StockLevelReadParams,
    StockLevelUpdate,
    WarehouseStockLevelListParams,
)
from .queries import (
    BULK_CREATE,
    BULK_DELETE,
    CREATE,
    DELETE,
    LIST,
    LIST_OF_PRODUCT,
    LIST_OF_WAREHOUSE,
    READ,
    UPDATE,
)

router = APIRouter(prefix="/v1", tags=["stock levels"], route_class=CompiledRoute)

StockLevelId = Annotated[IntegerKey, Path()]
ProductId = Annotated[IntegerKey, Path()]
WarehouseId = Annotated[IntegerKey, Path()]


@router.post(
    "/stock-levels",
    status_code=201,
    response_model=StockLevel,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_stock_level(body: StockLevelCreate, db: Db) -> Json[StockLevel]:
    """Create a stock level."""
    return await db.create(CREATE, body)


@router.get(
    "/stock-levels",
    response_model=list[StockLevelExpanded],
    responses=NOT_MODIFIED | problems(406, 414, 422, 500, 503),
)
async def list_stock_levels(
    params: Annotated[StockLevelListParams, Query()], db: Db
) -> Json[list[StockLevelExpanded]]:
    """List stock levels."""
    return await db.list(LIST, params)


@router.get(
    "/stock-levels/{stock_level_id}",
    response_model=StockLevelExpanded,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def read_stock_level(
    stock_level_id: StockLevelId, params: Annotated[StockLevelReadParams, Query()], db: Db
) -> Json[StockLevelExpanded]:
    """Read a stock level."""
    return await db.read(READ, stock_level_id, params)


@router.patch(
    "/stock-levels/{stock_level_id}",
    response_model=StockLevel,
    responses=problems(404, 406, 409, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_stock_level(
    stock_level_id: StockLevelId, body: StockLevelUpdate, db: Db
) -> Json[StockLevel]:
    """Change the given fields of a stock level."""
    return await db.update(UPDATE, stock_level_id, body)


@router.delete(
    "/stock-levels/{stock_level_id}",
    status_code=204,
    responses=problems(404, 412, 414, 422, 500, 503),
)
async def delete_stock_level(stock_level_id: StockLevelId, db: Db) -> NoContent:
    """Delete a stock level."""
    return await db.delete(DELETE, stock_level_id)


@router.post(
    "/stock-levels:bulk-create",
    status_code=201,
    response_model=StockLevelBulkCreated,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def bulk_create_stock_levels(
    body: StockLevelBulkCreate, db: Db
) -> Json[StockLevelBulkCreated]:
    """Create many stock levels, all or none."""
    return await db.bulk_create(BULK_CREATE, body)


@router.post(
    "/stock-levels:bulk-delete",
    response_model=StockLevelBulkDeleted,
    responses=problems(406, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def bulk_delete_stock_levels(
    body: StockLevelBulkDelete, db: Db
) -> Json[StockLevelBulkDeleted]:
    """Delete many stock levels, all or none."""
    return await db.bulk_delete(BULK_DELETE, body)


@router.get(
    "/products/{product_id}/stock-levels",
    response_model=list[StockLevelExpanded],
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_product_stock_levels(
    product_id: ProductId, params: Annotated[ProductStockLevelListParams, Query()], db: Db
) -> Json[list[StockLevelExpanded]]:
    """List the stock levels of a product."""
    return await db.list_under(LIST_OF_PRODUCT, product_id, params)


@router.get(
    "/warehouses/{warehouse_id}/stock-levels",
    response_model=list[StockLevelExpanded],
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_warehouse_stock_levels(
    warehouse_id: WarehouseId, params: Annotated[WarehouseStockLevelListParams, Query()], db: Db
) -> Json[list[StockLevelExpanded]]:
    """List the stock levels of a warehouse."""
    return await db.list_under(LIST_OF_WAREHOUSE, warehouse_id, params)
