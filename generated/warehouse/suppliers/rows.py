"""Suppliers: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.rows import Rows, Unique
from .models import Supplier
from .table import suppliers

SUPPLIER = Rows(
    "supplier",
    suppliers,
    Supplier,
    key="id",
    unique=(Unique("code", "uq_suppliers_code", ("code",)),),
)
