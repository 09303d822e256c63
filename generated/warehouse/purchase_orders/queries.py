"""Purchase orders: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from types import MappingProxyType

from sqlalchemy import bindparam, delete, insert, select, update

from ..runtime.deletions import Delete
from ..runtime.expansions import Expansion
from ..runtime.filters import among, starts_with
from ..runtime.lists import CursorPage, List
from ..runtime.made import now, today
from ..runtime.nested_lists import ListUnder
from ..runtime.reads import Read
from ..runtime.statements import Create, Update
from ..suppliers.rows import SUPPLIER
from ..warehouses.rows import WAREHOUSE
from .rows import PURCHASE_ORDER
from .table import purchase_orders

EXPANSIONS = MappingProxyType(
    {
        "supplier": Expansion(purchase_orders.c.supplier_id, SUPPLIER),
        "warehouse": Expansion(purchase_orders.c.warehouse_id, WAREHOUSE),
    }
)

CREATE = Create(
    PURCHASE_ORDER,
    insert(purchase_orders),
    made={"ordered_on": today, "version": 1, "created_at": now, "updated_at": now},
    location="/v1/purchase-orders/{key}",
)

LIST = List(
    PURCHASE_ORDER,
    select(*PURCHASE_ORDER.columns),
    filters={
        "number": purchase_orders.c.number == bindparam("number"),
        "number_prefix": starts_with(purchase_orders.c.number, "number_prefix"),
        "status": purchase_orders.c.status == bindparam("status"),
        "status_in": among(purchase_orders.c.status, "status_in"),
        "ordered_on_ge": purchase_orders.c.ordered_on >= bindparam("ordered_on_ge"),
        "ordered_on_le": purchase_orders.c.ordered_on <= bindparam("ordered_on_le"),
        "supplier_id": purchase_orders.c.supplier_id == bindparam("supplier_id"),
        "warehouse_id": purchase_orders.c.warehouse_id == bindparam("warehouse_id"),
    },
    sort={
        "ordered_on": purchase_orders.c.ordered_on,
        "id": purchase_orders.c.id,
    },
    order=("-ordered_on",),
    expand=EXPANSIONS,
    page=CursorPage(size=50, most=200),
)

LIST_OF_SUPPLIER = ListUnder(LIST, purchase_orders.c.supplier_id, SUPPLIER)

LIST_OF_WAREHOUSE = ListUnder(LIST, purchase_orders.c.warehouse_id, WAREHOUSE)

READ = Read(
    PURCHASE_ORDER,
    select(*PURCHASE_ORDER.columns).where(PURCHASE_ORDER.key == bindparam("key")),
    expand=EXPANSIONS,
)

UPDATE = Update(
    PURCHASE_ORDER,
    update(purchase_orders).where(PURCHASE_ORDER.key == bindparam("key")),
    made={"version": purchase_orders.c.version + 1, "updated_at": now},
)

DELETE = Delete(
    PURCHASE_ORDER, delete(purchase_orders).where(PURCHASE_ORDER.key == bindparam("key"))
)
