"""The table of what was confirmed, an operation a row."""

from __future__ import annotations

from .verdict import Column, Tally, applying


def render(tally: Tally) -> str:
    """Draw the table: how many of how many requests of each kind were answered as they must be."""
    lines = [["operation", *(str(column) for column in Column)]]
    for operation in tally.contract.operations:
        applies = applying(operation)
        counts = tally.counts[operation.id]
        cells = [
            f"{counts[one].met}/{counts[one].sent}" if one in applies or counts[one].sent else "-"
            for one in Column
        ]
        lines.append([operation.id, *cells])
    totals = [
        [tally.counts[one.id][column] for one in tally.contract.operations] for column in Column
    ]
    sums = [f"{sum(one.met for one in part)}/{sum(one.sent for one in part)}" for part in totals]
    lines.append(["all", *sums])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * width for width in widths]
    lines[1:1] = [rule]
    lines[-1:-1] = [rule]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: list[str], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    name = first[0].ljust(first[1])
    return "  ".join([name, *(cell.rjust(width) for cell, width in others)]).rstrip()
