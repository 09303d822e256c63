"""Suppliers: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import bindparam, insert, select, update

from ..runtime.deletions import SoftDelete
from ..runtime.lists import List, Page
from ..runtime.made import now
from ..runtime.reads import Read
from ..runtime.statements import Create, Update
from .rows import SUPPLIER
from .table import suppliers

CREATE = Create(
    SUPPLIER,
    insert(suppliers),
    made={"version": 1, "created_at": now, "updated_at": now},
    location="/v1/suppliers/{key}",
)

LIST = List(
    SUPPLIER,
    select(*SUPPLIER.columns).where(suppliers.c.deleted_at.is_(None)),
    filters={
        "country": suppliers.c.country == bindparam("country"),
    },
    sort={
        "name": suppliers.c.name,
        "id": suppliers.c.id,
    },
    search=(suppliers.c.code, suppliers.c.name),
    page=Page(size=50, most=200),
)

READ = Read(
    SUPPLIER,
    select(*SUPPLIER.columns).where(
        SUPPLIER.key == bindparam("key"), suppliers.c.deleted_at.is_(None)
    ),
)

UPDATE = Update(
    SUPPLIER,
    update(suppliers).where(SUPPLIER.key == bindparam("key"), suppliers.c.deleted_at.is_(None)),
    made={"version": suppliers.c.version + 1, "updated_at": now},
)

DELETE = SoftDelete(SUPPLIER)
