"""Purchase order lines together with what they refer to.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic import MISSING

from ..products.models import Product
from .models import PurchaseOrderLine


class PurchaseOrderLineExpanded(PurchaseOrderLine):
    """A purchase order line, with what `expand` asks for."""

    product: Product | MISSING = MISSING
    """The product of `product_id`; absent without `expand=product`."""
