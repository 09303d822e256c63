"""Makes a folder hold exactly the files of a service, in one step, touching only what changed.

`plan` compares and changes nothing; `apply` builds the new tree beside the old one, with hard links
for whatever stays, and swaps the two. Where the system cannot, `journal.py` does it file by file.
Hold `exchange.locked` around both, and call `settle` first: it clears what a killed run left.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from generator import exchange, journal
from generator.folder import STAGED, Content, is_stale_bytecode, parents, scan
from generator.manifest import MANIFEST, digest, manifest, read_manifest


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that the compiler may not replace or remove."""

    path: str
    reason: str
    forcible: bool
    """Whether `--force` may replace it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What has to happen for a folder to hold exactly these files."""

    folder: Path
    files: Mapping[str, bytes]
    """Every file that the compiler wants there."""
    created: tuple[str, ...]
    updated: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    foreign: tuple[str, ...]
    """Files that the compiler does not own: they stay."""
    stale: tuple[str, ...]
    """What Python cached of files that do not stay as they are: it goes with them."""
    empty: tuple[str, ...]
    """Folders with nothing in them: they stay too."""
    conflicts: tuple[Conflict, ...]
    lists: bytes | None
    """The new manifest, None where the one on disk is right."""

    @property
    def changes(self) -> bool:
        """Whether anything on disk has to change."""
        return bool(self.created or self.updated or self.removed or self.lists is not None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to a folder, in numbers of files."""

    created: int
    updated: int
    removed: int
    unchanged: int


def plan(folder: Path, files: Mapping[str, str], *, force: bool = False) -> Plan:
    """Compare a folder with the files that it is to hold. Changes nothing."""
    folder = _real(folder)
    wanted = {path: text.encode() for path, text in files.items()}
    here = scan(folder)
    owned = _owned(folder, here)
    known = (wanted.keys() | owned.keys() | {MANIFEST}) & here.regular
    found = {path: exchange.content(os.path.join(folder, path)) for path in known}
    unchanged = frozenset(path for path in wanted if found.get(path) == wanted[path])
    foreign = here.files - wanted.keys() - owned.keys() - {MANIFEST}
    staying = unchanged | foreign
    stale = {path for path in foreign if is_stale_bytecode(path, staying)}
    lists = manifest(wanted).encode()
    conflicts = [
        *_blocked(wanted.keys() - unchanged, here),
        *_edited((found.keys() | owned.keys()) - unchanged - {MANIFEST}, here, owned, found),
    ]
    return Plan(
        folder=folder,
        files=wanted,
        created=tuple(sorted(wanted.keys() - here.files)),
        updated=tuple(sorted((wanted.keys() & here.files) - unchanged)),
        removed=tuple(sorted((owned.keys() & here.files) - wanted.keys())),
        unchanged=tuple(sorted(unchanged)),
        foreign=tuple(sorted(foreign - stale)),
        stale=tuple(sorted(stale)),
        empty=tuple(sorted(here.empty)),
        conflicts=tuple(one for one in conflicts if not (force and one.forcible)),
        lists=None if found.get(MANIFEST) == lists else lists,
    )


def apply(plans: Sequence[Plan]) -> tuple[Outcome, ...]:
    """Carry out plans that have no conflicts. Nothing changes before all of it is on disk.

    Raises `OSError` where the disk is full, say; every folder is then as it was.
    """
    if any(one.conflicts for one in plans):
        raise ValueError("a plan with conflicts cannot be applied")
    changing = [one for one in plans if one.changes]
    try:
        trees = [_stage(one) for one in changing]
    except BaseException:
        for one in changing:
            exchange.discard(_beside(one.folder))
            exchange.discard(one.folder / STAGED)
        raise
    for one, tree in zip(changing, trees, strict=True):
        _commit(one, tree)
    return tuple(_outcome(one) for one in plans)


def settle(folder: Path) -> None:
    """Finish or undo what a killed run began for a folder."""
    exchange.discard(_beside(_real(folder)))
    journal.settle(folder)


def difference(one: Plan) -> str:
    """Show what a plan changes, as a unified diff of what is on disk and what is to be."""
    changed = sorted({*one.created, *one.updated, *one.removed})
    return "".join(_file_difference(one, path) for path in changed)


def hand_edits(one: Plan) -> str:
    """Show how conflicting files differ from what the compiler writes, as a unified diff."""
    return "".join(_file_difference(one, conflict.path, back=True) for conflict in one.conflicts)


def _owned(folder: Path, here: Content) -> dict[str, str]:
    if MANIFEST not in here.regular:
        return {}
    return read_manifest((folder / MANIFEST).read_text("utf-8", errors="replace"))


def _blocked(wanted: Set[str], here: Content) -> Iterator[Conflict]:
    for path in sorted(wanted):
        if path in here.folders or any(parent in here.files for parent in parents(path)):
            yield Conflict(path, "a folder or a link stands where the compiler writes", False)


def _edited(
    paths: Set[str], here: Content, owned: Mapping[str, str], found: Mapping[str, bytes]
) -> Iterator[Conflict]:
    for path in sorted(paths & here.files):
        if path not in owned:
            yield Conflict(path, "the compiler did not write the file that stands there", True)
        elif path not in found or digest(found[path]) != owned[path]:
            yield Conflict(path, "edited by hand since the compiler wrote it", True)


def _writes(one: Plan) -> dict[str, bytes]:
    changed = {path: one.files[path] for path in (*one.created, *one.updated)}
    return changed if one.lists is None else {**changed, MANIFEST: one.lists}


def _stage(one: Plan) -> Path | None:
    """Build the new tree beside the old one; None where only the journal can do it."""
    tree = _beside(one.folder)
    exchange.discard(tree)
    try:
        _build(one, tree)
    except exchange.CannotExchangeError:
        exchange.discard(tree)
        journal.stage(one.folder, _writes(one))
        return None
    return tree


def _build(one: Plan, tree: Path) -> None:
    writes = _writes(one)
    links = [*one.unchanged, *one.foreign, *([MANIFEST] if one.lists is None else [])]
    _make_folders(one, tree, [*writes, *links, *(f"{path}/" for path in one.empty)])
    for path in links:
        exchange.link(os.path.join(one.folder, path), os.path.join(tree, path))
    exchange.write_files(
        (tree / path, content, one.folder / path) for path, content in writes.items()
    )
    exchange.sync_folders(Path(folder) for folder, _, _ in os.walk(tree))


def _make_folders(one: Plan, tree: Path, paths: Sequence[str]) -> None:
    os.makedirs(tree)
    for folder in ("", *sorted({parent for path in paths for parent in parents(path)})):
        (tree / folder).mkdir(exist_ok=True)
        if (one.folder / folder).is_dir():
            shutil.copymode(one.folder / folder, tree / folder)


def _commit(one: Plan, tree: Path | None) -> None:
    try:
        if tree is None:
            raise exchange.CannotExchangeError
        if one.folder.exists():
            exchange.swap(tree, one.folder)
            _keep_late(one, tree)
            exchange.discard(tree)
        else:
            os.rename(tree, one.folder)
            exchange.sync_folder(one.folder.parent)
    except exchange.CannotExchangeError:
        if tree is not None:
            exchange.discard(tree)
            journal.stage(one.folder, _writes(one))
        journal.commit(one.folder, [*one.removed, *one.stale])


def _keep_late(one: Plan, old: Path) -> None:
    """Carry over what somebody else saved into the folder while its successor was being built."""
    ours = {*one.files, *one.removed, MANIFEST}
    for path in sorted(scan(old).files - ours - {*one.stale}):
        source, target = os.path.join(old, path), os.path.join(one.folder, path)
        if not os.path.lexists(target) or not os.path.samestat(os.lstat(source), os.lstat(target)):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(source, target)


def _file_difference(one: Plan, path: str, *, back: bool = False) -> str:
    disk, new = one.folder / path, one.files.get(path, b"").decode()
    old = disk.read_text("utf-8", errors="replace") if disk.is_file() else ""
    names = (str(disk), f"{disk} (compiled)")
    pair = (new, old, names[1], names[0]) if back else (old, new, *names)
    lines = unified_diff(pair[0].splitlines(), pair[1].splitlines(), pair[2], pair[3], lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _real(folder: Path) -> Path:
    # A link to the folder is kept: what it leads to is what is swapped.
    return folder.resolve() if folder.is_symlink() else folder


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.new")


def _outcome(one: Plan) -> Outcome:
    counts = (len(paths) for paths in (one.created, one.updated, one.removed, one.unchanged))
    return Outcome(*counts)
