"""What `generate` tells at its end: what it wrote or would write, and what it may not."""

from __future__ import annotations

from collections.abc import Iterator

from generator import write
from generator.project import Changes


def written(changes: Changes, seconds: float) -> Iterator[str]:
    """Tell what was written, a line for each service."""
    for path, _ in changes.texts:
        yield f"{path.as_posix()}: written"
    yield from _orphans(changes)
    for plan in changes.packages:
        yield (
            f"{plan.folder.name}: {_files(len(plan.created))} created, "
            f"{len(plan.updated)} updated, {len(plan.removed)} removed, "
            f"{len(plan.unchanged)} unchanged in {seconds * 1000:.0f} ms"
        )


def drift(changes: Changes, *, diff: bool) -> Iterator[str]:
    """Tell what would be written, file by file or as a diff, and a line for each service."""
    for path, _ in changes.texts:
        yield f"{path.as_posix()}: would be written"
    yield from _orphans(changes)
    for plan in changes.packages:
        if diff:
            yield from write.difference(plan).splitlines()
        else:
            yield from _would(plan)
        changed = len(plan.created) + len(plan.updated) + len(plan.removed)
        if plan.changes:
            count = _files(changed)
            yield f"{plan.folder.name}: {count} out of date; run `restwright generate`"
        else:
            yield f"{plan.folder.name}: {_files(len(plan.unchanged))}, all up to date"


def refusal(changes: Changes) -> Iterator[str]:
    """Tell which files may not be replaced, why, and what stands in them."""
    for plan in changes.packages:
        yield from write.hand_edits(plan).splitlines()
    conflicts = [(plan, one) for plan in changes.packages for one in plan.conflicts]
    for plan, one in conflicts:
        yield f"error: {(plan.folder / one.path).as_posix()}: {one.reason}"
    if all(one.forcible for _, one in conflicts):
        yield (
            "Nothing was written. Your own code belongs in app/; to let go of what stands there, "
            "run `restwright generate --force`."
        )
    else:
        yield "Nothing was written. Move what stands in the way."


def _orphans(changes: Changes) -> Iterator[str]:
    for package in changes.orphans:
        both = f"{package.as_posix()}/ and app/{package.name}.py"
        yield f"note: {package.as_posix()}/ has no spec any more; if that is meant, delete {both}"


def _would(plan: write.Plan) -> Iterator[str]:
    for word, paths in (
        ("created", plan.created),
        ("updated", plan.updated),
        ("removed", plan.removed),
    ):
        for path in paths:
            yield f"{(plan.folder / path).as_posix()}: would be {word}"


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"
