"""The operators of rules over values that may be null, and those that Python says otherwise.

Null is None, and what has to do with null is null: a comparison with it is neither true nor false.
"""

from __future__ import annotations

import decimal
from collections.abc import Container, Sized
from typing import Any, TypeAlias

Value: TypeAlias = Any
"""What a column holds: None, or a value of any type."""
_NEAREST_TO_ZERO = 2.0**-500
"""A number nearer to zero counts as zero when it is multiplied with a number, or divided."""
_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOWER = {after: before for before, after in _UPPER.items()}


def equal(one: Value, two: Value) -> bool | None:
    """Tell whether two values are the same."""
    return None if one is None or two is None else bool(one == two)


def unequal(one: Value, two: Value) -> bool | None:
    """Tell whether two values differ."""
    return None if one is None or two is None else bool(one != two)


def less(one: Value, two: Value) -> bool | None:
    """Tell whether one comes before two."""
    return None if one is None or two is None else bool(one < two)


def at_most(one: Value, two: Value) -> bool | None:
    """Tell whether one does not come after two."""
    return None if one is None or two is None else bool(one <= two)


def more(one: Value, two: Value) -> bool | None:
    """Tell whether one comes after two."""
    return None if one is None or two is None else bool(one > two)


def at_least(one: Value, two: Value) -> bool | None:
    """Tell whether one does not come before two."""
    return None if one is None or two is None else bool(one >= two)


def one_of(value: Value, options: Container[Value]) -> bool | None:
    """Tell whether a value is among some."""
    return None if value is None else value in options


def none_of(value: Value, options: Container[Value]) -> bool | None:
    """Tell whether a value is not among some."""
    return None if value is None else value not in options


def all_of(*conditions: bool | None) -> bool | None:
    """Join conditions by `and`: false where one is false, whatever is unknown."""
    if any(one is False for one in conditions):
        return False
    return None if None in conditions else True


def any_of(*conditions: bool | None) -> bool | None:
    """Join conditions by `or`: true where one is true, whatever is unknown."""
    if any(one is True for one in conditions):
        return True
    return None if None in conditions else False


def opposite(condition: bool | None) -> bool | None:
    """Turn a condition around."""
    return None if condition is None else not condition


def known_or(value: Value, otherwise: Value) -> Value:
    """Give the first of two values that is not null."""
    return otherwise if value is None else value


def plus(one: Value, two: Value) -> Value:
    """Add numbers, or join texts."""
    return None if one is None or two is None else one + two


def minus(one: Value, two: Value) -> Value:
    """Subtract."""
    return None if one is None or two is None else one - two


def times(one: Value, two: Value) -> Value:
    """Multiply exactly, or a number with an integer."""
    return None if one is None or two is None else one * two


def number_times(one: float | None, two: float | None) -> float | None:
    """Multiply numbers."""
    if one is None or two is None:
        return None
    return _noticeable(one) * _noticeable(two) + 0.0


def quotient(one: Value, two: Value) -> float | None:
    """Divide; null on zero."""
    if one is None or two is None or not (divisor := _noticeable(float(two))):
        return None
    return _noticeable(float(one)) / divisor + 0.0


def remainder(one: int | None, two: int | None) -> int | None:
    """Give what a division leaves over, with the sign of the dividend; null on zero."""
    if one is None or not two:
        return None
    left = abs(one) % abs(two)
    return left if one >= 0 else -left


def absolute(value: Value) -> Value:
    """Give the distance from zero."""
    return None if value is None else abs(value)


def length(value: Sized | None) -> int | None:
    """Count the code points of a text, or the items of a list."""
    return None if value is None else len(value)


def lower(value: str | None) -> str | None:
    """Write ASCII letters in lower case."""
    return None if value is None else value.translate(_LOWER)


def upper(value: str | None) -> str | None:
    """Write ASCII letters in upper case."""
    return None if value is None else value.translate(_UPPER)


def number(value: Value) -> float | None:
    """Make an integer a number."""
    return None if value is None else float(value)


def scaled(value: Value, scale: int) -> decimal.Decimal | None:
    """Give a decimal exactly so many digits behind the point; none is lost."""
    if value is None:
        return None
    return decimal.Decimal(value).quantize(decimal.Decimal(1).scaleb(-scale))


def _noticeable(value: float) -> float:
    return 0.0 if abs(value) < _NEAREST_TO_ZERO else value
