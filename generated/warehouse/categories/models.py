"""Categories: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import BooleanParameter, DateTime, Integer, IntegerParameter, String


class Category(ResponseModel):
    """A branch of the tree that products are sorted into."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    name: Annotated[String, Field(min_length=1, max_length=80)]
    parent_id: Annotated[Integer | None, Field(ge=1)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""


class CategoryCreate(RequestModel):
    """What creates a category."""

    name: Annotated[String, Field(min_length=1, max_length=80)]
    parent_id: Annotated[Integer | None, Field(ge=1)] = None


class CategoryListParams(QueryModel):
    """What narrows, sorts and pages a list of categories."""

    parent_id: IntegerParameter | MISSING = MISSING
    parent_id_is_null: BooleanParameter | MISSING = MISSING
    sort: Annotated[list[Literal["name", "id", "-name", "-id"]] | MISSING, Field(max_length=4)] = (
        MISSING
    )
    expand: Annotated[list[Literal["parent"]] | MISSING, Field(max_length=1)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50


class CategoryReadParams(QueryModel):
    """What is answered beside the category."""

    expand: Annotated[list[Literal["parent"]] | MISSING, Field(max_length=1)] = MISSING


class CategoryUpdate(RequestModel):
    """The fields of a category to change; the others stay as they are."""

    name: Annotated[String | MISSING, Field(min_length=1, max_length=80)] = MISSING
    parent_id: Annotated[Integer | None | MISSING, Field(ge=1)] = MISSING


class CategoryChildListParams(QueryModel):
    """What narrows, sorts and pages a list of categories."""

    sort: Annotated[list[Literal["name", "id", "-name", "-id"]] | MISSING, Field(max_length=4)] = (
        MISSING
    )
    expand: Annotated[list[Literal["parent"]] | MISSING, Field(max_length=1)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50
