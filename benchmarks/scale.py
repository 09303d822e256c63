"""What is measured about scale, as values: many resources, and many rows.

Each part says when and where it was measured: the parts of a page need not be of one run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .machine import Machine
from .statistics import Figure, figure, ratio

TIMES = 2.0
"""What a read in the large table may cost at most, as times the small one's."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A line about many resources."""

    what: str
    unit: str
    """`s`, `ms`, `µs`, `MiB`, `KiB`, or nothing for a ratio."""
    samples: list[float]
    limit: float | None = None

    @property
    def figure(self) -> Figure:
        """Return the median and the quartiles."""
        return figure(self.samples)

    @property
    def reached(self) -> bool | None:
        """Tell whether the median is within the limit; None where there is none."""
        return None if self.limit is None else self.figure.middle <= self.limit


@dataclass(frozen=True, slots=True)
class Resources:
    """What a service of so many resources costs."""

    count: int
    lines: list[Measured]
    date: str
    machine: Machine


@dataclass(frozen=True, slots=True)
class Read:
    """A line about many rows: a kind of request, in microseconds of processor time."""

    what: str
    few: list[float]
    many: list[float]

    @property
    def times(self) -> Figure:
        """Return what it costs in the large table as times the small one's."""
        return ratio(self.many, self.few)

    @property
    def reached(self) -> bool:
        """Tell whether it costs little enough."""
        return self.times.middle <= TIMES


@dataclass(frozen=True, slots=True)
class Rows:
    """What reads cost in a table of many rows, beside one of few."""

    few: int
    many: int
    bytes: int
    """How large the file of the large table is."""
    lines: list[Read]
    date: str
    machine: Machine


def resources_from(told: dict[str, Any] | None) -> Resources | None:
    """Read what stands in results.json."""
    return None if told is None else Resources(**_read(told, lambda line: Measured(**line)))


def rows_from(told: dict[str, Any] | None) -> Rows | None:
    """Read what stands in results.json."""
    return None if told is None else Rows(**_read(told, lambda line: Read(**line)))


def _read(told: dict[str, Any], line: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    lines = [line(each) for each in told["lines"]]
    return {**told, "lines": lines, "machine": Machine(**told["machine"])}
