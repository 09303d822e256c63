"""The command `schemathesis run`, as anybody would type it.

All checks and all phases; no hooks, no configuration file, nothing excluded.
"""

from __future__ import annotations

import os
import subprocess
import sysconfig
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .traffic import Record, recorded

PHASES = "examples,coverage,fuzzing,stateful"
SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Attack:
    """What came of a run."""

    command: str
    exit_code: int
    output: str
    record: Record


def attack(url: str, *, examples: int, seed: int, operations: Sequence[str] = ()) -> Attack:
    """Run schemathesis against a service, in an empty folder and with an empty environment."""
    program = Path(sysconfig.get_path("scripts"), "schemathesis")
    chosen = [part for one in operations for part in ("--include-operation-id", one)]
    with tempfile.TemporaryDirectory(prefix="restwright-fuzz-") as folder:
        report = Path(folder, "report.ndjson")
        (empty := Path(folder, "empty")).mkdir()
        arguments = ["run", f"{url}/openapi.json", "--checks", "all", "--phases", PHASES]
        arguments += ["--max-examples", str(examples), "--seed", str(seed), *chosen]
        kept = ["--report", "ndjson", "--report-ndjson-path", str(report)]
        kept += ["--output-sanitize", "false", "--no-color"]
        done = subprocess.run(
            [program, *arguments, *kept],
            cwd=empty,
            env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        record = recorded(report) if report.exists() else Record([], frozenset())
    command = " ".join(["schemathesis", *arguments])
    return Attack(command, done.returncode, done.stdout.decode(errors="replace"), record)
