"""Tags: what the API reads and writes.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from pydantic import Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import DateTime, IntegerParameter, String


class Tag(ResponseModel):
    """A word that products are found by."""

    name: Annotated[String, Field(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")]
    meaning: Annotated[String | None, Field(max_length=200)]
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""


class TagCreate(RequestModel):
    """What creates a tag."""

    name: Annotated[String, Field(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")]
    meaning: Annotated[String | None, Field(max_length=200)] = None


class TagListParams(QueryModel):
    """What narrows, sorts and pages a list of tags."""

    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=200)] = 50
