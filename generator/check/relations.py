"""Relations: keys that fit one row or many, both sides named, nothing that could never be set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from generator.check.facts import Facts, Path, Resource
from generator.check.literals import mismatches
from generator.diagnostics import Diagnostic
from generator.scalars import Raw
from generator.spec import RelationSpec

MOST_LINKS = 10_000
USUAL_LINKS = 100
MOST_NAMES = 12
"""Of a circle that are shown."""
OF_ONE = {
    "on_delete": "links go with either end",
    "unique": "the same row is never linked twice",
    "expand": "`members: [list]` lists them",
}
"""Keys of relations to one, and what to do of many."""
OF_MANY = {
    "max": "it leads to one row",
    "members": "it is written like a field",
    "ids": "`as` names it outside",
    "body": "`write: never` keeps clients from setting it",
}


def relations(facts: Facts) -> Iterator[Diagnostic]:
    """Check every relation, those of traits too, and how they hang together."""
    for path, section in facts.sections():
        for name, one in section.relations.items():
            where = (*path, "relations", name)
            yield from _fitting(facts, where, name, one)
            yield from _written(facts, where, name, one)
            yield from _example(facts, where, one)
    yield from _inverses(facts)
    yield from _circles(facts)


def _fitting(facts: Facts, path: Path, name: str, one: RelationSpec) -> Iterator[Diagnostic]:
    """Keys that only the other sort of relation takes, and those that contradict each other."""
    others, sort = (OF_ONE, "one") if one.to_many else (OF_MANY, "many")
    for key, why in others.items():
        if facts.source.has((*path, key)):
            message = f"`{key}` belongs to a relation to {sort}"
            span = facts.key_span((*path, key))
            yield facts.error("wrong-relation", message, path, f"take it away: {why}", at=span)
    if one.to_many and one.as_ is not None and one.ids is not None:
        message = "`as` and `ids` both name the keys in JSON"
        help = "keep `ids`, or `as` where the name is to stay as it is written"
        yield facts.error("wrong-relation", message, (*path, "as"), help)
    if not one.to_many and one.on_delete == "set_null" and not one.to.nullable:
        message = f"`{name}` is required, so it cannot be set to null"
        help = f"write `to: {one.target}?`, or another `on_delete`"
        yield facts.error("wrong-relation", message, (*path, "on_delete"), help)
    if one.to_many and one.max is not None and not 1 <= one.max <= MOST_LINKS:
        message = f"a row leads to 1 to {MOST_LINKS:,} others, not {one.max:,}"
        yield facts.error("out-of-range", message, (*path, "max"))


def _written(facts: Facts, path: Path, name: str, one: RelationSpec) -> Iterator[Diagnostic]:
    for place, member in enumerate(one.members):
        if member != "list" and one.write != "always":
            message = f"`write: {one.write}` and `{member}` contradict each other"
            where = (*path, "members", place)
            yield facts.error("wrong-relation", message, where, "take one of them away")
    help: str | None = None
    if one.to_many and one.write == "never":
        help = "with `write: never` it stays empty: leave `write` out"
    elif one.to_many and not one.body and "add" not in one.members:
        help = "with `body: false`, let links be added: `members: [add]`"
    elif not one.to_many and one.write == "never" and not one.to.nullable:
        help = f"with `write: never`, make it optional: `to: {one.target}?`"
    if help is not None:
        message = f"nobody can ever set the relation `{name}`"
        yield facts.error("never-set", message, path, help, at=facts.key_span(path))


def _example(facts: Facts, path: Path, one: RelationSpec) -> Iterator[Diagnostic]:
    raw = cast(Raw, one.example)
    if raw is None or one.target not in facts.spec.resources:
        return
    where = (*path, "example")
    key = facts.key_value(one.target)
    found: list[tuple[str, str | None, Path]] = []
    if not one.to_many:
        found = [(bad.message, bad.help, ()) for bad in mismatches(facts, raw, key)]
    elif not isinstance(raw, list):
        found = [("a list of keys should stand here", "write them in brackets: `[1, 2]`", ())]
    else:
        for place, item in enumerate(raw):
            bad_items = mismatches(facts, item, key)
            found += [(bad.message, bad.help, (place,)) for bad in bad_items]
            if item in raw[:place]:
                found.append(("this key stands here twice", "take one away", (place,)))
        most = USUAL_LINKS if one.max is None else one.max
        if len(raw) > most:
            found.append((f"{len(raw)} keys stand here; {most} are allowed", None, ()))
    for message, help, steps in found:
        yield facts.error("wrong-example", message, (*where, *steps), help)


def _inverses(facts: Facts) -> Iterator[Diagnostic]:
    """What a relation is called from the other side is a name of that side."""
    taken: dict[tuple[str, str], tuple[str, Path, bool]] = {}
    for target in facts.resources:
        for part, what in (("fields", "field"), ("relations", "relation")):
            for name in getattr(target.spec, part):
                path = facts.place(target, part, name)
                origin = f"the {what} `{name}` of `{target.name}`"
                taken[target.name, name] = (origin, path, True)
    for resource in facts.resources:
        for name, one in resource.spec.relations.items():
            path = facts.place(resource, "relations", name)
            nested = _nested(resource, name)
            origin = f"the relation `{name}` of `{resource.name}`"
            mine = (origin, path, nested)
            other = taken.setdefault((one.target, one.inverse), mine)
            # What a trait mixes into several resources is named once: only paths must differ.
            if other is not mine and (other[1] != path or (nested and other[2])):
                message = f"{origin} and {other[0]} would both be `{one.inverse}` of `{one.target}`"
                help = "give it another `inverse`"
                found = facts.error("name-clash", message, (*path, "inverse"), help)
                yield replace(found, notes=(facts.note(f"{other[0]} stands here", other[1]),))


def _nested(resource: Resource, relation: str) -> bool:
    listing = resource.spec.endpoints.list
    return listing is not None and relation in listing.under


@dataclass(frozen=True, slots=True)
class Need:
    """A required relation: the row of one resource can only come after the row of another."""

    owner: str
    target: str
    path: Path


def _circles(facts: Facts) -> Iterator[Diagnostic]:
    """No row of a circle of required relations could be the first.

    As many relations are told as have to be mended: without them no circle is left.
    """
    for need, circle in _closing(_stuck(_needs(facts))):
        shown = [f"`{one}`" for one in circle[:MOST_NAMES]]
        left_off = ["..."] if len(circle) > MOST_NAMES else []
        names = " -> ".join([*shown, *left_off, shown[0]])
        message = f"each needs another to be there first: {names}"
        if need.owner == need.target:
            message = f"the first `{need.owner}` would need another to be there"
        help = f"make one of them optional: `to: {need.target}?`"
        yield facts.error("circular-relation", message, (*need.path, "to"), help)


def _needs(facts: Facts) -> list[Need]:
    return [
        Need(one.name, relation.target, facts.place(one, "relations", name))
        for one in facts.resources
        for name, relation in one.spec.relations.items()
        if not relation.to_many and not relation.to.nullable
    ]


def _stuck(needs: list[Need]) -> dict[str, list[Need]]:
    """By resource of which no row could ever be, what needs it: those of circles are among them."""
    needed: dict[str, list[Need]] = {one.owner: [] for one in needs}
    for one in needs:
        needed.setdefault(one.target, []).append(one)
    waits = Counter(one.owner for one in needs)
    free = [name for name in needed if not waits[name]]
    for name in free:
        for one in needed.pop(name):
            waits[one.owner] -= 1
            if not waits[one.owner]:
                free.append(one.owner)
    return needed


def _closing(needed: dict[str, list[Need]]) -> Iterator[tuple[Need, list[str]]]:
    """The relations that a depth-first search finds to close a circle, each with its circle.

    It goes from a resource to those that need it: a circle is told at the first of its resources.
    """
    told, done = set[Path](), set[str]()
    for start, needing in needed.items():
        way = {} if start in done else {start: iter(needing)}
        while way:
            last = next(reversed(way))
            # A relation of a trait is told, and mended, once for all resources that have it.
            need = next((one for one in way[last] if one.path not in told), None)
            if need is None:
                done.add(way.popitem()[0])
            elif need.owner in way:
                told.add(need.path)
                names = list(way)
                yield need, [need.owner, *names[: names.index(need.owner) : -1]]
            elif need.owner not in done:
                way[need.owner] = iter(needed[need.owner])
