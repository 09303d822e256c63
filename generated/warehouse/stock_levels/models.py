"""Stock levels: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import (
    Boolean,
    BooleanParameter,
    DateTime,
    Integer,
    IntegerParameter,
    String,
    UniqueItems,
)


class StockLevel(ResponseModel):
    """How much of a product lies in a warehouse."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    on_hand: Annotated[Integer, Field(ge=0, le=1000000)]
    reserved: Annotated[Integer, Field(ge=0, le=1000000)]
    """Promised to customers."""
    reorder_at: Annotated[Integer, Field(ge=0, le=1000000)]
    """Buy more below this."""
    available: Integer
    """Computed: `on_hand - reserved`."""
    is_low: Boolean
    """Computed: `on_hand - reserved < reorder_at`."""
    counted_at: DateTime | None
    product_id: Annotated[Integer, Field(ge=1)]
    warehouse_id: Annotated[Integer, Field(ge=1)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""


class StockLevelCreate(RequestModel):
    """What creates a stock level."""

    on_hand: Annotated[Integer, Field(ge=0, le=1000000)]
    reserved: Annotated[Integer, Field(ge=0, le=1000000)] = 0
    reorder_at: Annotated[Integer, Field(ge=0, le=1000000)] = 0
    counted_at: DateTime | None = None
    product_id: Annotated[Integer, Field(ge=1)]
    warehouse_id: Annotated[Integer, Field(ge=1)]


class StockLevelListParams(QueryModel, longest_query=43_620):
    """What narrows, sorts and pages a list of stock levels."""

    product_id: IntegerParameter | MISSING = MISSING
    product_id_in: Annotated[list[IntegerParameter] | MISSING, Field(max_length=100)] = MISSING
    warehouse_id: IntegerParameter | MISSING = MISSING
    warehouse_city: Annotated[String | MISSING, Field(min_length=1, max_length=80)] = MISSING
    available_le: IntegerParameter | MISSING = MISSING
    is_low: BooleanParameter | MISSING = MISSING
    sort: Annotated[
        list[Literal["available", "id", "-available", "-id"]] | MISSING, Field(max_length=4)
    ] = MISSING
    expand: Annotated[list[Literal["product", "warehouse"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class StockLevelReadParams(QueryModel):
    """What is answered beside the stock level."""

    expand: Annotated[list[Literal["product", "warehouse"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )


class StockLevelUpdate(RequestModel):
    """The fields of a stock level to change; the others stay as they are."""

    on_hand: Annotated[Integer | MISSING, Field(ge=0, le=1000000)] = MISSING
    reserved: Annotated[Integer | MISSING, Field(ge=0, le=1000000)] = MISSING
    reorder_at: Annotated[Integer | MISSING, Field(ge=0, le=1000000)] = MISSING
    counted_at: DateTime | None | MISSING = MISSING


class StockLevelBulkCreate(RequestModel):
    """What creates stock levels, all of them or none."""

    items: Annotated[list[StockLevelCreate], Field(min_length=1, max_length=1000)]


class StockLevelBulkCreated(ResponseModel):
    """The stock levels as they are now."""

    items: Annotated[list[StockLevel], Field(min_length=1, max_length=1000)]
    """In the order of the request. One that was there already stands in the place of its item."""


class StockLevelBulkDelete(RequestModel):
    """The keys of stock levels to delete."""

    ids: Annotated[
        list[Annotated[Integer, Field(ge=1)]], UniqueItems, Field(min_length=1, max_length=100)
    ]


class StockLevelBulkDeleted(ResponseModel):
    """How many stock levels were deleted."""

    deleted: Annotated[Integer, Field(ge=0)]
    """How many stock levels there were of these keys."""


class ProductStockLevelListParams(QueryModel):
    """What narrows, sorts and pages a list of stock levels."""

    warehouse_id: IntegerParameter | MISSING = MISSING
    warehouse_city: Annotated[String | MISSING, Field(min_length=1, max_length=80)] = MISSING
    available_le: IntegerParameter | MISSING = MISSING
    is_low: BooleanParameter | MISSING = MISSING
    sort: Annotated[
        list[Literal["available", "id", "-available", "-id"]] | MISSING, Field(max_length=4)
    ] = MISSING
    expand: Annotated[list[Literal["product", "warehouse"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class WarehouseStockLevelListParams(QueryModel, longest_query=43_222):
    """What narrows, sorts and pages a list of stock levels."""

    product_id: IntegerParameter | MISSING = MISSING
    product_id_in: Annotated[list[IntegerParameter] | MISSING, Field(max_length=100)] = MISSING
    warehouse_city: Annotated[String | MISSING, Field(min_length=1, max_length=80)] = MISSING
    available_le: IntegerParameter | MISSING = MISSING
    is_low: BooleanParameter | MISSING = MISSING
    sort: Annotated[
        list[Literal["available", "id", "-available", "-id"]] | MISSING, Field(max_length=4)
    ] = MISSING
    expand: Annotated[list[Literal["product", "warehouse"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50
