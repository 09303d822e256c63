"""Tags: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import bindparam, delete, insert, select

from ..runtime.deletions import Delete
from ..runtime.lists import List, Page
from ..runtime.made import now
from ..runtime.reads import Read
from ..runtime.statements import Create
from .rows import TAG
from .table import tags

CREATE = Create(
    TAG,
    insert(tags),
    made={"created_at": now, "updated_at": now},
    location="/v1/tags/{key}",
)

LIST = List(
    TAG,
    select(*TAG.columns),
    page=Page(size=50, most=200),
)

READ = Read(TAG, select(*TAG.columns).where(TAG.key == bindparam("key")))

DELETE = Delete(TAG, delete(tags).where(TAG.key == bindparam("key")))
