"""Items: what the API reads and writes.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from builtins import list as list_
from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import RequestModel, ResponseModel
from ..runtime.wire_types import Date, Decimal, Integer, String, UniqueItems


class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    labels: Annotated[
        list_[Annotated[String, Field(min_length=1, max_length=20)]], Field(max_length=100)
    ]
    prices: Annotated[
        list_[Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=2)]],
        Field(min_length=1, max_length=5),
    ]
    days: Annotated[list_[Date], UniqueItems, Field(max_length=100)]
    colours: Annotated[list_[Literal["red", "green"]], Field(max_length=100)]
    list: Annotated[list_[Integer] | None, Field(max_length=100)]


class ItemCreate(RequestModel):
    """What creates an item."""

    labels: Annotated[
        list_[Annotated[String, Field(min_length=1, max_length=20)]], Field(max_length=100)
    ]
    prices: Annotated[
        list_[Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=2)]],
        Field(min_length=1, max_length=5),
    ]
    days: Annotated[list_[Date], UniqueItems, Field(max_length=100)]
    colours: Annotated[list_[Literal["red", "green"]], Field(max_length=100)] = ["red"]
    list: Annotated[list_[Integer] | None, Field(max_length=100)] = None


class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    labels: Annotated[
        list_[Annotated[String, Field(min_length=1, max_length=20)]] | MISSING,
        Field(max_length=100),
    ] = MISSING
    prices: Annotated[
        list_[Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=2)]] | MISSING,
        Field(min_length=1, max_length=5),
    ] = MISSING
    days: Annotated[list_[Date] | MISSING, UniqueItems, Field(max_length=100)] = MISSING
    colours: Annotated[list_[Literal["red", "green"]] | MISSING, Field(max_length=100)] = MISSING
    list: Annotated[list_[Integer] | None | MISSING, Field(max_length=100)] = MISSING
