"""The figures to reach, each with what was measured.

A ratio is of processor time a request, the median of one run's rounds; of several lines the worst
counts and is named.
Nothing is reached by figures that are missing, of fewer rounds than the run had, or of answers that
were wrong: such a line says so, and stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .operations import BY_NAME
from .results import Results
from .statistics import Figure

READS = ("read", "list", "filter", "missing", "expand")
WRITES = ("invalid", "create", "update", "delete", "bulk")
LISTS = ("list", "filter", "expand")
STORED = ("create", "update", "delete", "bulk")
CHEAPER = ("pocketbase", "litestar", "flask", "django")
OURS = "ours"


@dataclass(frozen=True, slots=True)
class Target:
    """A line of "Figures to reach"."""

    text: str
    limit: str
    measured: str
    reached: bool | None
    """None: what it needs was not measured, or not rightly."""


def targets(results: Results) -> list[Target]:
    """Hold what was measured against each figure."""
    return [
        _at_most(results, "floor", ["read"], 2.0),
        _at_most(results, "floor", ["missing"], 2.0),
        _at_most(results, "floor", ["list"], 3.2),
        _at_most(results, "floor", ["filter"], 3.6),
        _at_most(results, "floor", ["create"], 4.0),
        _cheaper(results, "handwritten", READS, 15, "every read"),
        _cheaper(results, "handwritten", WRITES, 10, "every write, 422 too"),
        *(_cheaper(results, peer, (*READS, *WRITES), 1, "every line") for peer in CHEAPER),
        _cheaper(results, "fastify", LISTS, 1, "lists"),
        _cheaper(results, "fastify", STORED, 1, "writes that are stored"),
        _at_most(results, "fastify", ["read", "missing"], 1.5),
        _gets_a_second(results),
    ]


def _ratios(results: Results, one: str, other: str, operations: Sequence[str]) -> dict[str, Figure]:
    found = results.ratios(one, other)
    return {name: found[name] for name in operations}


def _gaps(results: Results, servers: Sequence[str], operations: Sequence[str]) -> str:
    """Say which of the figures that a line needs cannot be relied on."""
    found: dict[str, list[str]] = {}
    for server in servers:
        for name in operations:
            if gap := results.gaps(server, name):
                found.setdefault(f"{server} {gap}", []).append(BY_NAME[name].title)
    everything = len(operations)
    return "; ".join(
        gap if len(titles) == everything else f"{gap}: {', '.join(titles)}"
        for gap, titles in found.items()
    )


def _at_most(results: Results, other: str, operations: list[str], limit: float) -> Target:
    titles = " and ".join(BY_NAME[name].title for name in operations)
    text = f"{titles}: times {other}"
    if gaps := _gaps(results, (OURS, other), operations):
        return Target(text, f"at most {limit}", gaps, None)
    found = _ratios(results, OURS, other, operations)
    worst = max(found, key=lambda name: found[name].middle)
    named = f" ({BY_NAME[worst].title})" if len(operations) > 1 else ""
    most = found[worst].middle
    return Target(text, f"at most {limit}", f"{found[worst]}{named}", most <= limit)


def _cheaper(
    results: Results, other: str, operations: tuple[str, ...], times: float, title: str
) -> Target:
    text = f"{other}: times ours on {title}"
    limit = f"at least {times}" if times > 1 else "more than 1"
    if gaps := _gaps(results, (OURS, other), operations):
        return Target(text, limit, gaps, None)
    found = _ratios(results, other, OURS, operations)
    worst = min(found, key=lambda name: found[name].middle)
    least, most = found[worst].middle, max(one.middle for one in found.values())
    measured = f"{found[worst]} to {most:.1f} (least: {BY_NAME[worst].title})"
    return Target(text, limit, measured, least >= times if times > 1 else least > 1)


def _gets_a_second(results: Results) -> Target:
    text, limit = "persisted, validated GETs a second on one core", "more than 15,000"
    if gaps := _gaps(results, [OURS], ["read"]):
        return Target(text, limit, gaps, None)
    found = results.rates()[OURS]["read"].middle
    return Target(text, limit, f"{found:,.0f}", found > 15_000)
