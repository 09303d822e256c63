"""The JSON that a body may be: UTF-8 (RFC 8259) without BOM, at most 100 levels deep.

Whatever is anything else is `MALFORMED`, never an exception: the model that validates the body then
refuses it, and its error stands beside those of the path and the query. Duplicate keys: the last
counts. An integer may have 4,300 digits, the most that Python turns into text.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from math import isfinite
from typing import Final

from pydantic_core import from_json

MOST_LEVELS = 100
_CONTAINERS = frozenset({dict, list})

MALFORMED: Final = object()
"""A plain object: Pydantic reads attributes of any class but the builtin ones."""


def read_json(data: bytes) -> object:
    """Read a value, or return `MALFORMED`."""
    try:
        value = from_json(data, allow_inf_nan=False)
    except ValueError:
        return MALFORMED
    return value if _is_carried(value) else MALFORMED


def _is_carried(value: object) -> bool:
    """Tell whether every number is finite (`1e400` is not) and nothing is nested too deep.

    It looks at all values of a level at once, since a call for each would cost more than reading.
    """
    level: Collection[object] = [value]
    depth = 0
    if isinstance(value, dict):
        level, depth = value.values(), 1
    while level:
        kinds = set(map(type, level))
        if float in kinds and not all(isfinite(item) for item in level if type(item) is float):
            return False
        nested = kinds & _CONTAINERS
        if not nested:
            return True
        depth += 1
        if depth > MOST_LEVELS:
            return False
        inner: list[object] = []
        if dict in nested:
            inner.extend(chain.from_iterable(one.values() for one in level if type(one) is dict))
        if list in nested:
            inner.extend(chain.from_iterable(one for one in level if type(one) is list))
        level = inner
    return True
