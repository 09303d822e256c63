"""How large a valid body can be, in bytes: what an operation must be ready to read.

A client may escape every character, so one of the upper planes takes twelve bytes (two `\\uXXXX`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.ir import Field, ObjectType, Type

LEAST_LIMIT = 2**20
MOST_BYTES = 16 * 2**20
"""A spec that allows larger bodies is refused."""

_FIXED = {"json": 64 * 2**10, "boolean": 5, "integer": 32, "number": 32}
"""Of the types that are no text. `json` has no bound of its own, so it is counted with this."""
_ASCII = {"date": 10, "datetime": 32, "time": 15, "duration": 40, "uuid": 36, "decimal": 21}
"""Of the texts whose grammar bounds them, in characters."""
_NULL = 4


def body_limit(fields: Iterable[Field], objects: Sequence[ObjectType]) -> int:
    """The limit of an operation that reads these fields: its largest valid body, at least 1 MiB."""
    members = ((field.wire, _largest(field.type, objects)) for field in fields)
    return max(LEAST_LIMIT, object_bytes(members))


def scalar_bytes(kind: str, characters: int) -> int:
    """The largest valid value of a type that holds no other; `characters` is for texts."""
    if kind in _FIXED:
        return _FIXED[kind]
    ascii_only = kind in _ASCII or kind in {"email", "url", "enum"}
    return 2 + (6 if ascii_only else 12) * _ASCII.get(kind, characters)


def list_bytes(items: int, item: int) -> int:
    """The largest list: its brackets, and each item with a comma and a space."""
    return 2 + items * (item + 2)


def object_bytes(members: Iterable[tuple[str, int]]) -> int:
    """The largest object: its braces, and each name and value with what stands between."""
    return 2 + sum(6 * len(name) + 6 + max(size, _NULL) for name, size in members)


def _largest(type_: Type, objects: Sequence[ObjectType]) -> int:
    if type_.item is not None:
        return list_bytes(type_.max_items or 0, _largest(type_.item, objects))
    if type_.kind.name == "object":
        inner = next(one for one in objects if one.name == type_.name)
        return object_bytes((field.wire, _largest(field.type, objects)) for field in inner.fields)
    longest = max((len(one.value) for one in type_.values), default=type_.max_length or 0)
    return scalar_bytes(type_.kind.name, longest)
