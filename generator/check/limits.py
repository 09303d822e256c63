"""The bounds of a value as they hold together: the range of the short type with the long keys."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from generator.field_types import MAX_SAFE_INTEGER, FieldType
from generator.short_form import TypeSpec
from generator.spec import ValueSpec

MAX_ITEMS = 100
"""Of a list that says nothing else."""
MAX_PRECISION = 18

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Lengths:
    """Fewest and most characters of a text, or items of a list."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest value, both included; None is without end."""

    low: Number | None
    high: Number | None

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return self.low is not None and self.high is not None and self.low > self.high

    def holds(self, value: Number) -> bool:
        """Whether a value is in it."""
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)


def plain(type_: TypeSpec) -> ValueSpec:
    """A type with nothing beside it: what a list holds."""
    return ValueSpec.model_construct(type=type_)


def lengths(value: ValueSpec, kind: FieldType) -> Lengths:
    """Of a text: what is not said is the default of its type."""
    short = value.type
    least = value.min_length if short.min is None else int(short.min)
    most = value.max_length if short.max is None else int(short.max)
    return Lengths(least or 0, (kind.default_max_length or 0) if most is None else most)


def item_counts(value: ValueSpec) -> Lengths:
    """Of a list."""
    return Lengths(value.min_items or 0, MAX_ITEMS if value.max_items is None else value.max_items)


def bounds(value: ValueSpec, kind: FieldType) -> Range:
    """Of an integer, a number or a decimal, in steps that the type can take."""
    short = value.type
    low = value.ge if short.min is None else Decimal(short.min)
    high = value.le if short.max is None else Decimal(short.max)
    if kind.name == "number":
        return Range(_least_float(value.gt, low), _greatest_float(value.lt, high))
    step = Decimal(1).scaleb(-(short.scale or 0)) if kind.name == "decimal" else Decimal(1)
    most = Decimal(MAX_SAFE_INTEGER)
    if kind.name == "decimal":
        most = Decimal(10) ** ((short.precision or 0) - (short.scale or 0)) - step
    lows = [low] if low is not None else []
    highs = [high] if high is not None else []
    lows += [value.gt + step] if value.gt is not None else []
    highs += [value.lt - step] if value.lt is not None else []
    return Range(max([-most, *lows]), min([most, *highs]))


def _least_float(gt: Decimal | None, ge: Decimal | None) -> float | None:
    found = [] if ge is None else [float(ge)]
    found += [] if gt is None else [math.nextafter(float(gt), math.inf)]
    return max(found, default=None)


def _greatest_float(lt: Decimal | None, le: Decimal | None) -> float | None:
    found = [] if le is None else [float(le)]
    found += [] if lt is None else [math.nextafter(float(lt), -math.inf)]
    return min(found, default=None)
