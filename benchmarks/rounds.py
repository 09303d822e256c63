"""The run: servers are started once, then every round visits each of them for each operation.

The order changes from round to round, so that what disturbs the machine for a while disturbs all
alike. Rows are put back before every load that writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import disk, tables
from .contenders import Contender, Place
from .environment import AbsentError
from .load import CONNECTIONS, Load, LoadError, Plan, closed_loop
from .operations import Operation
from .probes import probe
from .processes import Cores, Running, StartError, free_port, start
from .progress import say
from .reasons import reason
from .results import Results, Sample

WARM_PART = 0.25
"""What part of a load's time goes before it unmeasured."""
DELETED_PER_SECOND = 30_000


@dataclass(slots=True)
class Serving:
    """A contender that runs."""

    contender: Contender
    place: Place
    running: Running
    cores: Cores
    logged: int = 0
    """How long its log was before the rounds, in bytes."""

    @property
    def database(self) -> Path:
        """Return its SQLite file."""
        return self.place.folder / self.contender.database

    def reset(self, extra: int = 0) -> None:
        """Put its rows back."""
        if self.contender.restarts:
            self.running.stop()
            self.running = launch(self.contender, self.place, self.cores, extra)
        elif layout := self.contender.layout:
            tables.reset_products(self.database, layout, extra)


@contextmanager
def serving(
    contenders: Sequence[Contender], cores: Cores, absent: dict[str, str]
) -> Iterator[list[Serving]]:
    """Start all that can be started; the others go to `absent` with a reason."""
    found: list[Serving] = []
    with disk.temporary() as folder:
        try:
            for contender in contenders:
                say(f"starting {contender.name}")
                place = Place(folder / contender.name, free_port())
                place.folder.mkdir()
                try:
                    found.append(_begin(contender, place, cores))
                except (AbsentError, StartError, OSError, sqlite3.Error) as error:
                    absent[contender.name] = reason(str(error)) or type(error).__name__
                    say(f"  left out: {absent[contender.name]}")
            yield found
        finally:
            for one in found:
                one.running.stop()


def _begin(contender: Contender, place: Place, cores: Cores) -> Serving:
    contender.prepare(place)
    one = Serving(contender, place, launch(contender, place, cores), cores)
    try:
        if contender.layout:
            tables.fill_suppliers(one.database, contender.layout)
            if contender.layout.big:
                tables.fill_movements(one.database)
            one.reset()
    except Exception:
        one.running.stop()
        raise
    return one


def launch(contender: Contender, place: Place, cores: Cores, extra: int = 0) -> Running:
    """Start a server; one whose rows are in memory is told how many more it shall have."""
    return start(
        contender.command(place),
        folder=place.folder,
        environment={**contender.environment(place), "EXTRA_ROWS": str(extra)},
        core=cores.server,
        port=place.port,
    )


def measure_all(
    found: Sequence[Serving],
    operations: Sequence[Operation],
    results: Results,
    *,
    rounds: int,
    seconds: float,
) -> None:
    """Visit every server for every operation, so many times.

    A round before the first is forgotten: node compiles what has run often enough, for seconds.
    """
    forgotten = Results()
    for number in range(-1, rounds):
        for place, operation in enumerate(operations):
            turn = (number + place) % len(found) if found else 0
            order = [*found[turn:], *found[:turn]]
            for one in order if number % 2 == 0 else reversed(order):
                _visit(one, operation, results if number >= 0 else forgotten, seconds)
            say(f"round {number + 1} of {rounds}: {operation.title}")


def probe_all(found: Sequence[Serving], results: Results) -> None:
    """Ask what servers do besides, put their rows back, and note how long their logs are."""
    for one in found:
        if one.contender.dialect.constant:
            continue
        say(f"probing {one.contender.name}")
        try:
            results.probes[one.contender.name] = probe(one.place.port, one.contender.dialect)
            one.reset()
        except (StartError, OSError, sqlite3.Error) as error:
            say(f"  failed: {error}")
        one.logged = one.running.log.stat().st_size


def note_logs(found: Sequence[Serving], results: Results) -> None:
    """Note what servers have written to their logs during the rounds: they should be silent."""
    for one in found:
        if written := one.running.log.stat().st_size - one.logged:
            results.logged[one.contender.name] = written


def _visit(one: Serving, operation: Operation, results: Results, seconds: float) -> None:
    name = one.contender.name
    plan = one.contender.dialect.plan(operation.name)
    if isinstance(plan, str):
        results.lacking.setdefault(name, {})[operation.name] = plan
        return
    try:
        sample = measure(one, plan, operation, seconds)
    except (LoadError, StartError, OSError, sqlite3.Error) as error:
        told = reason(str(error)) or type(error).__name__
        results.lacking.setdefault(name, {})[operation.name] = f"failed: {told}"
        say(f"  {name}: {operation.name} failed: {error}")
        return
    if sample.wrong:
        say(f"  {name}: {operation.name}: unexpected answers {sample.wrong}")
    results.samples.setdefault(name, {}).setdefault(operation.name, []).append(sample)


def measure(one: Serving, plan: Plan, operation: Operation, seconds: float) -> Sample:
    """Warm a server up for an operation, load it, and put its rows back."""
    extra = int(seconds * DELETED_PER_SECOND) if operation.name == "delete" else 0
    if operation.writes:
        one.reset(extra)
    warm = closed_loop(
        one.place.port, plan, first=0, connections=CONNECTIONS, seconds=seconds * WARM_PART
    )
    before = one.running.processor_seconds()
    load = closed_loop(
        one.place.port,
        plan,
        first=warm.requests * plan.items,
        connections=CONNECTIONS,
        seconds=seconds,
    )
    used = one.running.processor_seconds() - before
    if operation.writes:
        one.reset()
    return _sample(load, used, plan.items)


def _sample(load: Load, used: float, items: int) -> Sample:
    if not load.requests:
        raise LoadError("no request was answered")
    done = load.requests * items
    return Sample(
        microseconds=used / done * 1e6,
        rate=done / load.seconds,
        generator=load.generator_seconds / load.seconds,
        requests=load.requests,
        wrong=dict(load.wrong),
    )
