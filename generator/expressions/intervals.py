"""Between which two values something lies: how overflow is proven impossible before anything runs.

Ends are exact. Rounding to a double keeps order, so the rounded ends hold for rounded values.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

GREATEST_INTEGER = 2**63 - 1
LEAST_INTEGER = -(2**63)
EXACT_INTEGER = 2**53
"""Up to this, every integer is a double too."""
GREATEST_NUMBER = Fraction(sys.float_info.max)
MOST_DIGITS = 18
"""Of a decimal."""
NEAREST_TO_ZERO = Fraction(1, 2**500)
"""A number that is nearer to zero counts as zero when it is multiplied with a number or divided:
so no product or quotient is too small for a double, which PostgreSQL refuses and others round."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, low: int, high: int) -> Interval:
        """An interval of whole ends."""
        return cls(Fraction(low), Fraction(high))

    @property
    def size(self) -> Fraction:
        """The greatest distance from zero."""
        return max(abs(self.low), abs(self.high))

    @property
    def has_zero(self) -> bool:
        """Whether zero is in it."""
        return self.low <= 0 <= self.high

    def within(self, other: Interval) -> bool:
        """Whether all of it is in another."""
        return other.low <= self.low and self.high <= other.high

    def covering(self, other: Interval) -> Interval:
        """The least that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        return spanning(
            one * two for one in (self.low, self.high) for two in (other.low, other.high)
        )

    def __abs__(self) -> Interval:
        nearest = Fraction(0) if self.has_zero else min(abs(self.low), abs(self.high))
        return Interval(nearest, self.size)

    def divided(self, other: Interval, nearest: Fraction) -> Interval:
        """The quotients, where no divisor is nearer to zero than `nearest`."""
        ends = [
            end
            for end in (other.low, other.high, nearest, -nearest)
            if abs(end) >= nearest and other.low <= end <= other.high
        ]
        if not ends:
            return Interval.of(0, 0)
        return spanning(one / two for one in (self.low, self.high) for two in ends)

    def remainder(self, other: Interval) -> Interval:
        """The remainders, which have the sign of the dividend and are less than the divisor."""
        most = max(other.size - 1, Fraction(0))
        low = max(self.low, -most) if self.low < 0 else Fraction(0)
        high = min(self.high, most) if self.high > 0 else Fraction(0)
        return Interval(low, high)

    def rounded(self) -> Interval:
        """With ends that are doubles; only where nothing overflows."""
        return Interval(Fraction(float(self.low)), Fraction(float(self.high)))


def spanning(values: Iterable[Fraction]) -> Interval:
    """The least interval that holds some values."""
    found = tuple(values)
    return Interval(min(found), max(found))


INTEGERS = Interval.of(LEAST_INTEGER, GREATEST_INTEGER)
EXACT_INTEGERS = Interval.of(-EXACT_INTEGER, EXACT_INTEGER)
NUMBERS = Interval(-GREATEST_NUMBER, GREATEST_NUMBER)


def decimals(scale: int) -> Interval:
    """All decimals of so many digits behind the point."""
    most = Fraction(10**MOST_DIGITS - 1, 10**scale)
    return Interval(-most, most)
