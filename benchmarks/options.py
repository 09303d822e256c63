"""The options of `make bench`, and what they mean for what is measured and kept."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from .contenders import CONTENDERS
from .operations import OPERATIONS

SERVERS = [one.name for one in CONTENDERS]
NAMES = [one.name for one in OPERATIONS]
PARTS = ["servers", "resources", "rows"]
ROUNDS = 5
SECONDS = 1.2
RESOURCES = 1_000
ROWS = 10_000_000
HELP = "measures what requests cost: ours beside its peers, many resources, many rows"


def read(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the options; `parts` holds what shall be measured."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description=HELP)
    add = parser.add_argument
    add("--only", type=_names(PARTS), help="parts of the page: " + ",".join(PARTS))
    add("--servers", type=_names(SERVERS), default=SERVERS, help="names, separated by commas")
    add("--operations", type=_names(NAMES), default=NAMES, help="names, separated by commas")
    add("--rounds", type=int, default=ROUNDS)
    add("--seconds", type=float, default=SECONDS, help="how long each load lasts")
    add("--steady", type=float, default=18.0, help="seconds of steady load a server; 0: none")
    add("--resources", type=int, default=RESOURCES, help="how many; 0: none")
    add("--rows", type=int, default=ROWS, help="of the large table; 0: none")
    add("--tables", type=Path, help="where the tables of rows are kept for the next time")
    add("--quick", action="store_true", help="one short round of the servers, no steady load")
    add("--out", type=Path, help="write results there; else to benchmarks/ what is whole")
    add("--again", action="store_true", help="write the page and the chart of results.json anew")
    options = parser.parse_args(arguments)
    if options.quick:
        options.rounds, options.seconds, options.steady = 1, 0.3, 0.0
    options.parts = _parts(options)
    return options


def _parts(options: argparse.Namespace) -> list[str]:
    """Choose what is measured: who narrows the servers down wants to see those alone."""
    named = options.only or (["servers"] if _narrowed(options) else PARTS)
    counts = {"resources": options.resources, "rows": options.rows}
    return [part for part in PARTS if part in named and counts.get(part, 1) > 0]


def whole(options: argparse.Namespace, part: str) -> bool:
    """Tell whether a part is measured as the page in benchmarks/ shows it."""
    if part == "servers":
        long = options.rounds >= ROUNDS and options.seconds >= SECONDS and options.steady > 0
        return bool(long and not _narrowed(options))
    return bool(options.resources == RESOURCES if part == "resources" else options.rows == ROWS)


def _narrowed(options: argparse.Namespace) -> bool:
    """Tell whether less of the servers is measured than a whole run measures."""
    everything = options.servers == SERVERS and options.operations == NAMES
    return bool(options.quick or not everything)


def _names(known: list[str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        names = text.split(",")
        if unknown := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(known)}")
        return names

    return read
