"""Purchase order lines: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.references import Reference
from ..runtime.rows import Rows, Unique
from .models import PurchaseOrderLine
from .table import purchase_order_lines

PURCHASE_ORDER_LINE = Rows(
    "purchase order line",
    purchase_order_lines,
    PurchaseOrderLine,
    key="id",
    unique=(
        Unique(
            "position_per_order",
            "uq_purchase_order_lines_position_per_order",
            ("order_id", "position"),
        ),
    ),
    references=(
        Reference("order", "order_id"),
        Reference("product", "product_id"),
    ),
)
