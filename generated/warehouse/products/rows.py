"""Products: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.references import Link, Reference
from ..runtime.rows import Rows, Unique
from .models import Product
from .table import product_tags, products

PRODUCT = Rows(
    "product",
    products,
    Product,
    key="id",
    unique=(Unique("sku", "uq_products_sku", ("sku",)),),
    references=(
        Reference("supplier", "supplier_id"),
        Reference("category", "category_id"),
    ),
    links=(Link("tags", "tag_ids", product_tags, most=20),),
)
