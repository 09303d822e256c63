"""The tables about scale: many resources, and many rows."""

from __future__ import annotations

from .grid import NOTHING, WORDS, grid
from .machine import Machine
from .scale import TIMES, Measured, Read, Resources, Rows
from .statistics import Figure, figure


def scale(resources: Resources | None, rows: Rows | None) -> list[str]:
    """Write the parts that were measured, and say of the others that they were not."""
    return [
        "## Many resources\n",
        _resources(resources) if resources else "Not measured yet.\n",
        "## Many rows\n",
        _rows(rows) if rows else "Not measured yet.\n",
    ]


def where(date: str, machine: Machine | None) -> str:
    """Say when and on which machine something was measured."""
    if machine is None:
        return f"{date}.\n"
    return (
        f"{date}. {machine.cores} cores of {machine.processor}, {machine.system}, "
        f"Python {machine.python}, SQLite {machine.sqlite}; databases on {machine.filesystem}, "
        f"where an fsync takes {machine.fsync_microseconds:.0f} µs.\n"
    )


def _resources(found: Resources) -> str:
    lines = [["", "measured", "to reach", ""]]
    for one in found.lines:
        limit = f"at most {one.limit:g} {one.unit}".rstrip() if one.limit else ""
        lines.append([one.what, _figure(one), limit, WORDS[one.reached] if limit else ""])
    return "\n".join(
        [
            where(found.date, found.machine),
            f"A service of {found.count:,} resources with 6 to 8 fields and 5 endpoints each, "
            "beside one of a single resource; every figure is from processes of its own. Services "
            "start with their bytecode compiled, as an image or an installation has it, but for "
            "the very first start; requests are ASGI calls in the service's process, and their "
            "figures are processor time. Medians, with the least and the most of several.\n",
            grid(lines),
        ]
    )


def _figure(one: Measured) -> str:
    middle = f"{_number(one.figure.middle)} {one.unit}".rstrip()
    if len(one.samples) == 1:
        return middle
    return f"{middle} ({_number(min(one.samples))} to {_number(max(one.samples))})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _rows(found: Rows) -> str:
    lines = [["", f"{found.few:,} rows, µs", f"{found.many:,} rows, µs", "times", ""]]
    lines += [_read(one) for one in found.lines]
    return "\n".join(
        [
            where(found.date, found.machine),
            "Processor time of a request, all threads, as an ASGI call in the service's process; "
            "each kind is 200 different requests in turn, on both tables by turns. The large "
            f"table's file has {found.bytes / 1e9:.1f} GB. To reach: at most {TIMES:g} times. "
            "A thin range leaves a small share of the rows, yet many, in the order of another "
            "column, in which no index holds them; of the small table, less than a page.\n",
            grid(lines),
        ]
    )


def _read(one: Read) -> list[str]:
    told = [_micro(figure(one.few)), _micro(figure(one.many)), str(one.times)]
    return [one.what, *told, WORDS[one.reached]]


def _micro(found: Figure) -> str:
    return f"{found.middle:,.0f} ±{found.spread:.0%}" if found.middle else NOTHING
