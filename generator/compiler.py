"""The compiler: one function, a stage a line. Read this first.

It reads one spec file and returns text; it writes nothing (`write.py` does, called by `cli.py`).
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

from generator.check import check
from generator.diagnostics import Diagnostic
from generator.emit.applications import application
from generator.emit.service import emit
from generator.lower import lower
from generator.parse import parse
from generator.source import Source, read
from generator.tidy import tidy


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

    `cache` keeps emitted models by the hash of their schemas from one call to the next.
    Raises `SpecError` with every problem that the first failing stage found, `OSError` where the
    file cannot be read.
    """
    source = read(path.read_bytes(), path)  # bytes -> data that knows its line and column
    spec = parse(source)                    # data  -> spec: each part has the right shape
    warnings = check(spec, source)          #          ... and the parts make sense together
    service = lower(spec)                   # spec  -> IR: defaults filled in, names decided
    files = emit(service, {} if cache is None else cache)  # IR -> text
    return CompiledService(
        name=service.name,
        files=tidy(files),                  # text  -> text as ruff would write it
        application=tidy({"application.py": application(service)})["application.py"],
        source=source,
        warnings=warnings,
    )  # fmt: skip
