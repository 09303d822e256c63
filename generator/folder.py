"""What is in a folder: its files by path, links not followed. Reads names, never content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STAGED = ".staged"
"""Where `journal.py` keeps what a folder is about to hold; no part of the folder's content."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything in a folder, as paths below it with `/` between the parts."""

    files: frozenset[str]
    """Whatever is not a folder: links and sockets too."""
    regular: frozenset[str]
    """Those of them that are files with content of their own."""
    folders: frozenset[str]
    empty: frozenset[str]
    """The folders with nothing in them."""


def scan(folder: Path) -> Content:
    """List everything in a folder; one that is not there holds nothing."""
    entries = list(_walk(folder, "")) if folder.is_dir() else []
    files = frozenset(path for path, entry in entries if not entry.is_dir(follow_symlinks=False))
    folders = frozenset(path for path, _ in entries) - files
    occupied = {parent for path, _ in entries for parent in parents(path)}
    regular = frozenset(path for path, entry in entries if entry.is_file(follow_symlinks=False))
    return Content(files, regular, folders, folders - occupied)


def parents(path: str) -> tuple[str, ...]:
    """Name the folders that a path leads through: `a`, `a/b` for `a/b/c`."""
    parts = path.split("/")
    return tuple("/".join(parts[:end]) for end in range(1, len(parts)))


def is_stale_bytecode(path: str, staying: frozenset[str]) -> bool:
    """Tell whether a file is what Python cached of a module that does not stay as it is.

    Python trusts such a file by its module's size and second of change, which a quick second
    generation can leave equal: the old code would run.
    """
    folder, found, name = path.rpartition("__pycache__/")
    if not found or "/" in name or folder[-1:] not in ("", "/"):
        return False
    return f"{folder}{name.split('.')[0]}.py" not in staying


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if path == STAGED:
                continue
            yield path, entry
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(folder / entry.name, f"{path}/")
