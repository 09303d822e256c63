"""Items: what the API reads and writes.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.orders import OneDirection
from ..runtime.wire_types import Cursor, Date, Decimal, Integer, IntegerParameter


class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    unit_price: Annotated[Decimal, Field(alias="unitPrice", max_digits=8, decimal_places=2)]
    made_on: Annotated[Date, Field(alias="madeOn")]


class ItemCreate(RequestModel):
    """What creates an item."""

    unit_price: Annotated[Decimal, Field(alias="unitPrice", max_digits=8, decimal_places=2)]
    made_on: Annotated[Date | MISSING, Field(alias="madeOn")] = MISSING


class ItemListParams(QueryModel, longest_query=27_861):
    """What narrows, sorts and pages a list of items."""

    unit_price_ge: Annotated[
        Decimal | MISSING, Field(alias="unitPriceGe", max_digits=8, decimal_places=2)
    ] = MISSING
    unit_price_in: Annotated[
        list[Annotated[Decimal, Field(max_digits=8, decimal_places=2)]] | MISSING,
        Field(alias="unitPriceIn", max_length=100),
    ] = MISSING
    sort: Annotated[
        list[Literal["unitPrice", "id", "-unitPrice", "-id"]] | MISSING,
        OneDirection,
        Field(max_length=4),
    ] = MISSING
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(alias="pageSize", ge=1, le=100)] = 20


class ItemPage(ResponseModel):
    """A page of items."""

    items: list[Item]
    next_cursor: Annotated[Cursor | None, Field(alias="nextCursor")]
    """What to send as `cursor` for the next page; null on the last one."""


class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    unit_price: Annotated[
        Decimal | MISSING, Field(alias="unitPrice", max_digits=8, decimal_places=2)
    ] = MISSING
    made_on: Annotated[Date | MISSING, Field(alias="madeOn")] = MISSING
