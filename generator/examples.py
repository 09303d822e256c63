"""Examples: a JSON value that a type accepts, for where the spec gives none.

An example shows the form, so it is plausible rather than exhaustive; it is always valid, since
tools send it as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

from generator import patterns
from generator.decimal_patterns import decimal_range
from generator.ir import Type
from generator.naming import words
from generator.schemas import GRAMMARS, integer_range
from generator.shapes import Member, Shape

Objects = Mapping[str, Shape]
"""The shapes that values may have, by name: objects of the spec, rows, bodies."""

_FIXED: dict[str, object] = {
    "date": "2026-11-22",
    "time": "09:30:00",
    "datetime": "2026-11-22T09:30:00Z",
    "duration": "PT1H30M",
    "uuid": "0190b5a2-7c1e-7d3f-8a4b-5c6d7e8f9a0b",
    "boolean": True,
    "json": {"colour": "blue"},
}
_PLAIN = {"email": "ada@example.com", "url": "https://example.com/"}
_TEXTS = {
    "email": "ada@example.com",
    "phone": "+44 20 7946 0958",
    "city": "London",
    "country": "United Kingdom",
    "currency": "EUR",
    "language": "en",
    "first_name": "Ada",
    "last_name": "Lovelace",
    "password": "correct horse battery staple",
}
_FILLER = "abcdefghijklmnopqrstuvwxyz"
_MICROSECONDS = 6


def example(type_: Type, objects: Objects, name: str = "") -> object:
    """Give a JSON value of a type; the name of its field makes it plausible."""
    kind = type_.kind.name
    if kind in _FIXED:
        return _FIXED[kind]
    if kind == "object":
        assert type_.name is not None
        return shape_example(objects[type_.name], objects)
    if kind == "list":
        return _list(type_, objects, name)
    return _MAKERS[kind](type_) if kind in _MAKERS else _text(type_, name)


def member_example(member: Member, objects: Objects) -> object:
    """Give the example of a field: the spec's own, else its default, else a made one."""
    if member.example is not None:
        return member.example
    if member.default is not None and member.default.value is not None:
        return member.default.value
    return example(member.type, objects, member.name)


def shape_example(shape: Shape, objects: Objects) -> dict[str, object]:
    """Give an example of a whole body or answer, by wire names."""
    answered = shape.role == "answer"
    found: dict[str, object] = {}
    for member in shape.all_members:
        shown = shape.example
        value = shown[member.name] if member.name in shown else member_example(member, objects)
        found[member.wire] = canonical(member.type, value) if answered else value
    return found


def canonical(type_: Type, value: object) -> object:
    """Write a value that was sent as it is answered: all decimals, in UTC, lower case."""
    if isinstance(value, list) and type_.item is not None:
        return [canonical(type_.item, one) for one in value]
    return _canonical_text(type_, value) if isinstance(value, str) else value


def _canonical_text(type_: Type, value: str) -> str:
    kind = type_.kind.name
    if kind == "decimal":
        return f"{Decimal(value):.{type_.scale or 0}f}"
    if kind == "uuid":
        return value.lower()
    if kind == "datetime":
        moment = datetime.fromisoformat(value).astimezone(UTC)
        return moment.isoformat().removesuffix("+00:00") + "Z"
    if kind == "time" and "." in value:
        clock, _, fraction = value.partition(".")
        padded = fraction.ljust(_MICROSECONDS, "0")
        return f"{clock}.{padded}" if padded.strip("0") else clock
    return value


def _integer(type_: Type) -> int:
    lowest, highest = integer_range(type_)
    step = type_.multiple_of or 1
    first = -(-max(lowest, min(1, highest)) // step) * step
    return first if first <= highest else highest // step * step


def _number(type_: Type) -> object:
    low = type_.ge if type_.ge is not None else type_.gt
    high = type_.le if type_.le is not None else type_.lt
    for value in (9.5, 1, 0.5, 0, low, high):
        if value is not None and in_range(float(value), type_):
            return value
    start = float(low or 0)
    candidates = ((start + float(high or 0)) / 2, math.nextafter(start, math.inf))
    return next(value for value in candidates if in_range(value, type_))


def in_range(value: float, type_: Type) -> bool:
    """Tell whether a number is within the bounds of a type."""
    return (
        (type_.gt is None or value > float(type_.gt))
        and (type_.ge is None or value >= float(type_.ge))
        and (type_.lt is None or value < float(type_.lt))
        and (type_.le is None or value <= float(type_.le))
    )


def _decimal(type_: Type) -> str:
    scale = type_.scale or 0
    low, high = decimal_range(type_)
    units = max(low, min(1250 * 10**scale // 100, high))
    return f"{Decimal(units).scaleb(-scale):.{scale}f}"


_MAKERS: dict[str, Callable[[Type], object]] = {
    "integer": _integer,
    "number": _number,
    "decimal": _decimal,
    "enum": lambda type_: type_.values[0].value,
}


def _list(type_: Type, objects: Objects, name: str) -> list[object]:
    assert type_.item is not None
    least = type_.min_items or 0
    if type_.max_items == 0:
        return []
    singular = name.removesuffix("s")
    values: list[object] = []
    for nth in range(max(least, 1)):
        value = example(type_.item, objects, singular)
        values.append(_nth(type_.item, value, nth) if type_.unique_items else value)
    return values


def _nth(type_: Type, value: object, nth: int) -> object:
    """Make the example of a list's item differ from those before it."""
    if nth == 0:
        return value
    match type_.kind.name:
        case "enum":
            another: object = type_.values[nth].value
        case "boolean":
            another = not value
        case "integer":
            another = cast(int, value) + nth * (type_.multiple_of or 1)
        case "uuid":
            another = f"{str(value)[:-12]}{nth:012x}"
        case "date":
            another = f"{2000 + nth}-11-22"
        case _:
            kept = (type_.max_length or 255) - len(str(nth))
            another = f"{str(value)[:kept]}{nth}"
    return another


def _text(type_: Type, name: str) -> str:
    kind = type_.kind.name
    least, most = type_.min_length or 0, type_.max_length or 255
    plain = _PLAIN.get(kind) or _TEXTS.get(name) or words(name).strip().capitalize() or "Text"
    pattern = type_.pattern or GRAMMARS.get(kind)
    if type_.pattern is None and least <= len(plain) <= most:
        return plain
    if pattern is not None:
        found = patterns.sample(patterns.parse(pattern), least, most)
        return plain if found is None else found
    return _fitted(plain, least, most)


def _fitted(plain: str, least: int, most: int) -> str:
    cut = plain[:most].rstrip()
    return cut + (_FILLER * (least // len(_FILLER) + 1))[: max(0, least - len(cut))]
