"""Customers: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from types import MappingProxyType

from sqlalchemy import bindparam, insert, select, update

from ..runtime.deletions import SoftDelete
from ..runtime.expansions import Expansion
from ..runtime.lists import List, Page
from ..runtime.made import now, uuid7
from ..runtime.reads import Read
from ..runtime.statements import Create, Update
from ..warehouses.rows import WAREHOUSE
from .rows import CUSTOMER
from .table import customers

EXPANSIONS = MappingProxyType(
    {
        "nearest": Expansion(customers.c.nearest_id, WAREHOUSE),
    }
)

CREATE = Create(
    CUSTOMER,
    insert(customers),
    made={"id": uuid7, "version": 1, "created_at": now, "updated_at": now},
    location="/v1/customers/{key}",
)

LIST = List(
    CUSTOMER,
    select(*CUSTOMER.columns).where(customers.c.deleted_at.is_(None)),
    filters={
        "email": customers.c.email == bindparam("email"),
        "nearest_id": customers.c.nearest_id == bindparam("nearest_id"),
    },
    sort={
        "name": customers.c.name,
        "id": customers.c.id,
    },
    search=(customers.c.name,),
    expand=EXPANSIONS,
    page=Page(size=50, most=200, count=True),
)

READ = Read(
    CUSTOMER,
    select(*CUSTOMER.columns).where(
        CUSTOMER.key == bindparam("key"), customers.c.deleted_at.is_(None)
    ),
    expand=EXPANSIONS,
)

UPDATE = Update(
    CUSTOMER,
    update(customers).where(CUSTOMER.key == bindparam("key"), customers.c.deleted_at.is_(None)),
    made={"version": customers.c.version + 1, "updated_at": now},
)

DELETE = SoftDelete(CUSTOMER)
