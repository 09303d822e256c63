"""What the models of every resource have in common: closed bodies, wire names, defaults as values.

A field is read and written by its wire name alone (its alias, where it has one).
"""

from __future__ import annotations

from typing import Any, ClassVar, Unpack, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, field_validator
from pydantic_core import CoreSchema

from .convert import refusal
from .field_schemas import share
from .narrowing import complete
from .wire_types import Empty, Repeated


class WireModel(BaseModel):
    """A model whose fields are of the types in `wire_types`."""

    # Values that a client sent are in no log.
    model_config = ConfigDict(serialize_by_alias=True, hide_input_in_errors=True)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let constraints narrow the grammars of their types, once, when the class is made."""
        if cls.__pydantic_fields_complete__:
            share(cls.__pydantic_fields__.values())
            return handler(source)
        schema = handler(source)
        model = cast(dict[str, Any], handler.resolve_ref_schema(schema))
        model["schema"] = complete(model["schema"])
        return schema


class RequestModel(WireModel):
    """What a client sends in a body: no other keys, and defaults are values of their types."""

    model_config = ConfigDict(extra="forbid", validate_default=True)


class ResponseModel(WireModel):
    """What is answered. Rows are encoded without it: its schema is made if something else asks."""

    model_config = ConfigDict(defer_build=True)


class QueryModel(WireModel):
    """The query parameters of an operation: no others, each once, none empty."""

    model_config = ConfigDict(extra="forbid")

    __longest_query__: ClassVar[int] = 8_192
    """Bytes. Where a valid query can be longer, `class X(QueryModel, longest_query=n)` says so."""

    def __init_subclass__(
        cls, *, longest_query: int | None = None, **options: Unpack[ConfigDict]
    ) -> None:
        super().__init_subclass__(**options)
        if longest_query is not None:
            cls.__longest_query__ = longest_query

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_markers(cls, value: object) -> object:
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, Repeated):
                raise refusal("repeated_parameter")
            if isinstance(one, Empty):
                raise refusal("empty_parameter")
        return value
