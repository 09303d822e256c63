"""Stock levels: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from types import MappingProxyType

from sqlalchemy import bindparam, delete, insert, select, update

from ..products.rows import PRODUCT
from ..runtime.bulk import BulkCreate, BulkDelete
from ..runtime.deletions import Delete
from ..runtime.expansions import Expansion
from ..runtime.filters import among
from ..runtime.lists import List, Page
from ..runtime.made import now
from ..runtime.nested_lists import ListUnder
from ..runtime.reads import Read
from ..runtime.relation_filters import through
from ..runtime.statements import Create, Update
from ..warehouses.rows import WAREHOUSE
from ..warehouses.table import warehouses
from .rows import STOCK_LEVEL
from .table import stock_levels

EXPANSIONS = MappingProxyType(
    {
        "product": Expansion(stock_levels.c.product_id, PRODUCT),
        "warehouse": Expansion(stock_levels.c.warehouse_id, WAREHOUSE),
    }
)

CREATE = Create(
    STOCK_LEVEL,
    insert(stock_levels),
    made={"version": 1, "created_at": now, "updated_at": now},
    location="/v1/stock-levels/{key}",
)

BULK_CREATE = BulkCreate(CREATE, keep=("product_per_warehouse",))

LIST = List(
    STOCK_LEVEL,
    select(*STOCK_LEVEL.columns),
    filters={
        "product_id": stock_levels.c.product_id == bindparam("product_id"),
        "product_id_in": among(stock_levels.c.product_id, "product_id_in"),
        "warehouse_id": stock_levels.c.warehouse_id == bindparam("warehouse_id"),
        "warehouse_city": through(
            stock_levels.c.warehouse_id,
            warehouses.c.id,
            warehouses.c.city == bindparam("warehouse_city"),
        ),
        "available_le": stock_levels.c.available <= bindparam("available_le"),
        "is_low": stock_levels.c.is_low == bindparam("is_low"),
    },
    sort={
        "available": stock_levels.c.available,
        "id": stock_levels.c.id,
    },
    expand=EXPANSIONS,
    page=Page(size=50, most=200),
)

LIST_OF_PRODUCT = ListUnder(LIST, stock_levels.c.product_id, PRODUCT)

LIST_OF_WAREHOUSE = ListUnder(LIST, stock_levels.c.warehouse_id, WAREHOUSE)

READ = Read(
    STOCK_LEVEL,
    select(*STOCK_LEVEL.columns).where(STOCK_LEVEL.key == bindparam("key")),
    expand=EXPANSIONS,
)

UPDATE = Update(
    STOCK_LEVEL,
    update(stock_levels).where(STOCK_LEVEL.key == bindparam("key")),
    made={"version": stock_levels.c.version + 1, "updated_at": now},
)

DELETE = Delete(STOCK_LEVEL, delete(stock_levels).where(STOCK_LEVEL.key == bindparam("key")))

BULK_DELETE = BulkDelete(DELETE)
