"""The same spec makes the same bytes, whatever the machine and the moment are like."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.services import CATALOG, EVERYTHING, ROOT, WAREHOUSE

SPECS = [CATALOG, EVERYTHING, WAREHOUSE]


@dataclass(frozen=True)
class Machine:
    """What must make no difference."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    line_end: bytes = b"\n"
    from_root: bool = False
    """Whether the command runs in the folder of the project, or beside it with whole paths."""


ASCII = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Keeps Python from taking UTF-8 where the locale does not say so."""
MACHINES = [
    Machine("plain", {"PYTHONHASHSEED": "0"}, from_root=True),
    Machine("windows", {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu"}, line_end=b"\r\n"),
    Machine("ascii", {"PYTHONHASHSEED": "2", "LC_ALL": "C", **ASCII}, from_root=True),
    Machine("turkish", {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "40"}),
    Machine("optimised", {"PYTHONHASHSEED": "4", "TZ": "America/St_Johns"}, options=("-OO",)),
]


def test_the_same_spec_makes_the_same_bytes(tmp_path: Path) -> None:
    """Hash seed, time zone, locale, folder, line ends and memory make no difference."""
    with ThreadPoolExecutor(2) as threads:
        trees = list(threads.map(lambda machine: generated(machine, tmp_path), MACHINES))
    first = trees[0]
    assert len(first) > 100
    for machine, tree in zip(MACHINES, trees, strict=True):
        assert {path for path in first if tree.get(path) != first[path]} == set(), machine.name
        assert tree.keys() == first.keys()


def test_a_remembered_piece_is_the_one_that_would_be_made(tmp_path: Path) -> None:
    """A second run, with what the first left in its memory, changes nothing."""
    machine = MACHINES[0]
    first = generated(machine, tmp_path)
    assert list((tmp_path / machine.name / ".restwright-cache").iterdir())
    assert generated(machine, tmp_path, "again") == first


def test_examples_are_the_same_in_every_run(request: pytest.FixtureRequest) -> None:
    """Nothing that hypothesis makes differs between runs, unless other examples were asked for."""
    same = request.config.getoption("--hypothesis-profile") is None
    tests = (getattr(item, "obj", None) for item in request.session.items)
    kept = "_hypothesis_internal_use_settings"
    found = [getattr(test, kept) for test in tests if is_hypothesis_test(test)]
    for one in [settings.default, *found]:
        assert (one.derandomize, one.deadline) == (same, None)


def generated(machine: Machine, tmp_path: Path, out: str = "out") -> dict[str, bytes]:
    """Compile the specs as a machine would, and read every file that was written."""
    folder = tmp_path / machine.name
    (folder / "spec").mkdir(parents=True, exist_ok=True)
    for spec in SPECS:
        text = spec.read_bytes().replace(b"\n", machine.line_end)
        (folder / "spec" / spec.name).write_bytes(text)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, *machine.options, "-m", "generator", "generate"]
    specs = ["spec"] if machine.from_root else [str(folder / "spec")]
    subprocess.run(
        [*command, *specs, "--out", str(folder / out)],
        cwd=folder if machine.from_root else tmp_path,
        env={**kept, **machine.environment, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    files = (path for path in (folder / out).rglob("*") if path.is_file())
    found = {path.relative_to(folder / out).as_posix(): path.read_bytes() for path in files}
    return {path: content for path, content in found.items() if path != ".lock"}
