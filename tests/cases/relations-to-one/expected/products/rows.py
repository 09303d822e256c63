"""Products: what is answered of a row, and what holds for it.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.references import Reference
from ..runtime.rows import Rows, Unique
from .models import Product
from .table import products

PRODUCT = Rows(
    "product",
    products,
    Product,
    key="id",
    unique=(
        Unique("passport", "uq_products_passport", ("passport_id",)),
        Unique("sku_per_warehouse", "uq_products_sku_per_warehouse", ("sku", "warehouse_id")),
    ),
    references=(
        Reference("warehouse", "warehouse_id"),
        Reference("supplier", "supplier_id"),
        Reference("passport", "passport_id"),
        Reference("replaces", "replaces_id"),
    ),
)
