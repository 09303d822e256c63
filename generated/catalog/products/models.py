"""Products: what the API reads and writes.

Generated from spec/catalog.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import Integer, IntegerParameter, Number, String


class Product(ResponseModel):
    """An item the warehouse can stock."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    sku: Annotated[String, Field(min_length=3, max_length=20)]
    title: Annotated[String, Field(min_length=1, max_length=200)]
    unit_price: Annotated[Number, Field(gt=0)]
    inventory_count: Annotated[Integer, Field(ge=0)]
    category: Annotated[String | None, Field(max_length=80)]
    condition: Literal["new", "used", "refurbished"]


class ProductCreate(RequestModel):
    """What creates a product."""

    sku: Annotated[String, Field(min_length=3, max_length=20)]
    title: Annotated[String, Field(min_length=1, max_length=200)]
    unit_price: Annotated[Number, Field(gt=0)]
    inventory_count: Annotated[Integer, Field(ge=0)] = 0
    category: Annotated[String | None, Field(max_length=80)] = None
    condition: Literal["new", "used", "refurbished"] = "new"


class ProductListParams(QueryModel):
    """What narrows, sorts and pages a list of products."""

    category: Annotated[String | MISSING, Field(min_length=1, max_length=80)] = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
