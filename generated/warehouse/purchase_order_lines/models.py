"""Purchase order lines: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import DateTime, Decimal, Integer, IntegerParameter


class PurchaseOrderLine(ResponseModel):
    """One product of a purchase order."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    position: Annotated[Integer, Field(ge=1, le=999)]
    quantity: Annotated[Integer, Field(ge=1, le=100000)]
    unit_price: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
    discount: Annotated[Decimal, Field(ge=0, le=1, max_digits=3, decimal_places=2)]
    """A part of the price, 0.15 for 15 %."""
    total: Annotated[Decimal, Field(max_digits=17, decimal_places=4)]
    """Computed: `quantity * unit_price * (1 - discount)`."""
    order_id: Annotated[Integer, Field(ge=1)]
    product_id: Annotated[Integer, Field(ge=1)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""


class PurchaseOrderLineCreate(RequestModel):
    """What creates a purchase order line."""

    position: Annotated[Integer, Field(ge=1, le=999)]
    quantity: Annotated[Integer, Field(ge=1, le=100000)]
    unit_price: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
    discount: Annotated[Decimal, Field(ge=0, le=1, max_digits=3, decimal_places=2)] = Field(
        "0.00", validate_default=True
    )
    order_id: Annotated[Integer, Field(ge=1)]
    product_id: Annotated[Integer, Field(ge=1)]


class PurchaseOrderLineListParams(QueryModel):
    """What narrows, sorts and pages a list of purchase order lines."""

    order_id: IntegerParameter | MISSING = MISSING
    product_id: IntegerParameter | MISSING = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    expand: Annotated[list[Literal["product"]] | MISSING, Field(max_length=1)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class PurchaseOrderLineReadParams(QueryModel):
    """What is answered beside the purchase order line."""

    expand: Annotated[list[Literal["product"]] | MISSING, Field(max_length=1)] = MISSING


class PurchaseOrderLineUpdate(RequestModel):
    """The fields of a purchase order line to change; the others stay as they are."""

    quantity: Annotated[Integer | MISSING, Field(ge=1, le=100000)] = MISSING
    unit_price: Annotated[Decimal | MISSING, Field(ge=0, max_digits=10, decimal_places=2)] = MISSING
    discount: Annotated[Decimal | MISSING, Field(ge=0, le=1, max_digits=3, decimal_places=2)] = (
        MISSING
    )


class PurchaseOrderLineBulkCreate(RequestModel):
    """What creates purchase order lines, all of them or none."""

    items: Annotated[list[PurchaseOrderLineCreate], Field(min_length=1, max_length=999)]


class PurchaseOrderLineBulkCreated(ResponseModel):
    """The purchase order lines as they are now."""

    items: Annotated[list[PurchaseOrderLine], Field(min_length=1, max_length=999)]
    """In the order of the request."""


class PurchaseOrderPurchaseOrderLineListParams(QueryModel):
    """What narrows, sorts and pages a list of purchase order lines."""

    product_id: IntegerParameter | MISSING = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    expand: Annotated[list[Literal["product"]] | MISSING, Field(max_length=1)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50
