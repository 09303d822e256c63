"""Changing a folder file by file, so that a killed run is finished or undone by the next.

Used where the system cannot swap folders in one step. What is to be written stands complete in
`.staged/` before the journal appears there; once it has appeared, the change is certain to happen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.exchange import discard, replace_file, sync_folder, write_file
from generator.folder import STAGED

_JOURNAL = "journal.json"


def stage(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write what a folder is about to hold, beside what it holds. A failure leaves no trace."""
    staged = folder / STAGED
    discard(staged)
    try:
        for path, content in files.items():
            target = staged / "files" / path
            os.makedirs(target.parent, exist_ok=True)
            write_file(target, content, like=folder / path)
    except BaseException:
        discard(staged)
        raise


def commit(folder: Path, remove: Iterable[str]) -> None:
    """Make the staged files the folder's, and remove others."""
    os.makedirs(folder / STAGED, exist_ok=True)
    replace_file(folder / STAGED / _JOURNAL, json.dumps(sorted(remove)).encode())
    _carry_out(folder)


def settle(folder: Path) -> None:
    """Finish what a killed run had decided, drop what it had only begun."""
    if (folder / STAGED / _JOURNAL).is_file():
        _carry_out(folder)
    else:
        discard(folder / STAGED)


def _carry_out(folder: Path) -> None:
    # Every step may be done twice: a run killed in here is repeated from its first step.
    staged = folder / STAGED / "files"
    for path in json.loads((folder / STAGED / _JOURNAL).read_bytes()):
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder, (folder / path).parent)
    for source in sorted(path for path in staged.rglob("*") if not path.is_dir()):
        target = folder / source.relative_to(staged)
        os.makedirs(target.parent, exist_ok=True)
        os.replace(source, target)
        sync_folder(target.parent)
    discard(staged)
    (folder / STAGED / _JOURNAL).unlink()
    discard(folder / STAGED)


def _remove_empty(folder: Path, emptied: Path) -> None:
    while emptied != folder and emptied.is_dir() and not any(emptied.iterdir()):
        emptied.rmdir()
        emptied = emptied.parent
