"""Items: the statements, each compiled once.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import insert, select

from ..runtime.lists import List, Page
from ..runtime.statements import Create
from .rows import ITEM
from .table import items

CREATE = Create(
    ITEM,
    insert(items),
)

LIST = List(
    ITEM,
    select(*ITEM.columns),
    sort={
        "id": items.c.id,
    },
    page=Page(size=20, most=100),
)
