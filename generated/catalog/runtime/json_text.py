"""JSON text of single values, equal byte for byte to what a response model writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from pydantic_core import to_json

from .canonical import MICROSECOND, write_decimal, write_duration

write_string: Callable[[str], str] = encode_basestring
"""Quoted, with nothing escaped but what JSON demands."""

_OWN: dict[type, Callable[[Any], str]] = {
    Decimal: write_decimal,
    timedelta: lambda value: write_duration(value // MICROSECOND),
}
"""Where Pydantic, not told of a type, would write something else than `wire_types` says."""


def write_number(value: float) -> str:
    """Write the shortest text that is read as the same number."""
    # SQLite's RETURNING gives an integer where a REAL has no fraction.
    return to_json(float(value)).decode()


def write_boolean(value: bool | int) -> str:
    """Write `true` or `false`, of 1 and 0 too."""
    return "true" if value else "false"


def write_json(value: object) -> str:
    """Write a model, a list or any JSON value, as it is stored and then answered."""
    if type(value) is list and value and type(value[0]) in _OWN:
        own = _OWN[type(value[0])]
        value = [own(item) for item in value]
    return to_json(value, by_alias=True).decode()


def quoted(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Put quotes around text in which nothing has to be escaped."""
    return lambda value: f'"{write(value)}"'
