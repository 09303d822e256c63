"""Purchase order lines: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from types import MappingProxyType

from sqlalchemy import bindparam, delete, insert, select, update

from ..products.rows import PRODUCT
from ..purchase_orders.rows import PURCHASE_ORDER
from ..runtime.bulk import BulkCreate
from ..runtime.deletions import Delete
from ..runtime.expansions import Expansion
from ..runtime.lists import List, Page
from ..runtime.made import now
from ..runtime.nested_lists import ListUnder
from ..runtime.reads import Read
from ..runtime.statements import Create, Update
from .rows import PURCHASE_ORDER_LINE
from .table import purchase_order_lines

EXPANSIONS = MappingProxyType(
    {
        "product": Expansion(purchase_order_lines.c.product_id, PRODUCT),
    }
)

CREATE = Create(
    PURCHASE_ORDER_LINE,
    insert(purchase_order_lines),
    made={"version": 1, "created_at": now, "updated_at": now},
    location="/v1/purchase-order-lines/{key}",
)

BULK_CREATE = BulkCreate(CREATE)

LIST = List(
    PURCHASE_ORDER_LINE,
    select(*PURCHASE_ORDER_LINE.columns),
    filters={
        "order_id": purchase_order_lines.c.order_id == bindparam("order_id"),
        "product_id": purchase_order_lines.c.product_id == bindparam("product_id"),
    },
    sort={
        "id": purchase_order_lines.c.id,
    },
    expand=EXPANSIONS,
    page=Page(size=50, most=200),
)

LIST_OF_ORDER = ListUnder(LIST, purchase_order_lines.c.order_id, PURCHASE_ORDER)

READ = Read(
    PURCHASE_ORDER_LINE,
    select(*PURCHASE_ORDER_LINE.columns).where(PURCHASE_ORDER_LINE.key == bindparam("key")),
    expand=EXPANSIONS,
)

UPDATE = Update(
    PURCHASE_ORDER_LINE,
    update(purchase_order_lines).where(PURCHASE_ORDER_LINE.key == bindparam("key")),
    made={"version": purchase_order_lines.c.version + 1, "updated_at": now},
)

DELETE = Delete(
    PURCHASE_ORDER_LINE,
    delete(purchase_order_lines).where(PURCHASE_ORDER_LINE.key == bindparam("key")),
)
