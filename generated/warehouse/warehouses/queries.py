"""Warehouses: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import bindparam, insert, select, update

from ..runtime.deletions import SoftDelete
from ..runtime.lists import List, Page
from ..runtime.made import now
from ..runtime.reads import Read
from ..runtime.statements import Create, Update
from .rows import WAREHOUSE
from .table import warehouses

CREATE = Create(
    WAREHOUSE,
    insert(warehouses),
    made={"version": 1, "created_at": now, "updated_at": now},
    location="/v1/warehouses/{key}",
)

LIST = List(
    WAREHOUSE,
    select(*WAREHOUSE.columns).where(warehouses.c.deleted_at.is_(None)),
    filters={
        "code": warehouses.c.code == bindparam("code"),
        "city": warehouses.c.city == bindparam("city"),
    },
    sort={
        "name": warehouses.c.name,
        "id": warehouses.c.id,
    },
    search=(warehouses.c.code, warehouses.c.name, warehouses.c.city),
    page=Page(size=50, most=200),
)

READ = Read(
    WAREHOUSE,
    select(*WAREHOUSE.columns).where(
        WAREHOUSE.key == bindparam("key"), warehouses.c.deleted_at.is_(None)
    ),
)

UPDATE = Update(
    WAREHOUSE,
    update(warehouses).where(WAREHOUSE.key == bindparam("key"), warehouses.c.deleted_at.is_(None)),
    made={"version": warehouses.c.version + 1, "updated_at": now},
)

DELETE = SoftDelete(WAREHOUSE)
