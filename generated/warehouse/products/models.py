"""Products: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.orders import OneDirection
from ..runtime.wire_types import (
    BooleanParameter,
    Cursor,
    Date,
    DateTime,
    Decimal,
    Integer,
    IntegerParameter,
    String,
    UniqueItems,
)


class Product(ResponseModel):
    """Something that can be bought and stored."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    sku: Annotated[String, Field(min_length=3, max_length=20, pattern="^[A-Z0-9-]+$")]
    title: Annotated[String, Field(min_length=1, max_length=200)]
    description: Annotated[String | None, Field(max_length=2000)]
    unit: Literal["piece", "box", "pallet", "kilogram", "litre"]
    list_price: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
    discontinued_on: Date | None
    supplier_id: Annotated[Integer, Field(ge=1)]
    category_id: Annotated[Integer | None, Field(ge=1)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""
    tag_ids: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")]],
        UniqueItems,
        Field(max_length=20),
    ]


class ProductCreate(RequestModel):
    """What creates a product."""

    sku: Annotated[String, Field(min_length=3, max_length=20, pattern="^[A-Z0-9-]+$")]
    title: Annotated[String, Field(min_length=1, max_length=200)]
    description: Annotated[String | None, Field(max_length=2000)] = None
    unit: Literal["piece", "box", "pallet", "kilogram", "litre"] = "piece"
    list_price: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
    discontinued_on: Date | None = None
    supplier_id: Annotated[Integer, Field(ge=1)]
    category_id: Annotated[Integer | None, Field(ge=1)] = None
    tag_ids: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")]],
        UniqueItems,
        Field(max_length=20),
    ] = []


class ProductListParams(QueryModel, longest_query=61_440):
    """What narrows, sorts and pages a list of products."""

    sku: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    sku_in: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=20)]] | MISSING, Field(max_length=100)
    ] = MISSING
    sku_prefix: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    list_price_ge: Annotated[Decimal | MISSING, Field(max_digits=10, decimal_places=2)] = MISSING
    list_price_le: Annotated[Decimal | MISSING, Field(max_digits=10, decimal_places=2)] = MISSING
    supplier_id: IntegerParameter | MISSING = MISSING
    supplier_country: Annotated[String | MISSING, Field(min_length=1, max_length=2)] = MISSING
    category_id: IntegerParameter | MISSING = MISSING
    category_id_is_null: BooleanParameter | MISSING = MISSING
    tag_ids_any: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    tag_ids_all: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    tag_ids_none: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    q: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    sort: Annotated[
        list[
            Literal[
                "sku",
                "title",
                "list_price",
                "created_at",
                "id",
                "-sku",
                "-title",
                "-list_price",
                "-created_at",
                "-id",
            ]
        ]
        | MISSING,
        OneDirection,
        Field(max_length=10),
    ] = MISSING
    expand: Annotated[list[Literal["supplier", "category"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class ProductReadParams(QueryModel):
    """What is answered beside the product."""

    expand: Annotated[list[Literal["supplier", "category"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )


class ProductReplace(RequestModel):
    """What replaces a product."""

    title: Annotated[String, Field(min_length=1, max_length=200)]
    description: Annotated[String | None, Field(max_length=2000)] = None
    unit: Literal["piece", "box", "pallet", "kilogram", "litre"] = "piece"
    list_price: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
    discontinued_on: Date | None = None
    supplier_id: Annotated[Integer, Field(ge=1)]
    category_id: Annotated[Integer | None, Field(ge=1)] = None
    tag_ids: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")]],
        UniqueItems,
        Field(max_length=20),
    ] = []


class ProductUpdate(RequestModel):
    """The fields of a product to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    description: Annotated[String | None | MISSING, Field(max_length=2000)] = MISSING
    unit: Literal["piece", "box", "pallet", "kilogram", "litre"] | MISSING = MISSING
    list_price: Annotated[Decimal | MISSING, Field(ge=0, max_digits=10, decimal_places=2)] = MISSING
    discontinued_on: Date | None | MISSING = MISSING
    supplier_id: Annotated[Integer | MISSING, Field(ge=1)] = MISSING
    category_id: Annotated[Integer | None | MISSING, Field(ge=1)] = MISSING
    tag_ids: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")]]
        | MISSING,
        UniqueItems,
        Field(max_length=20),
    ] = MISSING


class ProductBulkCreate(RequestModel):
    """What creates products, all of them or none."""

    items: Annotated[list[ProductCreate], Field(min_length=1, max_length=200)]


class ProductBulkCreated(ResponseModel):
    """How many products were created."""

    created: Annotated[Integer, Field(ge=0)]
    """How many products are new."""
    kept: Annotated[Integer, Field(ge=0)]
    """How many items had one of the products already, which was kept."""


class ProductBulkDelete(RequestModel):
    """The keys of products to delete."""

    ids: Annotated[
        list[Annotated[Integer, Field(ge=1)]], UniqueItems, Field(min_length=1, max_length=200)
    ]


class ProductBulkDeleted(ResponseModel):
    """How many products were deleted."""

    deleted: Annotated[Integer, Field(ge=0)]
    """How many products there were of these keys."""


class SupplierProductListParams(QueryModel, longest_query=61_440):
    """What narrows, sorts and pages a list of products."""

    sku: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    sku_in: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=20)]] | MISSING, Field(max_length=100)
    ] = MISSING
    sku_prefix: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    list_price_ge: Annotated[Decimal | MISSING, Field(max_digits=10, decimal_places=2)] = MISSING
    list_price_le: Annotated[Decimal | MISSING, Field(max_digits=10, decimal_places=2)] = MISSING
    supplier_country: Annotated[String | MISSING, Field(min_length=1, max_length=2)] = MISSING
    category_id: IntegerParameter | MISSING = MISSING
    category_id_is_null: BooleanParameter | MISSING = MISSING
    tag_ids_any: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    tag_ids_all: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    tag_ids_none: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    q: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    sort: Annotated[
        list[
            Literal[
                "sku",
                "title",
                "list_price",
                "created_at",
                "id",
                "-sku",
                "-title",
                "-list_price",
                "-created_at",
                "-id",
            ]
        ]
        | MISSING,
        OneDirection,
        Field(max_length=10),
    ] = MISSING
    expand: Annotated[list[Literal["supplier", "category"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class CategoryProductListParams(QueryModel, longest_query=61_440):
    """What narrows, sorts and pages a list of products."""

    sku: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    sku_in: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=20)]] | MISSING, Field(max_length=100)
    ] = MISSING
    sku_prefix: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    list_price_ge: Annotated[Decimal | MISSING, Field(max_digits=10, decimal_places=2)] = MISSING
    list_price_le: Annotated[Decimal | MISSING, Field(max_digits=10, decimal_places=2)] = MISSING
    supplier_id: IntegerParameter | MISSING = MISSING
    supplier_country: Annotated[String | MISSING, Field(min_length=1, max_length=2)] = MISSING
    tag_ids_any: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    tag_ids_all: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    tag_ids_none: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    q: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    sort: Annotated[
        list[
            Literal[
                "sku",
                "title",
                "list_price",
                "created_at",
                "id",
                "-sku",
                "-title",
                "-list_price",
                "-created_at",
                "-id",
            ]
        ]
        | MISSING,
        OneDirection,
        Field(max_length=10),
    ] = MISSING
    expand: Annotated[list[Literal["supplier", "category"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class ProductTagListParams(QueryModel):
    """What narrows, sorts and pages a list of tags."""

    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50
