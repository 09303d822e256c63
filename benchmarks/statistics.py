"""Samples to figures: medians and how far they spread.

A round that something else disturbed is not thrown away: the median bears it, the spread tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of several rounds, and the quartiles around it."""

    middle: float
    low: float
    high: float

    @property
    def spread(self) -> float:
        """Return half the distance of the quartiles as a part of the median."""
        return (self.high - self.low) / 2 / self.middle if self.middle else 0.0

    def __str__(self) -> str:
        """Write it as a ratio is told."""
        return f"{self.middle:.2f} ±{self.spread:.0%}"


def figure(samples: Sequence[float]) -> Figure:
    """Summarise samples, at least one."""
    if len(samples) < 3:
        return Figure(median(samples), min(samples), max(samples))
    low, _, high = quantiles(samples, n=4, method="inclusive")
    return Figure(median(samples), low, high)


def ratio(one: Sequence[float], other: Sequence[float]) -> Figure:
    """Summarise how many times the other it is, round by round: both have as many rounds.

    What disturbs a machine for a while disturbs both in that round, and their ratio least of all;
    the ratio of two medians may be one of a quiet round and a disturbed one.
    """
    return figure([mine / theirs for mine, theirs in zip(one, other, strict=True)])


def percentile(samples: Sequence[float], part: float) -> float:
    """Return the smallest sample that at least `part` of all, 0 to 1, do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, max(0, -int(-len(ordered) * part // 1) - 1))]
