"""What a run stood on: the machine, and the versions of everything that was measured.

Only what a reader can compare with their own: cores, their model, versions, the time of an fsync.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import disk
from .contenders import Contender
from .environment import FASTIFY, PYTHON
from .tables import fsync_microseconds

ASK = (
    "import importlib.metadata as m, json, sys\n"
    "known = {d.name.lower().replace('_', '-'): d.version for d in m.distributions()}\n"
    "print(json.dumps({n: known[n] for n in sys.argv[1:] if n in known}))\n"
)


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured."""

    processor: str
    cores: int
    system: str
    python: str
    sqlite: str
    filesystem: str
    """What the databases are on."""
    fsync_microseconds: float
    cores_apart: bool
    """Whether servers and load generator had a core each."""

    @classmethod
    def here(cls, *, cores_apart: bool) -> Machine:
        """Describe this machine."""
        with disk.temporary() as folder:
            fsync, kind = fsync_microseconds(folder), disk.filesystem(folder)
        return cls(
            processor=_processor(),
            cores=os.cpu_count() or 1,
            system=f"Linux {platform.release().split('-')[0]}",
            python=platform.python_version(),
            sqlite=sqlite3.sqlite_version,
            filesystem=kind,
            fsync_microseconds=round(fsync),
            cores_apart=cores_apart,
        )


def versions(contenders: Sequence[Contender]) -> dict[str, dict[str, str]]:
    """Return the versions of each server's packages, by server."""
    ours = _python_versions(sys.executable, _names(contenders, peers=False))
    peers = _python_versions(str(PYTHON), _names(contenders, peers=True))
    node = _node_versions() if any(one.name == "fastify" for one in contenders) else {}
    return {
        one.name: {
            name: version
            for name in one.versions
            if (version := (node | (peers if one.peer else ours)).get(name))
        }
        for one in contenders
    }


def _names(contenders: Iterable[Contender], *, peers: bool) -> list[str]:
    return sorted({name for one in contenders if one.peer == peers for name in one.versions})


def _python_versions(python: str, names: list[str]) -> dict[str, str]:
    if not names or not Path(python).exists():
        return {}
    done = subprocess.run(
        [python, "-c", ASK, *names], capture_output=True, text=True, check=True, timeout=60
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def _node_versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("fastify", "better-sqlite3"):
        file = FASTIFY / "node_modules" / name / "package.json"
        if file.exists():
            found[name] = json.loads(file.read_text())["version"]
    if shutil.which("node"):
        done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
        found["node"] = done.stdout.strip().removeprefix("v")
    return found


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text()
    found = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()
