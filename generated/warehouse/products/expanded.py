"""Products together with what they refer to.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic import MISSING

from ..categories.models import Category
from ..runtime.models import ResponseModel
from ..runtime.wire_types import Cursor
from ..suppliers.models import Supplier
from .models import Product


class ProductExpanded(Product):
    """A product, with what `expand` asks for."""

    supplier: Supplier | MISSING = MISSING
    """The supplier of `supplier_id`; absent without `expand=supplier`."""
    category: Category | None | MISSING = MISSING
    """The category of `category_id`; absent without `expand=category`, null where there is none."""


class ProductPage(ResponseModel):
    """A page of products."""

    items: list[ProductExpanded]
    next_cursor: Cursor | None
    """What to send as `cursor` for the next page; null on the last one."""
