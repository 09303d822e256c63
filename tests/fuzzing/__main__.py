"""`python -m tests.fuzzing [SPEC ...]`: fuzz services, print what was confirmed, exit 1 on a miss.

A SPEC is a file or the name of one in `spec/` or `tests/specs/`. Without one: all of them.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.services import EVERYTHING, ROOT, Compiled, compiled

from .campaign import Outcome, run

FOLDERS = (ROOT / "spec", ROOT / "tests/specs")


def main(arguments: list[str] | None = None) -> int:
    """Fuzz each service with each seed, a few at a time."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("specs", nargs="*", type=_spec, metavar="SPEC")
    parser.add_argument("--examples", type=int, default=200, help="for each operation and phase")
    parser.add_argument("--seeds", type=_seeds, default=(1, 2, 3), help="default: 1,2,3")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="runs at a time")
    options = parser.parse_args(arguments)
    specs = options.specs or [*sorted((ROOT / "spec").glob("*.yaml")), EVERYTHING]
    runs = [(compiled(spec), seed) for spec in specs for seed in options.seeds]
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for outcome in pool.map(partial(_run, options.examples), runs):
            print(outcome.report(), end="\n\n", flush=True)
            outcomes.append(outcome)
    return int(not all(one.passed for one in outcomes))


def _run(examples: int, what: tuple[Compiled, int]) -> Outcome:
    service, seed = what
    return run(service, examples=examples, seed=seed)


def _spec(text: str) -> Path:
    for file in (Path(text), *(folder / f"{text}.yaml" for folder in FOLDERS)):
        if file.is_file():
            return file.resolve()
    raise argparse.ArgumentTypeError(f"there is no spec {text}")


def _seeds(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
