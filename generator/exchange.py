"""What the file system does in one step, or durably: swapping folders, linking, writing, locking.

Every function changes files at once; `write.py` decides what is changed and in which order.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

if sys.platform != "win32":
    import fcntl

T = TypeVar("T")

MANY = 64
"""Fewer are done sooner one after the other."""
AT_ONCE = 16
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT = {
    errno.EBUSY,  # a mount point
    errno.EINVAL,  # a file system that swaps nothing
    errno.ENOSYS,  # a kernel that swaps nothing
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EPERM,  # a file system without hard links, a sandbox
    errno.EXDEV,  # a layered file system
    errno.EMLINK,
}


class CannotExchangeError(Exception):
    """The system has no way to do this in one step here."""


def swap(one: Path, other: Path) -> None:
    """Exchange two folders in one step: a reader sees them before or after, never in between."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError) as reason:
        raise CannotExchangeError from reason
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) != 0:
        code = ctypes.get_errno()
        error = OSError(code, os.strerror(code), str(other))
        if code in _CANNOT:
            raise CannotExchangeError from error
        raise error
    sync_folder(other.parent)


def link(source: str, target: str) -> None:
    """Give a file a second name. The file itself (its time, its mode) stays as it is."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno in _CANNOT:
            raise CannotExchangeError from error
        raise


def content(path: str) -> bytes:
    """Read a file. Of thousands, a `Path` for each would take longer than reading."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


def write_file(path: Path, content: bytes, *, like: Path | None = None) -> None:
    """Write a new file durably, with the mode of an old one where there is one."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        if like is not None and like.is_file():
            os.chmod(file.fileno(), like.stat().st_mode & 0o7777)
        os.fsync(file.fileno())


def write_files(files: Iterable[tuple[Path, bytes, Path]]) -> None:
    """Write new files durably: path, content, and the old file whose mode each takes."""
    _each(lambda one: write_file(one[0], one[1], like=one[2]), files)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part."""
    os.makedirs(path.parent, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        write_file(beside, content, like=path)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    if sys.platform == "win32":
        return  # which opens no folder, and writes names through
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(tree: Path) -> None:
    """Remove a folder with all that is in it, if it is there."""
    if tree.is_dir() and not tree.is_symlink():
        shutil.rmtree(tree)


def sync_folders(paths: Iterable[Path]) -> None:
    """Make the names in folders durable."""
    _each(sync_folder, paths)


def _each(do: Callable[[T], None], them: Iterable[T]) -> None:
    """Do it to each, several at a time: a disk commits what waits for it together."""
    every = list(them)
    if len(every) < MANY:
        for one in every:
            do(one)
        return
    with ThreadPoolExecutor(AT_ONCE) as threads:
        # Taking the results raises what any of them raised.
        deque(threads.map(do, every), maxlen=0)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time write into a folder. A killed process leaves no lock behind."""
    os.makedirs(folder, exist_ok=True)
    with (folder / ".lock").open("ab") as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
