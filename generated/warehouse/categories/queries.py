"""Categories: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from types import MappingProxyType

from sqlalchemy import bindparam, delete, insert, select, update

from ..runtime.deletions import Delete
from ..runtime.expansions import Expansion
from ..runtime.filters import is_null
from ..runtime.lists import List, Page
from ..runtime.made import now
from ..runtime.nested_lists import ListUnder
from ..runtime.reads import Read
from ..runtime.statements import Create, Update
from .rows import CATEGORY
from .table import categories

EXPANSIONS = MappingProxyType(
    {
        "parent": Expansion(categories.c.parent_id, CATEGORY),
    }
)

CREATE = Create(
    CATEGORY,
    insert(categories),
    made={"version": 1, "created_at": now, "updated_at": now},
    location="/v1/categories/{key}",
)

LIST = List(
    CATEGORY,
    select(*CATEGORY.columns),
    filters={
        "parent_id": categories.c.parent_id == bindparam("parent_id"),
        "parent_id_is_null": is_null(categories.c.parent_id, "parent_id_is_null"),
    },
    sort={
        "name": categories.c.name,
        "id": categories.c.id,
    },
    expand=EXPANSIONS,
    page=Page(size=50, most=200),
)

LIST_OF_PARENT = ListUnder(LIST, categories.c.parent_id, CATEGORY)

READ = Read(
    CATEGORY,
    select(*CATEGORY.columns).where(CATEGORY.key == bindparam("key")),
    expand=EXPANSIONS,
)

UPDATE = Update(
    CATEGORY,
    update(categories).where(CATEGORY.key == bindparam("key")),
    made={"version": categories.c.version + 1, "updated_at": now},
)

DELETE = Delete(CATEGORY, delete(categories).where(CATEGORY.key == bindparam("key")))
