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


def figure(samples: Sequence[float]) -> Figure:
    """Summarise samples, at least one."""
    if len(samples) < 3:
        return Figure(median(samples), min(samples), max(samples))
    low, _, high = quantiles(samples, n=4, method="inclusive")
    return Figure(median(samples), low, high)


def percentile(samples: Sequence[float], part: float) -> float:
    """Return the smallest sample that at least `part` of all, 0 to 1, do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, max(0, -int(-len(ordered) * part // 1) - 1))]
