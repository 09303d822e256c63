"""What an expression can name: the columns of a row, as far as expressions need to know them.

A range is of the values of an integer, a number or a decimal, of the length of a text or a list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from generator.expressions.intervals import GREATEST_NUMBER, Interval
from generator.field_types import MAX_SAFE_INTEGER
from generator.ir import Field, Type

if TYPE_CHECKING:
    from generator.expressions.typed import Node

Kind = Literal[
    "integer", "number", "decimal", "boolean", "text", "date", "datetime", "time", "duration",
    "uuid", "list", "opaque",
]  # fmt: skip
"""`opaque` is what only `is null` can ask about: secrets, JSON and objects."""

KINDS: dict[str, Kind] = {
    "string": "text", "text": "text", "email": "text", "url": "text", "enum": "text",
    "integer": "integer", "number": "number", "decimal": "decimal", "boolean": "boolean",
    "date": "date", "datetime": "datetime", "time": "time", "duration": "duration",
    "uuid": "uuid", "list": "list", "json": "opaque", "object": "opaque", "secret": "opaque",
}  # fmt: skip
UNUSABLE = {
    "key": "it is made when the row is written, after rules were checked",
    "version": "it changes with every write",
    "deleted_at": "it belongs to the service",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A column, by the name that expressions give it."""

    kind: Kind
    type_name: str
    """As the spec calls it: `enum`, `email`."""
    nullable: bool
    range: Interval | None = None
    scale: int = 0
    """Of a decimal."""
    values: frozenset[str] | None = None
    """Of an enum."""
    enum: str | None = None
    """The name of the enum."""
    unusable: str | None = None
    """Why no expression can name it."""
    unusable_code: str = "expression-name"
    inlined: Node | None = None
    """Of a computed field: the computation that stands in its place."""


def operand_of(type_: Type, nullable: bool) -> Operand:
    """What expressions know of a type."""
    kind = KINDS[type_.kind.name]
    return Operand(
        kind=kind,
        type_name=type_.kind.name,
        nullable=nullable,
        range=_range(type_, kind),
        scale=type_.scale or 0 if kind == "decimal" else 0,
        values=frozenset(one.value for one in type_.values) if type_.values else None,
        enum=type_.name if type_.values else None,
    )


def operand(field: Field) -> Operand:
    """What expressions know of a column."""
    found = operand_of(field.type, field.nullable)
    made = field.role == "key" and field.on_create == "absent"
    if made or field.role in {"version", "deleted_at"}:
        return replace(found, unusable=UNUSABLE[field.role])
    return found


def _range(type_: Type, kind: Kind) -> Interval | None:
    if kind == "text" and type_.values:
        lengths = [len(one.value) for one in type_.values]
        return Interval.of(min(lengths), max(lengths))
    if kind == "text":
        return Interval.of(type_.min_length or 0, type_.max_length or 0)
    if kind == "list":
        return Interval.of(type_.min_items or 0, type_.max_items or 0)
    if kind == "integer":
        return _bounded(type_, Fraction(MAX_SAFE_INTEGER), Fraction(1))
    if kind == "decimal":
        scale = type_.scale or 0
        most = Fraction(10) ** ((type_.precision or 0) - scale) - Fraction(1, 10**scale)
        return _bounded(type_, most, Fraction(1, 10**scale))
    return _bounded(type_, GREATEST_NUMBER, Fraction(0)) if kind == "number" else None


def _bounded(type_: Type, most: Fraction, step: Fraction) -> Interval:
    """The range that a type's bounds leave; what lies strictly above a bound is a step away."""
    lows, highs = [-most], [most]
    lows += [Fraction(type_.ge)] if type_.ge is not None else []
    lows += [Fraction(type_.gt) + step] if type_.gt is not None else []
    highs += [Fraction(type_.le)] if type_.le is not None else []
    highs += [Fraction(type_.lt) - step] if type_.lt is not None else []
    return Interval(max(lows), min(highs))
