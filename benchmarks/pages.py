"""What is written to benchmarks/: results.json, and the page and the chart that follow from it."""

from __future__ import annotations

from pathlib import Path

from . import chart, report
from .contenders import CONTENDERS
from .operations import OPERATIONS
from .results import Results

CHARTED = ("read", "list", "filter", "create", "update", "expand")
RESULTS = "results.json"
PAGE = "results.md"
CHART = "chart.svg"


def write(results: Results, folder: Path) -> None:
    """Write the three files."""
    folder.mkdir(parents=True, exist_ok=True)
    results.write(folder / RESULTS)
    (folder / PAGE).write_text(report.markdown(results))
    (folder / CHART).write_text(drawn(results))


def drawn(results: Results) -> str:
    """Draw the chart."""
    titles = {one.name: one.title for one in CONTENDERS}
    operations = [(one.name, one.title) for one in OPERATIONS if one.name in CHARTED]
    machine = results.machine
    where = f" on {machine.processor}" if machine else ""
    caption = f"One worker on one core{where}, 32 connections, {results.date}"
    return chart.draw(chart.panels(results.costs(), operations), titles, caption)
