"""The schema of a field, made once for all models that have a field of the same type and bounds.

Pydantic makes one anew for each field, which is most of what a service of many resources needs to
start, in time and in memory. A schema that depends on the model it stands in is never shared.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from .narrowing import complete

_OWN = frozenset({"model", "definition-ref", "definitions", "with-info"})
"""Kinds of nodes that belong to one model: other models, and functions that know their field."""
_BOUNDS = tuple(type(mark) for mark in Field(gt=0, ge=0, lt=0, le=0).metadata)
"""The classes of marks that Pydantic makes of bounds."""
_TELLS_ALL = ("annotated_types", "pydantic")
"""Whose marks say in `repr` all that they are; equality would take `ge=0` for `ge=0.0`."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The last mark of a field: it gives the schema that the marks before it have made once."""

    key: Hashable

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Give the schema, completed."""
        known = _KNOWN.get(self.key)
        if known is not None:
            return known
        made = cast(CoreSchema, complete(cast(dict[str, Any], handler(source))))
        if self.key is not None and not _is_own(made):
            # It keeps the functions alive that the key names by their addresses.
            _KNOWN[self.key] = made
        return made


_KNOWN: dict[Hashable, CoreSchema] = {}


def share(fields: Iterable[FieldInfo]) -> None:
    """Let fields whose models are about to be made share their schemas; each is completed."""
    for field in fields:
        if not any(isinstance(mark, Shared) for mark in field.metadata):
            # A list of its own: a copy of the field in another model keeps the old one.
            field.metadata = [*_bounds_first(field.metadata), Shared(_key(field))]


def _bounds_first(marks: Sequence[object]) -> list[object]:
    """Put bounds before the first function: behind it, Pydantic checks each by another function.

    They still hold of what the function makes, since that is what the type itself gets.
    """
    kinds = [isinstance(mark, BeforeValidator) for mark in marks]
    first = kinds.index(True) if True in kinds else len(marks)
    bounds = [mark for mark in marks[first:] if isinstance(mark, _BOUNDS)]
    others = [mark for mark in marks[first:] if not isinstance(mark, _BOUNDS)]
    return [*marks[:first], *bounds, *others]


def _key(field: FieldInfo) -> Hashable:
    # With its text, since `Literal["a", "b"]` equals `Literal["b", "a"]`, which reads differently.
    annotation = (field.annotation, repr(field.annotation))
    key = (annotation, *(_told(mark) for mark in field.metadata))
    try:
        hash(key)
    except TypeError:
        return None
    return key


def _told(mark: object) -> object:
    return repr(mark) if type(mark).__module__.startswith(_TELLS_ALL) else mark


def _is_own(node: object) -> bool:
    if isinstance(node, dict):
        return node.get("type") in _OWN or any(_is_own(one) for one in node.values())
    return isinstance(node, list | tuple) and any(_is_own(one) for one in node)
