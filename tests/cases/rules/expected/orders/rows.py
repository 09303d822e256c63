"""Orders: what is answered of a row, and what holds for it.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.references import Reference
from ..runtime.rows import Rows
from ..runtime.rules import Rule
from ..runtime.three_valued import at_most
from .models import Order
from .table import orders

ORDER = Rows(
    "order",
    orders,
    Order,
    key="id",
    references=(Reference("warehouse", "warehouse_id"),),
    rules=(
        Rule(
            "not_too_much",
            "ck_orders_not_too_much",
            'Nobody gets more than "ordered".',
            ("delivered", "ordered"),
            lambda row: at_most(row["delivered"], row["ordered"]),
        ),
        Rule(
            "paid_has_time",
            "ck_orders_paid_has_time",
            "This must hold: `(status == 'paid') == (paid_at is not null)`.",
            ("status", "paid_at"),
            lambda row: (row["status"] == "paid") == (row["paid_at"] is not None),
        ),
        Rule(
            "stored_or_open",
            "ck_orders_stored_or_open",
            "This must hold: `warehouse_id is not null or status == 'open'`.",
            ("warehouse_id", "status"),
            lambda row: row["warehouse_id"] is not None or row["status"] == "open",
        ),
    ),
)
