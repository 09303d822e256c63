"""What runs have found, as one value that is written to results.json and read back.

Servers, resources and rows may be of different runs: each part has its date and its machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .machine import Machine
from .operations import OPERATIONS
from .scale import Resources, Rows, resources_from, rows_from
from .statistics import Figure, figure, ratio

SATURATED = 0.95
"""From this part of its core on, the load generator limits the rate."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one load has measured."""

    microseconds: float
    """Processor time of the server a request, or an item of one."""
    rate: float
    """Requests, or items, a second."""
    generator: float
    """What part of its core the load generator used; near 1 it is the limit of `rate`."""
    requests: int
    wrong: dict[str, int]


@dataclass(frozen=True, slots=True)
class Tail:
    """Latencies of one server, in milliseconds, the median of the rounds."""

    rate: float
    p50: float
    p99: float
    p99_beside: float | None
    """None: beside the slow query it kept up with the load no more."""
    longest_beside: float | None
    scan_seconds: float
    """How long the slow query took, the median."""
    scans: int
    wrong: int


@dataclass(slots=True)
class Results:
    """All that was found; what is about servers goes by server and operation."""

    samples: dict[str, dict[str, list[Sample]]] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    """Servers that are left out, and why."""
    lacking: dict[str, dict[str, str]] = field(default_factory=dict)
    """Operations that a server is not asked for, and why."""
    tails: dict[str, Tail] = field(default_factory=dict)
    stalled: dict[str, str] = field(default_factory=dict)
    """Servers that a steady load was too much for, and how."""
    probes: dict[str, dict[str, str]] = field(default_factory=dict)
    """What servers do besides (`probes.py`)."""
    logged: dict[str, int] = field(default_factory=dict)
    """How many bytes servers have written to their logs, where they should write nothing."""
    versions: dict[str, dict[str, str]] = field(default_factory=dict)
    machine: Machine | None = None
    date: str = ""
    rounds: int = 0
    seconds: float = 0.0
    resources: Resources | None = None
    rows: Rows | None = None

    def costs(self) -> dict[str, dict[str, Figure]]:
        """Return the microseconds by server and operation."""
        return self._figures(lambda one: one.microseconds)

    def rates(self) -> dict[str, dict[str, Figure]]:
        """Return the requests a second by server and operation."""
        return self._figures(lambda one: one.rate)

    def ratios(self, one: str, other: str) -> dict[str, Figure]:
        """Return by operation how many times what the other costs a server does.

        An operation that either was not asked for, or in fewer rounds, has none.
        """
        mine, theirs = self.samples.get(one, {}), self.samples.get(other, {})
        return {
            name: ratio(_costs(mine[name]), _costs(theirs[name]))
            for name in mine
            if len(mine[name]) == len(theirs.get(name, []))
        }

    def limited(self, server: str, operation: str) -> bool:
        """Tell whether the load generator was the limit of a rate."""
        samples = self.samples[server][operation]
        return figure([one.generator for one in samples]).middle >= SATURATED

    def wrong(self) -> dict[str, dict[str, int]]:
        """Return how many answers were not as expected, by server and operation."""
        return {
            server: counted
            for server, operations in self.samples.items()
            if (counted := {name: n for name, all in operations.items() if (n := _wrong(all))})
        }

    def gaps(self, server: str, operation: str) -> str:
        """Say what is wrong with a figure, or nothing if it is whole and right."""
        samples = self.samples.get(server, {}).get(operation, [])
        if not samples:
            return "not measured"
        if len(samples) < self.rounds:
            return f"{len(samples)} of {self.rounds} rounds"
        return "wrong answers" if _wrong(samples) else ""

    def _figures(self, of: Callable[[Sample], float]) -> dict[str, dict[str, Figure]]:
        return {
            server: {
                operation.name: figure([of(one) for one in found[operation.name]])
                for operation in OPERATIONS
                if operation.name in found
            }
            for server, found in self.samples.items()
        }

    def write(self, file: Path) -> None:
        """Write all of it as JSON."""
        file.write_text(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, file: Path) -> Results:
        """Read what `write` has written."""
        told = json.loads(file.read_text())
        told["samples"] = {
            server: {name: [Sample(**one) for one in found] for name, found in operations.items()}
            for server, operations in told["samples"].items()
        }
        told["tails"] = {server: Tail(**tail) for server, tail in told["tails"].items()}
        told["machine"] = Machine(**told["machine"]) if told["machine"] else None
        told["resources"] = resources_from(told["resources"])
        told["rows"] = rows_from(told["rows"])
        return cls(**told)


def _costs(samples: list[Sample]) -> list[float]:
    return [one.microseconds for one in samples]


def _wrong(samples: list[Sample]) -> int:
    counts: list[Mapping[str, int]] = [one.wrong for one in samples]
    return sum(sum(one.values()) for one in counts)
