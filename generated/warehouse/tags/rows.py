"""Tags: what is answered of a row, and what holds for it.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from ..runtime.rows import Rows, Unique
from .models import Tag
from .table import tags

TAG = Rows(
    "tag",
    tags,
    Tag,
    key="name",
    unique=(Unique("name", "pk_tags", ("name",), primary=True),),
)
