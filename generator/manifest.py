"""The list of what the compiler owns in a folder: a line per file with its hash, sorted by path.

The format is that of `sha256sum`, so `sha256sum -c .manifest` names every file edited by hand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

MANIFEST = ".manifest"

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def digest(content: bytes) -> str:
    """Hash the content of a file as the manifest states it."""
    return hashlib.sha256(content).hexdigest()


def manifest(files: Mapping[str, bytes]) -> str:
    """Write the manifest of these files."""
    return "".join(f"{digest(files[path])}  {path}\n" for path in sorted(files))


def read_manifest(text: str) -> dict[str, str]:
    """Read a manifest back into {path: hash}.

    A line that is none (a merge left its marks, say) is passed over: its file then counts as one
    that the compiler does not own, and such a file is never touched. So does a path that leads out.
    """
    lines = (_LINE.fullmatch(line) for line in text.splitlines())
    return {line[2]: line[1] for line in lines if line is not None and _stays_inside(line[2])}


def _stays_inside(path: str) -> bool:
    return not path.startswith("/") and "\\" not in path and ".." not in path.split("/")
