"""Renames: `was` is a name that nothing has any more, and that one thing alone had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.check.columns import stored_ids
from generator.check.facts import Facts, Path, Resource
from generator.check.names import PASCAL, SNAKE, fits
from generator.diagnostics import Diagnostic


def renames(facts: Facts) -> Iterator[Diagnostic]:
    """Check what fields, relations and resources say that they were called before."""
    resources = {
        one.name: ((*one.path, "was"), one.spec.was)
        for one in facts.resources
        if one.spec.was is not None
    }
    held = {one.name: one.path for one in facts.resources}
    for path, was in resources.values():
        if not fits(PASCAL, was):
            yield _no_name(facts, path, was, "PascalCase, as it was: `PurchaseOrder`")
    yield from _distinct(facts, list(resources.values()), held, "resource")
    for path, section in facts.sections():
        for part in ("fields", "relations"):
            for name, one in getattr(section, part).items():
                if one.was is not None and not fits(SNAKE, one.was):
                    where = (*path, part, name, "was")
                    yield _no_name(facts, where, one.was, "snake_case, as it was: `unit_price`")
    for resource in facts.resources:
        yield from _columns(facts, resource)


def _columns(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    """What is renamed is a column, or a table of links: those names have to be free."""
    said: list[tuple[Path, str]] = []
    held = {one.stored: one.path for one in resource.columns}
    for name in resource.spec.relations:
        held.setdefault(name, facts.place(resource, "relations", name))
    for name, field in resource.spec.fields.items():
        if field.was is not None:
            said.append(((*facts.place(resource, "fields", name), "was"), field.was))
    yield from _distinct(facts, said, held, "field or relation")
    said = []
    for name, relation in resource.spec.relations.items():
        if relation.was is None:
            continue
        path = (*facts.place(resource, "relations", name), "was")
        said.append((path, relation.was))
        column = stored_ids(relation.was, relation)
        if not relation.to_many and relation.was not in held and column in held:
            yield _still_there(facts, path, column, held[column], "column")
    yield from _distinct(facts, said, held, "field or relation")


def _distinct(
    facts: Facts, said: list[tuple[Path, str]], held: dict[str, Path], what: str
) -> Iterator[Diagnostic]:
    first: dict[str, Path] = {}
    for path, was in said:
        if was in held and held[was] == path[:-1]:
            help = "take `was` away, or name what it was called before"
            yield facts.error("wrong-rename", f"it is still called `{was}`", path, help)
        elif was in held:
            yield _still_there(facts, path, was, held[was], what)
        elif first.setdefault(was, path) != path:
            message = f"two cannot both have been `{was}`"
            found = facts.error("wrong-rename", message, path, "take one of the two away")
            yield replace(found, notes=(facts.note("the first is here", first[was]),))


def _still_there(facts: Facts, path: Path, was: str, held: Path, what: str) -> Diagnostic:
    message = f"there is still a {what} `{was}`, so nothing else was called so"
    found = facts.error("wrong-rename", message, path, "rename one thing at a time")
    return replace(found, notes=(facts.note(f"`{was}` stands here", held),))


def _no_name(facts: Facts, path: Path, was: str, help: str) -> Diagnostic:
    return facts.error("bad-name", f"`{was}` was never a name", path, help)
