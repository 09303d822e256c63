"""Constraints that have to hold of what was sent, not of the value that it became.

Pydantic applies what stands behind a type (`Field(pattern=...)`) on top of the type's own schema: a
pattern would replace the type's, and decimals would be counted after conversion. So what is here
leaves a note in a schema, and `complete`, which a base model calls once, carries it out.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, cast

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from .canonical import write_decimal
from .convert import ERRORS, decimal_text, distinct
from .grammar import GRAMMARS

Node = dict[str, Any]
_NOTE = "restwright_completion"
_INNER = ("schema", "items_schema")


@dataclass(frozen=True, slots=True)
class Text:
    """A string type with a grammar; other patterns and lengths narrow it."""

    grammar: str
    error: str | None = None
    """A kind in `convert.ERRORS`; None where naming the pattern says it best."""

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> core_schema.StringSchema:
        """Describe a string that is not converted from anything."""
        note = {_NOTE: self._complete}
        return core_schema.str_schema(strict=True, pattern=self.grammar, metadata=note)

    def _complete(self, node: Node) -> Node:
        if self.error is None and node["pattern"] == self.grammar:
            return node
        if node["pattern"] == self.grammar:
            node = {key: value for key, value in node.items() if key != "pattern"}
        matching = _matching(self.grammar, self.error)
        return cast(
            Node, core_schema.no_info_after_validator_function(matching, cast(CoreSchema, node))
        )


@cache
def _matching(grammar: str, error: str | None) -> Callable[[Any], object]:
    """Make what holds text to a grammar; most text is seen to be good without any."""
    exact = _validator(grammar, error).validate_python
    if grammar != GRAMMARS["String"]:
        return exact

    def match(text: str) -> object:
        return text if text.isascii() and "\0" not in text else exact(text)

    return match


@cache
def _validator(grammar: str, error: str | None) -> SchemaValidator:
    """Make what holds text to a grammar: one for all fields, since each would compile its own."""
    schema: CoreSchema = core_schema.str_schema(pattern=grammar)
    if error is not None:
        schema = core_schema.custom_error_schema(
            schema, custom_error_type=error, custom_error_message=ERRORS[error]
        )
    return SchemaValidator(schema)


@dataclass(frozen=True, slots=True)
class ExactDecimal:
    """A decimal that is text on the wire, with a bound on its decimals as they are written."""

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> core_schema.DecimalSchema:
        """Describe the value; the bounds that stand behind the type become part of this schema."""
        return core_schema.decimal_schema(
            metadata={_NOTE: _complete_decimal},
            serialization=core_schema.plain_serializer_function_ser_schema(
                write_decimal, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )


@dataclass(frozen=True, slots=True)
class Distinct:
    """A mark beside a list of scalars: no two are equal as JSON values, in the form they came."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Mark the list, also where it may be null or missing."""
        return cast(CoreSchema, _marked(cast(Node, handler(source))))


def _marked(node: Node) -> Node:
    if node["type"] in ("nullable", "missing-sentinel"):
        return {**node, "schema": _marked(node["schema"])}
    return {**node, "metadata": {**node.get("metadata", {}), _NOTE: _complete_list}}


def _complete_list(node: Node) -> Node:
    inner = cast(CoreSchema, complete(node))
    return cast(Node, core_schema.no_info_wrap_validator_function(distinct, inner))


def _complete_decimal(node: Node) -> Node:
    read: Callable[[Any], decimal.Decimal] = partial(
        decimal_text, places=node.get("decimal_places")
    )
    return cast(
        Node,
        core_schema.no_info_before_validator_function(
            read, cast(CoreSchema, node), serialization=node.get("serialization")
        ),
    )


def complete(node: Mapping[str, Any]) -> Node:
    """Carry out the notes in a schema and in what it holds, short of other models."""
    metadata: Mapping[str, Any] = node.get("metadata") or {}
    if _NOTE in metadata:
        rest = {key: value for key, value in metadata.items() if key != _NOTE}
        return cast(Node, metadata[_NOTE]({**node, "metadata": rest}))
    done = dict(node)
    for key in _INNER:
        if isinstance(done.get(key), dict):
            done[key] = complete(done[key])
    if "fields" in done:
        done["fields"] = {name: complete(field) for name, field in done["fields"].items()}
    return done
