"""The schema: every table of the service.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from .categories.table import categories
from .customers.table import customers
from .products.table import product_tags, products
from .purchase_order_lines.table import purchase_order_lines
from .purchase_orders.table import purchase_orders
from .runtime.schema import Schema
from .stock_levels.table import stock_levels
from .suppliers.table import suppliers
from .tags.table import tags
from .warehouses.table import warehouses

SCHEMA = Schema(
    tables=(
        warehouses,
        suppliers,
        categories,
        tags,
        products,
        product_tags,
        stock_levels,
        purchase_orders,
        purchase_order_lines,
        customers,
    ),
    digest="4cee080f966d4da5",
)
