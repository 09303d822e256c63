"""Items: the statements, each compiled once.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import bindparam, delete

from ..runtime.bulk import BulkDelete
from ..runtime.deletions import Delete
from .rows import ITEM
from .table import items

DELETE = Delete(ITEM, delete(items).where(ITEM.key == bindparam("key")))

BULK_DELETE = BulkDelete(DELETE)
