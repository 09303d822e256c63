"""Items: what the API reads and writes.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated

from pydantic import Field

from ..runtime.models import ResponseModel
from ..runtime.wire_types import Integer, String


class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String, Field(max_length=255)]
