"""The files around a service: its spec, its package, its application, the schema for editors.

`compare` changes nothing; `write_all` writes for every service or, where one may not be, for none.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import exchange, write
from generator.manifest import MANIFEST

if TYPE_CHECKING:
    from generator.compiler import CompiledService

SPECS = Path("spec")
PACKAGES = Path("generated")
APPLICATIONS = Path("app")
EDITOR_SCHEMA = Path(".schema", "spec-1.schema.json")


class UsageError(Exception):
    """The command line names something that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What stands between the disk and what the specs say."""

    packages: tuple[write.Plan, ...]
    texts: tuple[tuple[Path, str], ...]
    """Files outside of the packages that are missing or stale, with their text."""
    orphans: tuple[Path, ...]
    """Packages that no spec stands behind any more: somebody has to decide what becomes of them."""

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return bool(self.texts) or any(plan.changes for plan in self.packages)


def find_specs(given: Sequence[Path]) -> tuple[Path, ...]:
    """Find the specs that the command line means: those named, or all of `spec/`."""
    paths = [found for path in given or [SPECS] for found in _specs_at(path)]
    if not paths:
        raise UsageError(f"there is no spec: {SPECS.as_posix()}/ has no file that ends in .yaml")
    first: dict[str, Path] = {}
    for path in dict.fromkeys(paths):
        if first.setdefault(path.stem, path) != path:
            raise UsageError(f"{first[path.stem]} and {path} would be one service, `{path.stem}`")
    return tuple(first.values())


def compare(services: Sequence[CompiledService], out: Path | None, *, force: bool) -> Changes:
    """Compare what is on disk with what the services compiled to. Changes nothing."""
    packages = [
        write.plan((out or PACKAGES) / one.name, one.files, force=force) for one in services
    ]
    wanted = [] if out is not None else [*_applications(services), *_schemas(services)]
    orphans = _orphans(services) if out is None else []
    return Changes(packages=tuple(packages), texts=tuple(wanted), orphans=tuple(orphans))


def write_all(services: Sequence[CompiledService], out: Path | None, *, force: bool) -> Changes:
    """Write what differs. Where a file may not be replaced, nothing is written for any service."""
    folder = out or PACKAGES
    with exchange.locked(folder):
        for one in services:
            write.settle(folder / one.name)
        changes = compare(services, out, force=force)
        if not any(plan.conflicts for plan in changes.packages):
            write.apply(changes.packages)
            for path, text in changes.texts:
                exchange.replace_file(path, text.encode())
    return changes


def _specs_at(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.yaml"))
    if path.exists():
        return [path]
    if path == SPECS:
        return []
    known = [
        str(one) for one in [*sorted(SPECS.glob("*.yaml")), *sorted(path.parent.glob("*.yaml"))]
    ]
    close = difflib.get_close_matches(str(path), known, 1) or [
        one for one in known if Path(one).stem == path.stem
    ]
    hint = f" Did you mean {close[0]}?" if close else ""
    raise UsageError(f"there is no file {path}.{hint}")


def _orphans(services: Sequence[CompiledService]) -> list[Path]:
    names = {one.name for one in services} | {path.stem for path in SPECS.glob("*.yaml")}
    packages = sorted(path.parent for path in PACKAGES.glob(f"*/{MANIFEST}"))
    return [package for package in packages if package.name not in names]


def _applications(services: Sequence[CompiledService]) -> list[tuple[Path, str]]:
    # Written once: what stands there already is the team's, whatever it says.
    paths = [(APPLICATIONS / f"{one.name}.py", one.application) for one in services]
    return [(path, text) for path, text in paths if not path.exists()]


def _schemas(services: Sequence[CompiledService]) -> list[tuple[Path, str]]:
    from generator.editor_schema import editor_schema

    paths = dict.fromkeys(one.source.path.parent / EDITOR_SCHEMA for one in services)
    text = editor_schema()
    return [(path, text) for path in paths if not _holds(path, text)]


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
