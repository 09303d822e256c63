"""Products: the statements, each compiled once.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from types import MappingProxyType

from sqlalchemy import bindparam, insert, select, update

from ..categories.rows import CATEGORY
from ..runtime.bulk import BulkCreate, BulkDelete
from ..runtime.deletions import SoftDelete
from ..runtime.expansions import Expansion
from ..runtime.filters import among, is_null, starts_with
from ..runtime.lists import CursorPage, List, Page
from ..runtime.made import now
from ..runtime.members import Members
from ..runtime.nested_lists import ListUnder
from ..runtime.reads import Read
from ..runtime.relation_filters import linked_all, linked_any, linked_none, through
from ..runtime.statements import Create, Replace, Update
from ..suppliers.rows import SUPPLIER
from ..suppliers.table import suppliers
from ..tags.rows import TAG
from .rows import PRODUCT
from .table import product_tags, products

EXPANSIONS = MappingProxyType(
    {
        "supplier": Expansion(products.c.supplier_id, SUPPLIER),
        "category": Expansion(products.c.category_id, CATEGORY),
    }
)

CREATE = Create(
    PRODUCT,
    insert(products),
    made={"version": 1, "created_at": now, "updated_at": now},
    location="/v1/products/{key}",
)

BULK_CREATE = BulkCreate(CREATE, keep=("sku",), counts=True)

LIST = List(
    PRODUCT,
    select(*PRODUCT.columns).where(products.c.deleted_at.is_(None)),
    filters={
        "sku": products.c.sku == bindparam("sku"),
        "sku_in": among(products.c.sku, "sku_in"),
        "sku_prefix": starts_with(products.c.sku, "sku_prefix"),
        "list_price_ge": products.c.list_price >= bindparam("list_price_ge"),
        "list_price_le": products.c.list_price <= bindparam("list_price_le"),
        "supplier_id": products.c.supplier_id == bindparam("supplier_id"),
        "supplier_country": through(
            products.c.supplier_id,
            suppliers.c.id,
            suppliers.c.country == bindparam("supplier_country"),
        ),
        "category_id": products.c.category_id == bindparam("category_id"),
        "category_id_is_null": is_null(products.c.category_id, "category_id_is_null"),
        "tag_ids_any": linked_any(products.c.id, product_tags, "tag_ids_any"),
        "tag_ids_all": linked_all(products.c.id, product_tags, "tag_ids_all"),
        "tag_ids_none": linked_none(products.c.id, product_tags, "tag_ids_none"),
    },
    sort={
        "sku": products.c.sku,
        "title": products.c.title,
        "list_price": products.c.list_price,
        "created_at": products.c.created_at,
        "id": products.c.id,
    },
    search=(products.c.sku, products.c.title),
    expand=EXPANSIONS,
    page=CursorPage(size=50, most=200),
)

LIST_OF_SUPPLIER = ListUnder(LIST, products.c.supplier_id, SUPPLIER)

LIST_OF_CATEGORY = ListUnder(LIST, products.c.category_id, CATEGORY)

READ = Read(
    PRODUCT,
    select(*PRODUCT.columns).where(
        PRODUCT.key == bindparam("key"), products.c.deleted_at.is_(None)
    ),
    expand=EXPANSIONS,
)

REPLACE = Replace(
    PRODUCT,
    update(products).where(PRODUCT.key == bindparam("key"), products.c.deleted_at.is_(None)),
    made={"version": products.c.version + 1, "updated_at": now},
)

UPDATE = Update(
    PRODUCT,
    update(products).where(PRODUCT.key == bindparam("key"), products.c.deleted_at.is_(None)),
    made={"version": products.c.version + 1, "updated_at": now},
)

DELETE = SoftDelete(PRODUCT)

BULK_DELETE = BulkDelete(DELETE)

LINKED_TAGS = Members(PRODUCT, "tags", TAG, page=Page(size=50, most=200))
