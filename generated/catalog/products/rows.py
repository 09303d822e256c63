"""Products: what is answered of a row, and what holds for it.

Generated from spec/catalog.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.rows import Rows, Unique
from .models import Product
from .table import products

PRODUCT = Rows(
    "product",
    products,
    Product,
    key="id",
    unique=(Unique("sku", "uq_products_sku", ("sku",)),),
)
