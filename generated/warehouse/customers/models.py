"""Customers: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import DateTime, Email, Integer, IntegerParameter, Secret, String, Uuid


class Address(RequestModel):
    """A postal address."""

    street: Annotated[String, Field(min_length=1, max_length=120)]
    city: Annotated[String, Field(min_length=1, max_length=80)]
    postcode: Annotated[String, Field(min_length=1, max_length=12)]
    country: Annotated[String, Field(max_length=2, pattern="^[A-Z]{2}$")]
    """ISO 3166-1 alpha-2."""


class Customer(ResponseModel):
    """Whom goods are delivered to."""

    id: Uuid
    """The key."""
    name: Annotated[String, Field(min_length=1, max_length=120)]
    email: Annotated[Email, Field(max_length=254)]
    address: Address
    billing_address: Address | None
    nearest_id: Annotated[Integer | None, Field(ge=1)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""


class CustomerCreate(RequestModel):
    """What creates a customer."""

    name: Annotated[String, Field(min_length=1, max_length=120)]
    email: Annotated[Email, Field(max_length=254)]
    password: Annotated[Secret, Field(min_length=12, max_length=128)]
    address: Address
    billing_address: Address | None = None
    nearest_id: Annotated[Integer | None, Field(ge=1)] = None


class CustomerListParams(QueryModel):
    """What narrows, sorts and pages a list of customers."""

    email: Annotated[Email | MISSING, Field(min_length=1, max_length=254)] = MISSING
    nearest_id: IntegerParameter | MISSING = MISSING
    q: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    sort: Annotated[list[Literal["name", "id", "-name", "-id"]] | MISSING, Field(max_length=4)] = (
        MISSING
    )
    expand: Annotated[list[Literal["nearest"]] | MISSING, Field(max_length=1)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class CustomerReadParams(QueryModel):
    """What is answered beside the customer."""

    expand: Annotated[list[Literal["nearest"]] | MISSING, Field(max_length=1)] = MISSING


class CustomerUpdate(RequestModel):
    """The fields of a customer to change; the others stay as they are."""

    name: Annotated[String | MISSING, Field(min_length=1, max_length=120)] = MISSING
    email: Annotated[Email | MISSING, Field(max_length=254)] = MISSING
    password: Annotated[Secret | MISSING, Field(min_length=12, max_length=128)] = MISSING
    address: Address | MISSING = MISSING
    billing_address: Address | None | MISSING = MISSING
    nearest_id: Annotated[Integer | None | MISSING, Field(ge=1)] = MISSING
