"""Items: what the API reads and writes.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, ResponseModel
from ..runtime.orders import OneDirection
from ..runtime.wire_types import Cursor, Integer, IntegerParameter, String


class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String, Field(max_length=255)]


class ItemListParams(QueryModel):
    """What narrows, sorts and pages a list of items."""

    sort: Annotated[
        list[Literal["title", "id", "-title", "-id"]] | MISSING, OneDirection, Field(max_length=4)
    ] = MISSING
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=40)] = 10


class ItemPage(ResponseModel):
    """A page of items."""

    items: list[Item]
    next_cursor: Cursor | None
    """What to send as `cursor` for the next page; null on the last one."""
