"""Kills a write at every one of its steps; run by test_write.py in a process of its own.

A step is a call that changes the file system. The process forks once a step: the child is killed
by SIGKILL in front of that step, the parent looks at what is left, as the next command would.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from generator import exchange, write

STEPS = ("link", "mkdir", "open", "rename", "replace", "rmdir", "unlink", "fsync", "chmod")
OLD = {"app.py": "old\n", "same.py": "same\n", "gone/table.py": "gone\n", "products/a.py": "a\n"}
NEW = {"app.py": "new\n", "same.py": "same\n", "made/table.py": "made\n", "products/a.py": "b\n"}
FOREIGN = {"mine.txt": "mine\n", "gone/mine.txt": "mine too\n"}

P = ParamSpec("P")
R = TypeVar("R")


def main(folder: Path, mode: str) -> None:
    """Print how many steps were tried, or fail naming the step that left a mixture."""
    if mode == "journal":
        exchange.swap = refuse
    step, seen = 0, set[bool]()
    while is_killed(lambda: write.apply([write.plan(folder, NEW)]), prepare(folder), step):
        left = contents(folder)
        is_killed(lambda: write.settle(folder), folder, step % 5)  # the next command is killed too
        write.settle(folder)
        settled = contents(folder)
        assert settled in (OLD | FOREIGN, NEW | FOREIGN), f"step {step}: {settled}"
        assert mode == "journal" or left == settled, f"step {step}: {left}"
        assert not list(folder.parent.glob(".catalog*")), f"step {step}: rubbish is left"
        seen.add(settled == NEW | FOREIGN)
        write.apply([write.plan(folder, NEW)])
        assert contents(folder) == NEW | FOREIGN, f"step {step}: the next run does not finish"
        step += 1
    assert contents(folder) == NEW | FOREIGN
    assert seen == {True, False}, "every step left the same tree"
    print(step)


def refuse(one: Path, other: Path) -> None:
    """Stand in for a system that swaps no folders."""
    raise exchange.CannotExchangeError


def prepare(folder: Path) -> Path:
    """Put the old tree and files of somebody else's into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    write.apply([write.plan(folder, OLD)])
    for path, text in FOREIGN.items():
        (folder / path).write_text(text)
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Read everything in a folder but the manifest and what the journal keeps."""
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {str(path.relative_to(folder)): path.read_text() for path in files}
    return {path: text for path, text in found.items() if not path.startswith(".")}


def is_killed(action: Callable[[], object], folder: Path, step: int) -> bool:
    """Do something to a folder in a child that dies at this step; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        assert folder.is_dir()
        count = [step]
        for name in STEPS:
            setattr(os, name, dying(getattr(os, name), count))
        if exchange.swap is not refuse:
            exchange.swap = dying(exchange.swap, count)
        action()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def dying(call: Callable[P, R], count: list[int]) -> Callable[P, R]:
    """Wrap a call so that the process dies before it when the count is down."""

    def wrapped(*arguments: P.args, **options: P.kwargs) -> R:
        if count[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        count[0] -= 1
        return call(*arguments, **options)

    return wrapped


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
