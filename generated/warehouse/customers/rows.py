"""Customers: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.references import Reference
from ..runtime.rows import Rows, Unique
from .models import Customer
from .table import customers

CUSTOMER = Rows(
    "customer",
    customers,
    Customer,
    key="id",
    unique=(Unique("email", "uq_customers_email", ("email",), ignore_case=True),),
    references=(Reference("nearest", "nearest_id"),),
)
