"""Remembers the pieces of services from one run to the next, in `.restwright-cache/`.

It keeps the models that they are made of too, and the runtime as it is laid out.
Only a memory: it may be removed, cut short or shared at any time, and costs a second when it is.
Nothing reaches the disk before `save`, so that a refused spec leaves no trace.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path

FOLDER = Path(".restwright-cache")
MOST = 20_000
"""How many texts are kept: a service of 1,000 resources has 3,000, some of which every change adds.

Where more were read and written in one run, all of those are kept.
"""


class PieceCache(MutableMapping[str, str]):
    """Texts by key. A file holds the hash of its text in the first line, the text after it.

    A file is as old as its last use, and the oldest go first. What a text depends on stands in its
    key: `pieces.py` puts the compiler there, and the versions of all that shapes what it emits.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._new: dict[str, str] = {}
        self._read: set[Path] = set()

    def __getitem__(self, key: str) -> str:
        if key in self._new:
            return self._new[key]
        try:
            stated, _, text = self._file(key).read_bytes().decode().partition("\n")
        except (OSError, UnicodeDecodeError):
            raise KeyError(key) from None
        if stated != _digest(text):
            raise KeyError(key)
        self._read.add(self._file(key))
        return text

    def __setitem__(self, key: str, text: str) -> None:
        self._new[key] = text

    def __delitem__(self, key: str) -> None:
        self._new.pop(key, None)
        self._file(key).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[str]:
        return iter(self._new)

    def __len__(self) -> int:
        return len(self._new)

    def save(self) -> None:
        """Put what is new on the disk, and drop the oldest where it is too much. Never fails."""
        with suppress(OSError):
            for file in self._read:
                with suppress(FileNotFoundError):
                    os.utime(file)
            for key, text in self._new.items():
                self._folder.mkdir(exist_ok=True)
                beside = self._file(key).with_suffix(f".{os.getpid()}")
                beside.write_bytes(f"{_digest(text)}\n{text}".encode())
                os.replace(beside, self._file(key))
            if self._new:
                self._drop_the_oldest()

    def _drop_the_oldest(self) -> None:
        most = max(MOST, len(self._new) + len(self._read))
        by_age = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime)
        for file in by_age[:-most]:
            file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / _digest(key)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
