"""Categories: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.references import Reference
from ..runtime.rows import Rows, Unique
from .models import Category
from .table import categories

CATEGORY = Rows(
    "category",
    categories,
    Category,
    key="id",
    unique=(Unique("name_per_parent", "uq_categories_name_per_parent", ("parent_id", "name")),),
    references=(Reference("parent", "parent_id"),),
)
