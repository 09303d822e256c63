"""The compiler: one function, a stage a line. Read this first.

It reads one spec file and returns text; it writes nothing (`write.py` does, called by `cli.py`).
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

from generator.check.together import understand
from generator.diagnostics import Diagnostic
from generator.emit.applications import application
from generator.lower import lower
from generator.pieces import compiled
from generator.source import Source, read

APPLICATION = "application.py"
"""Beside the files of the package: the team's own, `app/<name>.py`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledService:
    """What a spec file became."""

    name: str
    files: dict[str, str]
    """Text by path below `generated/<name>/`."""
    application: str
    """The text of `app/<name>.py`, for where the team has none yet."""
    source: Source
    warnings: tuple[Diagnostic, ...]


def compile_spec(path: Path, cache: MutableMapping[str, str] | None = None) -> CompiledService:
    """Compile a spec file into the files of a service.

    `cache` keeps what was emitted from one call to the next (`pieces.py`); it changes no byte.
    Raises `SpecError` with every problem of the file, `OSError` where it cannot be read.
    """
    source = read(path.read_bytes(), path)  # bytes -> data that knows its line and column
    spec, warnings = understand(source)  # data -> spec: parsed, then checked as a whole
    service = lower(spec)  # spec -> IR: defaults filled in, names decided
    extra = {APPLICATION: application(service)}
    files = compiled(service, {} if cache is None else cache, extra)  # IR -> text, as ruff would
    return CompiledService(
        name=service.name,
        application=files.pop(APPLICATION),
        files=files,
        source=source,
        warnings=warnings,
    )
