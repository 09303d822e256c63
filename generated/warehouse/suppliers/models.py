"""Suppliers: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import DateTime, Duration, Email, Integer, IntegerParameter, String, Url


class Supplier(ResponseModel):
    """A company that goods are bought from."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    country: Annotated[String, Field(max_length=2, pattern="^[A-Z]{2}$")]
    email: Annotated[Email | None, Field(max_length=254)]
    website: Annotated[Url | None, Field(max_length=2048)]
    lead_time: Duration
    """From an order to its delivery."""
    code: Annotated[String, Field(min_length=2, max_length=12, pattern="^[A-Z0-9-]+$")]
    name: Annotated[String, Field(min_length=1, max_length=120)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""


class SupplierCreate(RequestModel):
    """What creates a supplier."""

    country: Annotated[String, Field(max_length=2, pattern="^[A-Z]{2}$")]
    email: Annotated[Email | None, Field(max_length=254)] = None
    website: Annotated[Url | None, Field(max_length=2048)] = None
    lead_time: Duration = Field("P14D", validate_default=True)
    code: Annotated[String, Field(min_length=2, max_length=12, pattern="^[A-Z0-9-]+$")]
    name: Annotated[String, Field(min_length=1, max_length=120)]


class SupplierListParams(QueryModel):
    """What narrows, sorts and pages a list of suppliers."""

    country: Annotated[String | MISSING, Field(min_length=1, max_length=2)] = MISSING
    q: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    sort: Annotated[list[Literal["name", "id", "-name", "-id"]] | MISSING, Field(max_length=4)] = (
        MISSING
    )
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class SupplierUpdate(RequestModel):
    """The fields of a supplier to change; the others stay as they are."""

    country: Annotated[String | MISSING, Field(max_length=2, pattern="^[A-Z]{2}$")] = MISSING
    email: Annotated[Email | None | MISSING, Field(max_length=254)] = MISSING
    website: Annotated[Url | None | MISSING, Field(max_length=2048)] = MISSING
    lead_time: Duration | MISSING = MISSING
    name: Annotated[String | MISSING, Field(min_length=1, max_length=120)] = MISSING
