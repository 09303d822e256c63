"""Products together with what they refer to.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic import MISSING

from ..runtime.models import ResponseModel
from ..runtime.wire_types import Cursor
from ..warehouses.models import Warehouse
from .models import Product


class ProductExpanded(Product):
    """A product, with what `expand` asks for."""

    warehouse: Warehouse | MISSING = MISSING
    """The warehouse of `warehouse_id`; absent without `expand=warehouse`."""
    replaces: Product | None | MISSING = MISSING
    """The product of `replaces_id`; absent without `expand=replaces`, null where there is none."""


class ProductPage(ResponseModel):
    """A page of products."""

    items: list[ProductExpanded]
    next_cursor: Cursor | None
    """What to send as `cursor` for the next page; null on the last one."""
