"""Products: the statements, each compiled once.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import bindparam, select

from ..runtime.lists import Page
from ..runtime.members import Members
from ..runtime.reads import Read
from ..tags.rows import TAG
from .rows import PRODUCT

READ = Read(PRODUCT, select(*PRODUCT.columns).where(PRODUCT.key == bindparam("key")))

LINKED_TAGS = Members(PRODUCT, "tags", TAG, page=Page(size=20, most=100))

LINKED_PARTS = Members(PRODUCT, "parts", PRODUCT, page=Page(size=1, most=1))
