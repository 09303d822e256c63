"""Items: the statements, each compiled once.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import insert, select

from ..runtime.lists import List, Page
from ..runtime.statements import Create, Rows
from .models import Item
from .table import items

ITEM = Rows(
    "item",
    items,
    Item,
    key="id",
)

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
