"""How large a valid body or query can be, in bytes: what an operation must be ready to read.

A client may escape every character, so one of the upper planes takes twelve bytes (two `\\uXXXX`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.field_types import MEMBERSHIP, Operator
from generator.ir import Field, Filter, ObjectType, Type

LEAST_LIMIT = 2**20
LEAST_QUERY = 8 * 2**10
MOST_QUERY = 60 * 2**10
"""uvicorn's parser reads no longer request line than 64 KiB."""
MOST_VALUES = 100
"""Of a parameter that takes several."""
MAX_PARAMETER_LENGTH = 2_048
"""Characters of a query parameter, whatever its field may hold."""
MOST_BYTES = 16 * 2**20
"""A spec that allows larger bodies is refused."""

_FIXED = {"json": 64 * 2**10, "boolean": 5, "integer": 32, "number": 32}
"""Of the types that are no text. `json` has no bound of its own, so it is counted with this."""
_ASCII = {"date": 10, "datetime": 32, "time": 15, "duration": 40, "uuid": 36, "decimal": 21}
"""Of the texts whose grammar bounds them, in characters."""
_NULL = 4
_PAGING = 1_024
"""Of a query: `page` or `cursor`, and `page_size`."""
LONGEST_SEARCH = 200
"""Characters of `q`."""
MANY_VALUED: tuple[Operator, ...] = ("in", *MEMBERSHIP)
"""Of filters: those that take several values."""

Keys = tuple[str, Type, int]
"""The keys of a relation to many: their name on the wire, the type of one, the most of them."""


def body_limit(
    fields: Iterable[Field], objects: Sequence[ObjectType], keys: Iterable[Keys] = ()
) -> int:
    """The limit of an operation that reads these fields: its largest valid body, at least 1 MiB."""
    return max(LEAST_LIMIT, body_bytes(fields, objects, keys))


def body_bytes(
    fields: Iterable[Field], objects: Sequence[ObjectType], keys: Iterable[Keys] = ()
) -> int:
    """The largest valid body of these fields, and of the keys of relations to many."""
    members = [(field.wire, _largest(field.type, objects)) for field in fields]
    members += [(wire, keys_bytes(type_, most)) for wire, type_, most in keys]
    return object_bytes(members)


def bulk_create_limit(item: int, most: int) -> int:
    """The limit of an operation that reads so many bodies, each of so many bytes."""
    return max(LEAST_LIMIT, object_bytes([("items", list_bytes(most, item))]))


def bulk_delete_limit(key: Type, most: int) -> int:
    """The limit of an operation that reads so many keys."""
    return max(LEAST_LIMIT, object_bytes([("ids", keys_bytes(key, most))]))


def keys_bytes(key: Type, most: int) -> int:
    """The largest list of so many keys."""
    return list_bytes(most, scalar_bytes(key.kind.name, key.max_length or 0))


def query_limit(
    filters: Iterable[Filter],
    sorts: Sequence[str],
    *,
    search: bool = False,
    expand: Sequence[str] = (),
) -> int:
    """The limit of a list's query: its longest valid one, 8 to 60 KiB."""
    asked = sum(_parameter_bytes(one) for one in filters)
    asked += len("&q=") + 12 * LONGEST_SEARCH if search else 0
    asked += sum(len("&expand=") + 3 * len(name) for name in expand)
    sorted_by = sum(2 * (len("&sort=-") + 2 * len(name)) for name in sorts)
    return min(MOST_QUERY, max(LEAST_QUERY, asked + sorted_by + _PAGING))


def _parameter_bytes(one: Filter) -> int:
    """The longest a filter can be: each character of a text percent-encoded."""
    characters = max((len(value.value) for value in one.type.values), default=0)
    characters = characters or _ASCII.get(one.type.kind.name) or one.type.max_length or 32
    encoded = 12 * min(characters, MAX_PARAMETER_LENGTH)
    return (MOST_VALUES if one.operator in MANY_VALUED else 1) * (len(one.wire) + 2 + encoded)


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
