"""Products: the statements, each compiled once.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import select

from ..runtime.lists import List, Page
from ..runtime.relation_filters import linked_all, linked_any, linked_none
from .rows import PRODUCT
from .table import product_parts, product_tags, products

LIST = List(
    PRODUCT,
    select(*PRODUCT.columns),
    filters={
        "tag_ids_any": linked_any(products.c.id, product_tags, "tag_ids_any"),
        "tag_ids_all": linked_all(products.c.id, product_tags, "tag_ids_all"),
        "tag_ids_none": linked_none(products.c.id, product_tags, "tag_ids_none"),
        "components_any": linked_any(products.c.id, product_parts, "components_any"),
    },
    sort={
        "id": products.c.id,
    },
    page=Page(size=20, most=100),
)
