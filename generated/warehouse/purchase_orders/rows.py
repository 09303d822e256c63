"""Purchase orders: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.references import Reference
from ..runtime.rows import Rows, Unique
from ..runtime.rules import Rule
from ..runtime.three_valued import at_least
from .models import PurchaseOrder
from .table import purchase_orders

PURCHASE_ORDER = Rows(
    "purchase order",
    purchase_orders,
    PurchaseOrder,
    key="id",
    unique=(Unique("number", "uq_purchase_orders_number", ("number",)),),
    references=(
        Reference("supplier", "supplier_id"),
        Reference("warehouse", "warehouse_id"),
    ),
    rules=(
        Rule(
            "expected_after_ordering",
            "ck_purchase_orders_expected_after_ordering",
            "Goods come after they are ordered.",
            ("expected_on", "ordered_on"),
            lambda row: at_least(row["expected_on"], row["ordered_on"]),
        ),
        Rule(
            "received_after_ordering",
            "ck_purchase_orders_received_after_ordering",
            "Goods arrive after they are ordered.",
            ("received_on", "ordered_on"),
            lambda row: at_least(row["received_on"], row["ordered_on"]),
        ),
        Rule(
            "received_has_a_date",
            "ck_purchase_orders_received_has_a_date",
            "A received order, and no other, has the date of its receipt.",
            ("status", "received_on"),
            lambda row: (row["status"] == "received") == (row["received_on"] is not None),
        ),
    ),
)
