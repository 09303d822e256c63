"""Warehouses: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.rows import Rows, Unique
from ..runtime.rules import Rule
from .models import Warehouse
from .table import warehouses

WAREHOUSE = Rows(
    "warehouse",
    warehouses,
    Warehouse,
    key="id",
    unique=(Unique("code", "uq_warehouses_code", ("code",)),),
    rules=(
        Rule(
            "closes_after_opening",
            "ck_warehouses_closes_after_opening",
            "A warehouse closes after it opens.",
            ("opens_at", "closes_at"),
            lambda row: row["opens_at"] < row["closes_at"],
        ),
    ),
)
