"""Purchase orders together with what they refer to.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic import MISSING

from ..runtime.models import ResponseModel
from ..runtime.wire_types import Cursor
from ..suppliers.models import Supplier
from ..warehouses.models import Warehouse
from .models import PurchaseOrder


class PurchaseOrderExpanded(PurchaseOrder):
    """A purchase order, with what `expand` asks for."""

    supplier: Supplier | MISSING = MISSING
    """The supplier of `supplier_id`; absent without `expand=supplier`."""
    warehouse: Warehouse | MISSING = MISSING
    """The warehouse of `warehouse_id`; absent without `expand=warehouse`."""


class PurchaseOrderPage(ResponseModel):
    """A page of purchase orders."""

    items: list[PurchaseOrderExpanded]
    next_cursor: Cursor | None
    """What to send as `cursor` for the next page; null on the last one."""
