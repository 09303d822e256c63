"""Products: the HTTP endpoints.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..runtime.answers import NOT_MODIFIED, Json, NoContent
from ..runtime.compiled_routes import CompiledRoute
from ..runtime.problems import problems
from ..runtime.sessions import Db
from ..runtime.wire_types import IntegerKey, NaturalKey
from ..tags.models import Tag
from .expanded import ProductExpanded, ProductPage
from .models import (
    CategoryProductListParams,
    Product,
    ProductBulkCreate,
    ProductBulkCreated,
    ProductBulkDelete,
    ProductBulkDeleted,
    ProductCreate,
    ProductListParams,
    ProductReadParams,
    ProductReplace,
    ProductTagListParams,
    ProductUpdate,
    SupplierProductListParams,
)
from .queries import (
    BULK_CREATE,
    BULK_DELETE,
    CREATE,
    DELETE,
    LINKED_TAGS,
    LIST,
    LIST_OF_CATEGORY,
    LIST_OF_SUPPLIER,
    READ,
    REPLACE,
    UPDATE,
)

router = APIRouter(prefix="/v1", tags=["products"], route_class=CompiledRoute)

ProductId = Annotated[IntegerKey, Path()]
SupplierId = Annotated[IntegerKey, Path()]
CategoryId = Annotated[IntegerKey, Path()]
TagId = Annotated[NaturalKey, Path(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")]


@router.post(
    "/products",
    status_code=201,
    response_model=Product,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def create_product(body: ProductCreate, db: Db) -> Json[Product]:
    """Create a product."""
    return await db.create(CREATE, body)


@router.get(
    "/products",
    response_model=ProductPage,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_products(params: Annotated[ProductListParams, Query()], db: Db) -> Json[ProductPage]:
    """List products."""
    return await db.list(LIST, params)


@router.get(
    "/products/{product_id}",
    response_model=ProductExpanded,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def read_product(
    product_id: ProductId, params: Annotated[ProductReadParams, Query()], db: Db
) -> Json[ProductExpanded]:
    """Read a product."""
    return await db.read(READ, product_id, params)


@router.put(
    "/products/{product_id}",
    response_model=Product,
    responses=problems(404, 406, 409, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def replace_product(product_id: ProductId, body: ProductReplace, db: Db) -> Json[Product]:
    """Replace a product."""
    return await db.replace(REPLACE, product_id, body)


@router.patch(
    "/products/{product_id}",
    response_model=Product,
    responses=problems(404, 406, 409, 412, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def update_product(product_id: ProductId, body: ProductUpdate, db: Db) -> Json[Product]:
    """Change the given fields of a product."""
    return await db.update(UPDATE, product_id, body)


@router.delete(
    "/products/{product_id}",
    status_code=204,
    responses=problems(404, 409, 412, 414, 422, 500, 503),
)
async def delete_product(product_id: ProductId, db: Db) -> NoContent:
    """Delete a product."""
    return await db.delete(DELETE, product_id)


@router.post(
    "/products:bulk-create",
    status_code=201,
    response_model=ProductBulkCreated,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=7_430_440,
)
async def bulk_create_products(body: ProductBulkCreate, db: Db) -> Json[ProductBulkCreated]:
    """Create many products, all or none."""
    return await db.bulk_create(BULK_CREATE, body)


@router.post(
    "/products:bulk-delete",
    response_model=ProductBulkDeleted,
    responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
    max_body_size=1_048_576,
)
async def bulk_delete_products(body: ProductBulkDelete, db: Db) -> Json[ProductBulkDeleted]:
    """Delete many products, all or none."""
    return await db.bulk_delete(BULK_DELETE, body)


@router.get(
    "/suppliers/{supplier_id}/products",
    response_model=ProductPage,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_supplier_products(
    supplier_id: SupplierId, params: Annotated[SupplierProductListParams, Query()], db: Db
) -> Json[ProductPage]:
    """List the products of a supplier."""
    return await db.list_under(LIST_OF_SUPPLIER, supplier_id, params)


@router.get(
    "/categories/{category_id}/products",
    response_model=ProductPage,
    responses=NOT_MODIFIED | problems(404, 406, 414, 422, 500, 503),
)
async def list_category_products(
    category_id: CategoryId, params: Annotated[CategoryProductListParams, Query()], db: Db
) -> Json[ProductPage]:
    """List the products of a category."""
    return await db.list_under(LIST_OF_CATEGORY, category_id, params)


@router.put(
    "/products/{product_id}/tags/{tag_id}",
    status_code=204,
    responses=problems(404, 409, 414, 422, 500, 503),
)
async def add_product_tag(product_id: ProductId, tag_id: TagId, db: Db) -> NoContent:
    """Add a tag to a product."""
    return await db.add_member(LINKED_TAGS, product_id, tag_id)


@router.delete(
    "/products/{product_id}/tags/{tag_id}",
    status_code=204,
    responses=problems(404, 414, 422, 500, 503),
)
async def remove_product_tag(product_id: ProductId, tag_id: TagId, db: Db) -> NoContent:
    """Remove a tag from a product."""
    return await db.remove_member(LINKED_TAGS, product_id, tag_id)


@router.get(
    "/products/{product_id}/tags",
    response_model=list[Tag],
    responses=problems(404, 406, 414, 422, 500, 503),
)
async def list_product_tags(
    product_id: ProductId, params: Annotated[ProductTagListParams, Query()], db: Db
) -> Json[list[Tag]]:
    """List the tags of a product."""
    return await db.list_members(LINKED_TAGS, product_id, params)
