"""Products: the statements, each compiled once.

Generated from spec/catalog.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import bindparam, delete, insert, select

from ..runtime.deletions import Delete
from ..runtime.lists import List, Page
from ..runtime.reads import Read
from ..runtime.statements import Create
from .rows import PRODUCT
from .table import products

CREATE = Create(
    PRODUCT,
    insert(products),
    location="/catalog/products/{key}",
)

LIST = List(
    PRODUCT,
    select(*PRODUCT.columns),
    filters={
        "category": products.c.category == bindparam("category"),
    },
    sort={
        "id": products.c.id,
    },
    page=Page(size=20, most=100),
)

READ = Read(PRODUCT, select(*PRODUCT.columns).where(PRODUCT.key == bindparam("key")))

DELETE = Delete(PRODUCT, delete(products).where(PRODUCT.key == bindparam("key")))
