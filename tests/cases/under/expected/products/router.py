"""Products: the HTTP endpoints.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import Json
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey
from .models import (
    Product,
    ProductListParams,
    ProductReplacedByListParams,
    WarehouseStoredProductListParams,
)
from .queries import LIST, LIST_OF_REPLACES, LIST_OF_WAREHOUSE

router = APIRouter(tags=["products"], route_class=CompiledRoute)

WarehouseId = Annotated[IntegerKey, Path()]
ProductId = Annotated[IntegerKey, Path()]


@router.get(
    "/products",
    response_model=list[Product],
    responses=problems(406, 414, 422, 500, 503),
)
async def list_products(
    params: Annotated[ProductListParams, Query()], db: Db
) -> Json[list[Product]]:
    """List products."""
    return await db.list(LIST, params)


@router.get(
    "/warehouses/{warehouse_id}/stored-products",
    response_model=list[Product],
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def list_warehouse_stored_products(
    warehouse_id: WarehouseId, params: Annotated[WarehouseStoredProductListParams, Query()], db: Db
) -> Json[list[Product]]:
    """List the stored products of a warehouse."""
    return await db.list_under(LIST_OF_WAREHOUSE, warehouse_id, params)


@router.get(
    "/products/{product_id}/replaced-by",
    response_model=list[Product],
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def list_product_replaced_by(
    product_id: ProductId, params: Annotated[ProductReplacedByListParams, Query()], db: Db
) -> Json[list[Product]]:
    """List the replaced by of a product."""
    return await db.list_under(LIST_OF_REPLACES, product_id, params)
