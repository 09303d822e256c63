"""results.md: the tables, the figures to reach, and what each server is and does otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .contenders import CONTENDERS, Contender
from .grid import NOTHING, WORDS, grid
from .http1 import ORIGIN
from .operations import BULK, OPERATIONS, PAGE, ROWS, Operation
from .probes import PROBES
from .results import Results, Tail
from .scale_report import scale, where
from .statistics import Figure
from .tables import BIG_ROWS
from .targets import targets


def markdown(results: Results) -> str:
    """Write the page."""
    parts = [
        "# What a request costs\n",
        _head(results),
        *(_about_servers(results) if results.samples else []),
        *_left_out(results),
        *scale(results.resources, results.rows),
        "## How to repeat it\n",
        "`make bench`, on a machine that does nothing else; [README.md](README.md) has the options."
        "\n",
    ]
    return "\n".join(parts)


def _about_servers(results: Results) -> list[str]:
    return [
        "![The table as a chart](chart.svg)\n",
        *_tables(results),
        *_tails(results),
        "## Figures to reach\n",
        _figures_to_reach(results),
        "A figure that is missing, of too few rounds or of wrong answers reaches nothing.\n",
        "## The servers\n",
        _servers(results),
        *_differences(results),
    ]


def _head(results: Results) -> str:
    if not results.samples:
        return "The servers were not measured yet.\n"
    apart = "a core each"
    if results.machine and not results.machine.cores_apart:
        apart = "ONE core together: the figures are off"
    return (
        f"{where(results.date, results.machine)}\n"
        f"One worker process, 32 connections that are kept open, {ROWS:,} rows, "
        f"pages of {PAGE}; server and load generator had {apart}. "
        f"Rounds: {results.rounds}, with loads of {results.seconds:g} s; each "
        "visits every server for every operation, and one before them is not counted. "
        f"Every request has a header `Origin: {ORIGIN}`, and no server writes a log of requests.\n"
        "Processor time is the kernel's account of the server's processes, all threads; "
        "figures are medians, ± is half the distance of the quartiles. "
        "A ratio is taken within each round, and is the median of those.\n"
    )


def _tables(results: Results) -> list[str]:
    costs, rates = results.costs(), results.rates()

    def times(other: str) -> Callable[[str, Operation], str]:
        ratios = {server: results.ratios(server, other) for server in results.samples}

        def cell(server: str, operation: Operation) -> str:
            return str(ratios[server].get(operation.name, NOTHING))

        return cell

    def cost(server: str, operation: Operation) -> str:
        return _micro(costs[server].get(operation.name))

    def rate(server: str, operation: Operation) -> str:
        if (found := rates[server].get(operation.name)) is None:
            return NOTHING
        return f"{found.middle:,.0f}" + ("*" if results.limited(server, operation.name) else "")

    return [
        "## Processor time of a request, µs\n",
        _table(results, cost),
        "## The same, as times the floor\n",
        _table(results, times("floor")),
        "## The same, as times ours\n",
        _table(results, times("ours")),
        "## Requests a second\n",
        _table(results, rate),
        f"\\* The load generator was the limit. A bulk request creates {BULK} rows; its figures "
        "are for a row.\n",
    ]


def _table(results: Results, cell: Callable[[str, Operation], str]) -> str:
    operations = [
        one for one in OPERATIONS if any(one.name in found for found in results.samples.values())
    ]
    lines = [["", *(one.title for one in operations)]]
    for contender in _measured(results):
        name = contender.name
        lines.append([contender.title, *(cell(name, operation) for operation in operations)])
    return grid(lines)


def _tails(results: Results) -> list[str]:
    if not results.tails and not results.stalled:
        return []
    lines = [["", "requests/s", "p50", "p99", "p99 beside the slow query", "longest", "slow query"]]
    for contender in CONTENDERS:
        if tail := results.tails.get(contender.name):
            lines.append([contender.title, *_latencies(tail)])
        elif reason := results.stalled.get(contender.name):
            lines.append([contender.title, reason, *[NOTHING] * 5])
    missing = [one for one in _measured(results) if one.name not in _steadily_loaded(results)]
    return [
        "## Latency under a steady load\n",
        "GET one at half of the server's own maximum, sent on time whether or not the server "
        "keeps up; alone, and while another connection searches a table of "
        f"{BIG_ROWS:,} rows without an index, one query after the other on the same core.\n",
        grid(lines),
        _untold(missing),
    ]


def _steadily_loaded(results: Results) -> set[str]:
    return {*results.tails, *results.stalled}


def _untold(missing: Sequence[Contender]) -> str:
    """Say why servers are not in the table of latencies."""
    bare = [one.title for one in missing if one.layout is None]
    small = [one.title for one in missing if one.layout and not one.layout.big]
    told = [f"{', '.join(bare)}: no database, so no query that could be slow."] if bare else []
    if small:
        told.append(f"{', '.join(small)}: the application measured here has no large table.")
    return "Not in the table: " + " ".join(told) + "\n" if told else ""


def _latencies(tail: Tail) -> list[str]:
    cells = [f"{tail.rate:,.0f}", f"{tail.p50:.1f} ms", f"{tail.p99:.1f} ms"]
    if tail.p99_beside is None or tail.longest_beside is None:
        return [*cells, "answers too little", NOTHING, NOTHING]
    took = f"{tail.scan_seconds:.1f} s" if tail.scans else "did not end"
    return [*cells, f"{tail.p99_beside:.1f} ms", f"{tail.longest_beside:.1f} ms", took]


def _figures_to_reach(results: Results) -> str:
    lines = [["", "to reach", "measured", ""]]
    for one in targets(results):
        lines.append([one.text, one.limit, one.measured, WORDS[one.reached]])
    return grid(lines)


def _servers(results: Results) -> str:
    lines = [["", "set up as", "a write is kept by", "versions"]]
    for one in _measured(results):
        told = results.versions.get(one.name, {})
        names = ", ".join(f"{name} {version}" for name, version in told.items())
        lines.append([one.title, one.notes, one.durability, names])
    return grid(lines)


def _differences(results: Results) -> list[str]:
    if not results.probes:
        return []
    lines = [["", "what breaks the schema", *(probe.title for probe in PROBES)]]
    for one in _measured(results):
        if told := results.probes.get(one.name):
            answers = [told.get(probe.name, NOTHING) for probe in PROBES]
            lines.append([one.title, str(one.dialect.invalid), *answers])
    return [
        "## What they do otherwise\n",
        "Each server was asked once in this run; the cells are statuses. The floor answers "
        "everything with 200.\n",
        grid(lines),
    ]


def _left_out(results: Results) -> list[str]:
    titles = {one.name: one.title for one in CONTENDERS}
    operations = {one.name: one.title for one in OPERATIONS}
    lines = [
        f"- {titles[name]} is left out: {' '.join(reason.split())}"
        for name, reason in results.absent.items()
    ]
    for name, lacking in results.lacking.items():
        lines += [f"- {titles[name]}, {operations[one]}: {why}." for one, why in lacking.items()]
    for name, wrong in results.wrong().items():
        told = ", ".join(f"{operations[one]} {count}" for one, count in wrong.items())
        lines.append(f"- {titles[name]} has answered otherwise than expected: {told}.")
    for name, tail in results.tails.items():
        if tail.wrong:
            told = f"the steady load {tail.wrong}"
            lines.append(f"- {titles[name]} has answered otherwise than expected: {told}.")
    for name, size in results.logged.items():
        lines.append(f"- {titles[name]} has written {size:,} bytes to its log meanwhile.")
    return ["## Left out, and amiss\n", "\n".join(lines) + "\n"] if lines else []


def _measured(results: Results) -> Sequence[Contender]:
    return [one for one in CONTENDERS if one.name in results.samples]


def _micro(found: Figure | None) -> str:
    if found is None:
        return NOTHING
    digits = 1 if found.middle < 100 else 0
    return f"{found.middle:,.{digits}f} ±{found.spread:.0%}"
