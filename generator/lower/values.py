"""JSON values of a field as Python values, and back: expressions are about the latter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from uuid import UUID

from generator.ir import Type
from generator.lower.evaluate import Value
from generator.runtime import canonical

_READERS: Mapping[str, Callable[[Value], Value]] = {
    "number": float,
    "date": date.fromisoformat,
    "datetime": lambda text: datetime.fromisoformat(text).astimezone(UTC),
    "time": time.fromisoformat,
    "duration": canonical.read_duration,
    "uuid": UUID,
}
_WRITERS: Mapping[str, Callable[[Value], object]] = {
    "decimal": canonical.write_decimal,
    "date": canonical.write_date,
    "datetime": canonical.write_datetime,
    "time": canonical.write_time,
    "duration": lambda value: canonical.write_duration(value // canonical.MICROSECOND),
    "uuid": str,
}


def read(type_: Type, value: Value) -> Value:
    """Turn a JSON value of a type into the Python value that is stored."""
    if value is None:
        return None
    if type_.kind.name == "decimal":
        return canonical.read_decimal(value, type_.scale)
    return _READERS.get(type_.kind.name, _same)(value)


def write(type_: Type, value: Value) -> object:
    """Turn a Python value of a type into the JSON value that is answered."""
    writer: Callable[[Value], object] = _WRITERS.get(type_.kind.name, _same)
    return None if value is None else writer(value)


def _same(value: Value) -> Value:
    return value
