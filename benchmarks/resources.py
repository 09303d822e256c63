"""What many resources cost: `make bench ARGS="--only resources"`.

A service of so many resources is generated, started and asked, beside one of a single resource.
Each figure is taken in processes of its own; those of requests alternate between the two.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from . import disk
from .environment import ROOT
from .machine import Machine
from .processes import Cores
from .progress import say
from .scale import Measured, Resources

ROUNDS = 5
NAME = "many"
HEAD = f"""\
spec: 1

service:
  name: {NAME}
  title: Many resources
  version: 1.0.0

enums:
  Condition: [new, used, refurbished]

resources:
"""
FIELDS = """\
      sku: {type: string(3..20), unique: true}
      title: string(1..200)
      unit_price: {type: number, gt: 0}
      inventory_count: integer(0..) = 0
      category: {type: string(..80)?, index: true}
      condition: Condition = new
"""
MORE_FIELDS = ("      weight: decimal(10:2)?\n", "      arrived: datetime?\n")
ENDPOINTS = """\
    endpoints:
      create:
      list:
        filter: [category]
      read:
      update:
      delete:
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took."""

    wall: float
    processor: float
    """Seconds, of all of its processes."""


@dataclass(frozen=True, slots=True)
class Started:
    """What a service took to start and to answer."""

    wall: float
    """Seconds from the start of the process to the first answer."""
    importing: float
    starting: float
    """Seconds of processor time: `create_app` and the lifespan."""
    first: float
    """Seconds of processor time of the first request."""
    later: float
    """The same of one of many later ones, in microseconds."""
    memory: int
    """KiB that are resident."""

    @property
    def whole(self) -> float:
        """From the start of the process to the first answer, in seconds of processor time."""
        return self.importing + self.starting + self.first


def spec(count: int, changed: Sequence[int] = ()) -> str:
    """Write a spec of so many resources, with another bound in those that are changed."""
    return HEAD + "".join(_resource(number, number in changed) for number in range(1, count + 1))


def _resource(number: int, changed: bool) -> str:
    fields = FIELDS.replace("1..200", "1..201") if changed else FIELDS
    more = "".join(MORE_FIELDS[: number % 3])
    return f"  Item{number:04}:\n    fields:\n{fields}{more}{ENDPOINTS}"


def measure(count: int) -> Resources:
    """Generate, start and ask both services."""
    with disk.temporary() as scratch:
        lines = [*_generated(scratch, count), *_started(scratch, count)]
        machine = Machine.here(cores_apart=Cores.chosen().apart)
    return Resources(count, lines, datetime.now(UTC).date().isoformat(), machine)


def _generated(scratch: Path, count: int) -> Iterator[Measured]:
    """Generate once from nothing, and several times after a change of one field."""
    say(f"generating {count} resources")
    first = generate(scratch / "many", spec(count))
    yield Measured("generate, nothing cached", "s", [first.wall], 60)
    yield Measured("… processor time of it", "s", [first.processor])
    places = [count * part // ROUNDS + 1 for part in range(ROUNDS)]
    changed = [
        generate(scratch / "many", spec(count, places[: number + 1])) for number in range(ROUNDS)
    ]
    yield Measured("generate, one field changed", "s", [one.wall for one in changed], 3)
    yield Measured("… processor time of it", "s", [one.processor for one in changed])
    same = generate(scratch / "many", spec(count, places))
    yield Measured("generate, nothing changed", "s", [same.wall])


def _started(scratch: Path, count: int) -> Iterator[Measured]:
    generate(scratch / "one", spec(1))
    say("starting it")
    first = start(scratch / "many", count, compiled=False)
    yield Measured("very first start: no tables, and bytecode not compiled", "s", [first.wall])
    many: list[Started] = []
    one: list[Started] = []
    for number in range(ROUNDS):
        say(f"start {number + 1} of {ROUNDS}")
        many.append(start(scratch / "many", count))
        one.append(start(scratch / "one", 1))
    yield Measured("start of the process to the first answer", "s", [a.wall for a in many], 10)
    yield Measured("… processor time of it", "s", [a.whole for a in many])
    yield Measured("… of that importing", "s", [a.importing for a in many])
    yield Measured("… of that `create_app` and the lifespan", "s", [a.starting for a in many])
    yield Measured("start of one resource's, to the first answer", "s", [a.wall for a in one])
    yield Measured("first request, a GET by key", "ms", [a.first * 1e3 for a in many])
    yield Measured("first request of one resource's", "ms", [a.first * 1e3 for a in one])
    yield from _memory(many, one, count)
    usual = [a.later for a in one]
    yield Measured("GET by key of the last resource", "µs", [a.later for a in many])
    yield Measured("GET by key where there is one resource", "µs", usual)
    ratios = [a.later / b.later for a, b in zip(many, one, strict=True)]
    yield Measured("ratio of the two", "", ratios, 1.1)


def _memory(many: list[Started], one: list[Started], count: int) -> Iterator[Measured]:
    yield Measured("memory of the process", "MiB", [a.memory / 1024 for a in many])
    yield Measured("memory of the process of one resource", "MiB", [a.memory / 1024 for a in one])
    if count > 1:
        further = [(a.memory - b.memory) / (count - 1) for a, b in zip(many, one, strict=True)]
        yield Measured("memory for each further resource", "KiB", further)


def generate(folder: Path, text: str) -> Run:
    """Generate a service in a folder, with what an earlier run has left there."""
    (folder / "spec").mkdir(parents=True, exist_ok=True)
    (folder / "spec" / f"{NAME}.yaml").write_text(text)
    began, before = time.perf_counter(), _children()
    subprocess.run(
        [sys.executable, "-m", "generator", "generate"],
        cwd=folder,
        env=_environment(),
        check=True,
        capture_output=True,
    )
    return Run(time.perf_counter() - began, _children() - before)


def start(folder: Path, number: int, *, compiled: bool = True) -> Started:
    """Start a service in a process of its own, and ask for a row of one of its resources.

    Its bytecode is compiled before, as an image of a container or an installation has it.
    """
    if compiled:
        command = [sys.executable, "-m", "compileall", "-q", "generated"]
        subprocess.run(command, cwd=folder, env=_environment(), check=True)
    unwritten = [] if compiled else ["-B"]
    module = ["-m", "benchmarks.one_start", NAME, f"/item{number:04}s"]
    asked = [sys.executable, *unwritten, *module]
    run = subprocess.run(
        asked, cwd=folder, env=_environment(), check=True, stdout=subprocess.PIPE, text=True
    )
    return Started(**json.loads(run.stdout.splitlines()[-1]))


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(ROOT), "generated"])}
