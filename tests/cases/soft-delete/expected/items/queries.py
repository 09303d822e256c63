"""Items: the statements, each compiled once.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import bindparam, insert, select, update

from ..runtime.deletions import SoftDelete
from ..runtime.lists import List, Page
from ..runtime.reads import Read
from ..runtime.statements import Create, Replace, Update
from .rows import ITEM
from .table import items

CREATE = Create(
    ITEM,
    insert(items),
    location="/items/{key}",
)

LIST = List(
    ITEM,
    select(*ITEM.columns).where(items.c.deleted_at.is_(None)),
    sort={
        "id": items.c.id,
    },
    page=Page(size=20, most=100),
)

READ = Read(
    ITEM, select(*ITEM.columns).where(ITEM.key == bindparam("key"), items.c.deleted_at.is_(None))
)

REPLACE = Replace(
    ITEM,
    update(items).where(ITEM.key == bindparam("key"), items.c.deleted_at.is_(None)),
)

UPDATE = Update(
    ITEM,
    update(items).where(ITEM.key == bindparam("key"), items.c.deleted_at.is_(None)),
)

DELETE = SoftDelete(ITEM)
