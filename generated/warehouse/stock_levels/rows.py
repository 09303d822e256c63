"""Stock levels: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.references import Reference
from ..runtime.rows import Rows, Unique
from ..runtime.rules import Rule
from .models import StockLevel
from .table import stock_levels

STOCK_LEVEL = Rows(
    "stock level",
    stock_levels,
    StockLevel,
    key="id",
    unique=(
        Unique(
            "product_per_warehouse",
            "uq_stock_levels_product_per_warehouse",
            ("product_id", "warehouse_id"),
        ),
    ),
    references=(
        Reference("product", "product_id"),
        Reference("warehouse", "warehouse_id"),
    ),
    rules=(
        Rule(
            "reserved_is_there",
            "ck_stock_levels_reserved_is_there",
            "No more is reserved than is there.",
            ("reserved", "on_hand"),
            lambda row: row["reserved"] <= row["on_hand"],
        ),
    ),
)
