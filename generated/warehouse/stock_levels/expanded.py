"""Stock levels together with what they refer to.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic import MISSING

from ..products.models import Product
from ..warehouses.models import Warehouse
from .models import StockLevel


class StockLevelExpanded(StockLevel):
    """A stock level, with what `expand` asks for."""

    product: Product | MISSING = MISSING
    """The product of `product_id`; absent without `expand=product`."""
    warehouse: Warehouse | MISSING = MISSING
    """The warehouse of `warehouse_id`; absent without `expand=warehouse`."""
