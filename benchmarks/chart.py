"""chart.svg: a panel an operation, a bar a server; ours stands out.

Plain SVG with no background: colours follow the reader's light or dark scheme. Bars are in
proportion within a panel, and begin at zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from .statistics import Figure

STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 13px }
  .quiet { fill: #57606a }
  .value { font-variant-numeric: tabular-nums }
  .ours { font-weight: 600 }
  .bar { fill: #a9b4c0 }
  .bar.ours { fill: #0b7a53 }
  .bar.floor { fill: #d4b35a }
  .axis { stroke: #8c959f; stroke-width: 1 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .quiet { fill: #9198a1 }
    .bar { fill: #55606c }
    .bar.ours { fill: #3fb98a }
    .bar.floor { fill: #b08f35 }
    .axis { stroke: #6e7681 }
  }
"""
HEADING = "Processor time of a request, in µs (less is better)"
WIDTH = 920
COLUMNS = 2
GAP = 28
LABEL = 178
VALUE = 62
BAR = 13
STEP = 18
HEAD = 30
TOP = 58


@dataclass(frozen=True, slots=True)
class Panel:
    """One operation: a cost for each server, in the order in which they are drawn."""

    title: str
    costs: Sequence[tuple[str, float]]
    """Server and microseconds."""


def panels(
    costs: Mapping[str, Mapping[str, Figure]], operations: Sequence[tuple[str, str]]
) -> list[Panel]:
    """Gather the panels for operations, given as names and titles; servers keep their order."""
    found = [
        Panel(title, [(one, told[name].middle) for one, told in costs.items() if name in told])
        for name, title in operations
    ]
    return [panel for panel in found if panel.costs]


def draw(found: Sequence[Panel], titles: Mapping[str, str], caption: str) -> str:
    """Draw panels; `titles` says what servers are called."""
    width = (WIDTH - GAP * (COLUMNS - 1)) / COLUMNS
    rows = [found[start : start + COLUMNS] for start in range(0, len(found), COLUMNS)]
    parts: list[str] = []
    y = float(TOP)
    for row in rows:
        for column, panel in enumerate(row):
            parts.append(_panel(panel, titles, column * (width + GAP), y, width))
        y += HEAD + STEP * max(len(panel.costs) for panel in row) + GAP
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:.0f}" '
        f'width="{WIDTH}" height="{y:.0f}" role="img">',
        f"<title>{escape(caption)}</title>",
        f"<style>{STYLE}</style>",
        f'<text x="0" y="16" class="title">{HEADING}</text>',
        f'<text x="0" y="34" class="quiet">{escape(caption)}</text>',
    ]
    return "\n".join([*head, *parts, "</svg>", ""])


def _panel(panel: Panel, titles: Mapping[str, str], x: float, y: float, width: float) -> str:
    room = width - LABEL - VALUE
    most = max(cost for _, cost in panel.costs)
    height = HEAD + STEP * len(panel.costs) - 8
    lines = [
        f'<text x="{x:.0f}" y="{y + 14:.0f}" class="title">{escape(panel.title)}</text>',
        f'<line x1="{x + LABEL:.1f}" x2="{x + LABEL:.1f}" y1="{y + HEAD - 8:.1f}" '
        f'y2="{y + height:.1f}" class="axis"/>',
    ]
    for number, (server, cost) in enumerate(panel.costs):
        top = y + HEAD - 6 + STEP * number
        kind = f" {server}" if server in {"ours", "floor"} else ""
        length = max(1.0, room * cost / most)
        lines += [
            f'<text x="{x + LABEL - 8:.1f}" y="{top + 10.5:.1f}" text-anchor="end" '
            f'class="{kind.strip()}">{escape(titles[server])}</text>',
            f'<rect x="{x + LABEL:.1f}" y="{top:.1f}" width="{length:.1f}" height="{BAR}" rx="2" '
            f'class="bar{kind}"/>',
            f'<text x="{x + LABEL + length + 6:.1f}" y="{top + 10.5:.1f}" '
            f'class="value{kind}">{_number(cost)}</text>',
        ]
    return "\n".join(lines)


def _number(cost: float) -> str:
    return f"{cost:,.1f}" if cost < 100 else f"{cost:,.0f}"
