"""The JSON that a body may be: UTF-8 (RFC 8259) without BOM, at most 100 levels deep.

Whatever is anything else is `MALFORMED`, never an exception: the model that validates the body then
refuses it, and its error stands beside those of the path and the query. Duplicate keys: the last
counts. An integer may have 4,300 digits, the most that Python turns into text.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Final

from pydantic_core import from_json

MOST_LEVELS = 100

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
    """Tell whether every number is finite (`1e400` is not) and nothing is nested too deep."""
    level: list[object] = [value]
    depth = 0
    while level:
        if any(isinstance(item, float) and not isfinite(item) for item in level):
            return False
        containers = [item for item in level if isinstance(item, dict | list)]
        depth += bool(containers)
        if depth > MOST_LEVELS:
            return False
        level = [inner for container in containers for inner in _items(container)]
    return True


def _items(container: dict[str, object] | list[object]) -> Iterable[object]:
    return container.values() if isinstance(container, dict) else container
