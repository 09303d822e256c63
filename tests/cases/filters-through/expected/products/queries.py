"""Products: the statements, each compiled once.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import bindparam, select

from ..runtime.filters import among, is_null, starts_with
from ..runtime.lists import List, Page
from ..runtime.relation_filters import through
from ..warehouses.table import warehouses
from .rows import PRODUCT
from .table import products

LIST = List(
    PRODUCT,
    select(*PRODUCT.columns),
    filters={
        "warehouse_city": through(
            products.c.warehouse_id,
            warehouses.c.id,
            warehouses.c.city == bindparam("warehouse_city"),
        ),
        "warehouse_city_prefix": through(
            products.c.warehouse_id,
            warehouses.c.id,
            starts_with(warehouses.c.city, "warehouse_city_prefix"),
        ),
        "warehouse_city_in": through(
            products.c.warehouse_id, warehouses.c.id, among(warehouses.c.city, "warehouse_city_in")
        ),
        "warehouse_area_ge": through(
            products.c.warehouse_id,
            warehouses.c.id,
            warehouses.c.area >= bindparam("warehouse_area_ge"),
        ),
        "warehouse_region_id": through(
            products.c.warehouse_id,
            warehouses.c.id,
            warehouses.c.region_id == bindparam("warehouse_region_id"),
        ),
        "warehouse_region_id_is_null": through(
            products.c.warehouse_id,
            warehouses.c.id,
            is_null(warehouses.c.region_id, "warehouse_region_id_is_null"),
        ),
        "replaces_warehouse_id": through(
            products.c.replaces_id,
            products.c.id,
            products.c.warehouse_id == bindparam("replaces_warehouse_id"),
        ),
    },
    sort={
        "id": products.c.id,
    },
    page=Page(size=20, most=100),
)
