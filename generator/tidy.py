"""Lays out emitted code as ruff does: text in, text out.

No configuration of the machine or the project reaches it, so the same text gives the same bytes
everywhere. Code that ruff cannot read is a bug of the compiler, and is shown as such.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ruff import find_ruff_bin

MEMORY = "/dev/shm"
"""Where Linux keeps files in memory: thousands are written, read and removed there at no cost.

In a container it is often small (64 MB), or not there; then an ordinary folder does as well.
"""
_FIX = ("check", "--fix-only", "--select=I,F401,UP", "--quiet")
_FORMAT = ("format",)
_OPTIONS = ("--isolated", "--no-cache", "--line-length=100", "--target-version=py311")
_UNREADABLE = re.compile(
    r"Failed to parse (?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<why>.+)"
)


class EmittedCodeError(Exception):
    """The compiler emitted something that is not Python. It is a bug of ours, not of the spec."""


def tidy(files: Mapping[str, str]) -> dict[str, str]:
    """Sort the imports, drop those not used and lay out every Python file; others stay as they are.

    Raises `EmittedCodeError` with the line that ruff cannot read.
    """
    python = {path: text for path, text in files.items() if path.endswith(".py")}
    if not python:
        return dict(files)
    if os.access(MEMORY, os.W_OK):
        # What fails there may have found no room. What is wrong with the code is found again.
        with suppress(OSError, EmittedCodeError):
            return {**files, **_laid_out(python, MEMORY)}
    return {**files, **_laid_out(python, None)}


def _laid_out(python: Mapping[str, str], folder: str | None) -> dict[str, str]:
    """Lay files out in a temporary folder, which lies in a given one."""
    with tempfile.TemporaryDirectory(prefix="restwright-", dir=folder) as scratch:
        # One folder further down, since ruff takes what lies at the top for the names of packages.
        root = Path(scratch, "service")
        for path, text in python.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode())
        for command in (_FIX, _FORMAT):
            _ruff(command, Path(scratch), python)
        return {path: (root / path).read_bytes().decode() for path in python}


def _ruff(command: tuple[str, ...], scratch: Path, files: Mapping[str, str]) -> None:
    foreign = ("RUFF_", "FORCE_COLOR", "CLICOLOR")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    arguments = [find_ruff_bin(), *command, *_OPTIONS, "service"]
    run = subprocess.run(
        arguments, cwd=scratch, env=clean, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise EmittedCodeError(_explained(run.stderr or run.stdout, files))


def _explained(output: str, files: Mapping[str, str]) -> str:
    found = _UNREADABLE.search(output)
    path = Path(found["path"]).relative_to("service").as_posix() if found else ""
    if found is None or path not in files:
        return f"ruff refused the emitted code: {output.strip()}"
    line = int(found["line"])
    lines = files[path].split("\n")
    numbered = [
        f"{'>' if number == line else ' '} {number:4} | {lines[number - 1]}"
        for number in range(max(1, line - 3), min(len(lines), line + 3) + 1)
    ]
    return "\n".join([f"emitted code is not Python: {path}:{line}: {found['why']}", *numbered])
