"""Customers together with what they refer to.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic import MISSING

from ..warehouses.models import Warehouse
from .models import Customer


class CustomerExpanded(Customer):
    """A customer, with what `expand` asks for."""

    nearest: Warehouse | None | MISSING = MISSING
    """The warehouse of `nearest_id`; absent without `expand=nearest`, null where there is none."""
