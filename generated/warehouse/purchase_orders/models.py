"""Purchase orders: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.orders import OneDirection
from ..runtime.wire_types import Cursor, Date, DateTime, Integer, IntegerParameter, String


class PurchaseOrder(ResponseModel):
    """What is ordered of a supplier, for a warehouse."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    number: Annotated[String, Field(max_length=9, pattern="^PO-[0-9]{6}$")]
    status: Literal["draft", "sent", "received", "cancelled"]
    ordered_on: Date
    expected_on: Date | None
    received_on: Date | None
    remarks: Annotated[String | None, Field(max_length=2000)]
    """What the supplier should know."""
    supplier_id: Annotated[Integer, Field(ge=1)]
    warehouse_id: Annotated[Integer, Field(ge=1)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""


class PurchaseOrderCreate(RequestModel):
    """What creates a purchase order."""

    number: Annotated[String, Field(max_length=9, pattern="^PO-[0-9]{6}$")]
    status: Literal["draft", "sent", "received", "cancelled"] = "draft"
    ordered_on: Date | MISSING = MISSING
    expected_on: Date | None = None
    received_on: Date | None = None
    remarks: Annotated[String | None, Field(max_length=2000)] = None
    supplier_id: Annotated[Integer, Field(ge=1)]
    warehouse_id: Annotated[Integer, Field(ge=1)]


class PurchaseOrderListParams(QueryModel, longest_query=14_487):
    """What narrows, sorts and pages a list of purchase orders."""

    number: Annotated[String | MISSING, Field(min_length=1, max_length=9)] = MISSING
    number_prefix: Annotated[String | MISSING, Field(min_length=1, max_length=9)] = MISSING
    status: Literal["draft", "sent", "received", "cancelled"] | MISSING = MISSING
    status_in: Annotated[
        list[Literal["draft", "sent", "received", "cancelled"]] | MISSING, Field(max_length=100)
    ] = MISSING
    ordered_on_ge: Date | MISSING = MISSING
    ordered_on_le: Date | MISSING = MISSING
    supplier_id: IntegerParameter | MISSING = MISSING
    warehouse_id: IntegerParameter | MISSING = MISSING
    sort: Annotated[
        list[Literal["ordered_on", "id", "-ordered_on", "-id"]] | MISSING,
        OneDirection,
        Field(max_length=4),
    ] = MISSING
    expand: Annotated[list[Literal["supplier", "warehouse"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class PurchaseOrderReadParams(QueryModel):
    """What is answered beside the purchase order."""

    expand: Annotated[list[Literal["supplier", "warehouse"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )


class PurchaseOrderUpdate(RequestModel):
    """The fields of a purchase order to change; the others stay as they are."""

    status: Literal["draft", "sent", "received", "cancelled"] | MISSING = MISSING
    ordered_on: Date | MISSING = MISSING
    expected_on: Date | None | MISSING = MISSING
    received_on: Date | None | MISSING = MISSING
    remarks: Annotated[String | None | MISSING, Field(max_length=2000)] = MISSING
    warehouse_id: Annotated[Integer | MISSING, Field(ge=1)] = MISSING


class SupplierPurchaseOrderListParams(QueryModel, longest_query=14_090):
    """What narrows, sorts and pages a list of purchase orders."""

    number: Annotated[String | MISSING, Field(min_length=1, max_length=9)] = MISSING
    number_prefix: Annotated[String | MISSING, Field(min_length=1, max_length=9)] = MISSING
    status: Literal["draft", "sent", "received", "cancelled"] | MISSING = MISSING
    status_in: Annotated[
        list[Literal["draft", "sent", "received", "cancelled"]] | MISSING, Field(max_length=100)
    ] = MISSING
    ordered_on_ge: Date | MISSING = MISSING
    ordered_on_le: Date | MISSING = MISSING
    warehouse_id: IntegerParameter | MISSING = MISSING
    sort: Annotated[
        list[Literal["ordered_on", "id", "-ordered_on", "-id"]] | MISSING,
        OneDirection,
        Field(max_length=4),
    ] = MISSING
    expand: Annotated[list[Literal["supplier", "warehouse"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class WarehousePurchaseOrderListParams(QueryModel, longest_query=14_089):
    """What narrows, sorts and pages a list of purchase orders."""

    number: Annotated[String | MISSING, Field(min_length=1, max_length=9)] = MISSING
    number_prefix: Annotated[String | MISSING, Field(min_length=1, max_length=9)] = MISSING
    status: Literal["draft", "sent", "received", "cancelled"] | MISSING = MISSING
    status_in: Annotated[
        list[Literal["draft", "sent", "received", "cancelled"]] | MISSING, Field(max_length=100)
    ] = MISSING
    ordered_on_ge: Date | MISSING = MISSING
    ordered_on_le: Date | MISSING = MISSING
    supplier_id: IntegerParameter | MISSING = MISSING
    sort: Annotated[
        list[Literal["ordered_on", "id", "-ordered_on", "-id"]] | MISSING,
        OneDirection,
        Field(max_length=4),
    ] = MISSING
    expand: Annotated[list[Literal["supplier", "warehouse"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50
