"""Measures what requests cost, and writes the page; benchmarks/README.md tells how."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from . import options as given
from . import pages, report, resources, rows
from .contenders import CONTENDERS
from .disk import DiskError
from .machine import Machine, versions
from .operations import OPERATIONS
from .processes import Cores
from .progress import say
from .results import Results
from .rounds import measure_all, note_logs, probe_all, serving
from .tails import measure_tails

HERE = Path(__file__).parent
FEW = 1_000
"""Rows of the small table."""


def main() -> int:
    """Measure the parts that the options ask for, or none with `--again`; print the page."""
    options = given.read()
    if options.again:
        results = Results.read(HERE / pages.RESULTS)
        pages.write(results, options.out or HERE)
        print(report.markdown(results))
        return 0
    seen = Results()
    for part in options.parts:
        try:
            seen = measured(part, options, seen)
        except DiskError as error:
            say(str(error))
            return 1
        if out := options.out or (HERE if given.whole(options, part) else None):
            keep(part, seen, out)
    print(report.markdown(seen))
    return 0


def measured(part: str, options: argparse.Namespace, seen: Results) -> Results:
    """Measure a part; the others stay as they were seen."""
    if part == "resources":
        return replace(seen, resources=resources.measure(options.resources))
    if part == "rows":
        return replace(seen, rows=rows.measure(FEW, options.rows, options.tables))
    return merged("servers", run(options), seen)


def keep(part: str, found: Results, folder: Path) -> None:
    """Write a part beside what stands in a folder: the parts of a page may be of several runs."""
    file = folder / pages.RESULTS
    known = Results.read(file) if file.exists() else Results()
    pages.write(merged(part, found, known), folder)
    say(f"kept: {part}")


def merged(part: str, found: Results, known: Results) -> Results:
    """Take one part from what was found, and the others from what is known."""
    if part == "servers":
        return replace(found, resources=known.resources, rows=known.rows)
    if part == "resources":
        return replace(known, resources=found.resources)
    return replace(known, rows=found.rows)


def run(options: argparse.Namespace) -> Results:
    """Start the servers, measure them, stop them."""
    cores = Cores.chosen()
    results = Results(rounds=options.rounds, seconds=options.seconds)
    results.date = datetime.now(UTC).date().isoformat()
    contenders = [one for one in CONTENDERS if one.name in options.servers]
    operations = [one for one in OPERATIONS if one.name in options.operations]
    usable = os.sched_getaffinity(0)
    try:
        with serving(contenders, cores, results.absent) as found:
            os.sched_setaffinity(0, {cores.generator})
            results.machine = Machine.here(cores_apart=cores.apart)
            results.versions = versions([one.contender for one in found])
            probe_all(found, results)
            measure_all(found, operations, results, rounds=options.rounds, seconds=options.seconds)
            if options.steady:
                rounds = max(1, round(options.steady / 6))
                measure_tails(found, results, rounds=rounds, seconds=options.steady / rounds / 2)
            note_logs(found, results)
    finally:
        # What is measured after the servers may use every core again.
        os.sched_setaffinity(0, usable)
    return results


if __name__ == "__main__":
    sys.exit(main())
