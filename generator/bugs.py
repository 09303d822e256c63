"""What a reader is told of a mistake of ours: a text to report it with, and no traceback."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

_HOME = Path(__file__).parent
_DEEPEST = 6


def version() -> str:
    """Tell the version that is installed; a mere checkout has none."""
    try:
        return metadata.version("restwright")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def bug_report(error: BaseException, arguments: Sequence[str]) -> str:
    """Write what a good issue holds: the versions, the command, the error and where it arose."""
    frames = [
        f"  at {_place(frame)}, in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_HOME)
    ]
    return "\n".join(
        [
            "This is a bug of restwright, not of your spec. Please report it:",
            "",
            f"  restwright {version()}, Python {platform.python_version()}, {platform.system()}",
            f"  command: restwright {' '.join(arguments)}",
            f"  {type(error).__name__}: " + str(error).replace("\n", "\n  "),
            *frames[-_DEEPEST:],
            "",
            "with the spec, or the smallest part of it that shows the same.",
            "RESTWRIGHT_DEBUG=1 shows the whole traceback.",
        ]
    )


def _place(frame: traceback.FrameSummary) -> str:
    return f"{_HOME.name}/{Path(frame.filename).relative_to(_HOME).as_posix()}:{frame.lineno}"
