"""Where databases are put: on a disk, since an fsync costs nothing where files are in memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

MOUNTS = Path("/proc/mounts")
IN_MEMORY = {"tmpfs", "ramfs", "devtmpfs", "hugetlbfs"}


class DiskError(Exception):
    """There is no fitting place for databases; the text says what to do."""


def filesystem(folder: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of the file system that a folder is on; the last that is mounted counts."""
    place = folder.resolve()
    found, depth = "", -1
    for line in mounts.read_text().splitlines():
        _, mounted, kind, *_ = line.split(" ")
        point = Path(mounted.encode().decode("unicode_escape"))
        if place.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = kind, len(point.parts)
    return found


def on_disk(folder: Path, mounts: Path = MOUNTS) -> Path:
    """Return a folder. Raises `DiskError` if its files are kept in memory."""
    if (kind := filesystem(folder, mounts)) in IN_MEMORY:
        raise DiskError(
            f"{folder} is kept in memory ({kind}), where an fsync costs nothing: "
            "name one on a disk, with TMPDIR=/path/to/folder make bench, or with --tables"
        )
    return folder


def base(candidates: Sequence[Path] = (), mounts: Path = MOUNTS) -> Path:
    """Choose the folder for temporary ones: the usual one, or one beside it that is on a disk.

    A folder that `TMPDIR` names is taken or refused. Raises `DiskError`.
    """
    usual = Path(tempfile.gettempdir())
    if os.environ.get("TMPDIR"):
        return on_disk(usual, mounts)
    for folder in candidates or (usual, Path("/var/tmp"), Path.cwd()):
        usable = folder.is_dir() and os.access(folder, os.W_OK)
        if usable and filesystem(folder, mounts) not in IN_MEMORY:
            return folder
    return on_disk(usual, mounts)


@contextmanager
def temporary() -> Iterator[Path]:
    """Make a folder on a disk, and remove it in the end."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=base()) as folder:
        yield Path(folder)


def need(folder: Path, size: int) -> None:
    """Raise `DiskError` if a folder has no room for so many bytes."""
    if (free := shutil.disk_usage(folder).free) < size:
        raise DiskError(
            f"{folder} has {free / 1e9:.1f} GB left, and {size / 1e9:.1f} GB are needed: "
            "name another folder with --tables, or leave the rows out with --rows 0"
        )
