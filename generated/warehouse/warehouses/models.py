"""Warehouses: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import DateTime, Integer, IntegerParameter, String, Time


class Address(RequestModel):
    """A postal address."""

    street: Annotated[String, Field(min_length=1, max_length=120)]
    city: Annotated[String, Field(min_length=1, max_length=80)]
    postcode: Annotated[String, Field(min_length=1, max_length=12)]
    country: Annotated[String, Field(max_length=2, pattern="^[A-Z]{2}$")]
    """ISO 3166-1 alpha-2."""


class Warehouse(ResponseModel):
    """A place where goods are stored."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    city: Annotated[String, Field(min_length=1, max_length=80)]
    address: Address
    opens_at: Time
    closes_at: Time
    code: Annotated[String, Field(min_length=2, max_length=12, pattern="^[A-Z0-9-]+$")]
    name: Annotated[String, Field(min_length=1, max_length=120)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""


class WarehouseCreate(RequestModel):
    """What creates a warehouse."""

    city: Annotated[String, Field(min_length=1, max_length=80)]
    address: Address
    opens_at: Time = Field("08:00:00", validate_default=True)
    closes_at: Time = Field("18:00:00", validate_default=True)
    code: Annotated[String, Field(min_length=2, max_length=12, pattern="^[A-Z0-9-]+$")]
    name: Annotated[String, Field(min_length=1, max_length=120)]


class WarehouseListParams(QueryModel):
    """What narrows, sorts and pages a list of warehouses."""

    code: Annotated[String | MISSING, Field(min_length=1, max_length=12)] = MISSING
    city: Annotated[String | MISSING, Field(min_length=1, max_length=80)] = MISSING
    q: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    sort: Annotated[list[Literal["name", "id", "-name", "-id"]] | MISSING, Field(max_length=4)] = (
        MISSING
    )
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class WarehouseUpdate(RequestModel):
    """The fields of a warehouse to change; the others stay as they are."""

    city: Annotated[String | MISSING, Field(min_length=1, max_length=80)] = MISSING
    address: Address | MISSING = MISSING
    opens_at: Time | MISSING = MISSING
    closes_at: Time | MISSING = MISSING
    name: Annotated[String | MISSING, Field(min_length=1, max_length=120)] = MISSING
