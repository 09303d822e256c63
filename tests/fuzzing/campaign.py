"""One run against one service: serve, attack, probe, read back, judge."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.services import Compiled, served

from .aftermath import read_all, read_log
from .client import Client
from .command import Attack, attack
from .contract import Contract
from .probes import probe
from .table import render
from .verdict import Tally

MOST_MISSES = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run."""

    service: str
    seed: int
    attack: Attack
    tally: Tally
    problems: list[str]
    """What the table and the time after it found; schemathesis has its own output."""
    seconds: float

    @property
    def passed(self) -> bool:
        """Tell whether nothing was found."""
        return self.attack.exit_code == 0 and not self.problems

    def report(self) -> str:
        """Write it all down."""
        problems = [f"✗ {one}" for one in self.problems[:MOST_MISSES]]
        more = len(self.problems) - MOST_MISSES
        if more > 0:
            problems.append(f"✗ and {more} more")
        verdict = "passed" if self.passed else "FAILED"
        sent = f"{len(self.attack.record.exchanges)} requests by schemathesis"
        ours = f"{self.tally.exchanges - len(self.attack.record.exchanges)} of our own"
        return "\n".join(
            [
                f"=== {self.service}, seed {self.seed}",
                f"$ {self.attack.command}",
                self.attack.output.strip(),
                "",
                render(self.tally),
                "",
                *problems,
                f"=== {self.service}, seed {self.seed}: {verdict}; {sent}, {ours},"
                f" {self.seconds:.0f} s",
            ]
        )


def run(service: Compiled, *, examples: int, seed: int, operations: Sequence[str] = ()) -> Outcome:
    """Fuzz a service on a fresh SQLite database."""
    began = time.monotonic()
    tally = Tally(Contract.read(service.contract()))
    with tempfile.TemporaryDirectory(prefix="restwright-fuzz-") as folder:
        database = f"sqlite+aiosqlite:///{Path(folder, 'fuzz.db')}"
        with served(service, database) as server:
            client = Client(server.port)
            found = attack(server.url, examples=examples, seed=seed, operations=operations)
            tally.judge(found.record.exchanges)
            probe(client, tally, seed)
            problems = list(read_all(client, tally))
        problems += read_log(server.log(), tally)
    problems = [*tally.misses, *tally.gaps(operations), *problems]
    return Outcome(service.name, seed, found, tally, problems, time.monotonic() - began)
