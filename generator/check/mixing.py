"""Traits: known, not within themselves, without clashes of names, and used by something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.check.facts import Facts, Path
from generator.diagnostics import Diagnostic
from generator.spelling import suggest
from generator.traits import Clash

WHAT = {
    "fields": "a field",
    "relations": "a relation",
    "rules": "a rule",
    "unique": "a unique set",
    "indexes": "an index",
}


def mixing(facts: Facts) -> Iterator[Diagnostic]:
    """Check what is mixed into what."""
    for path, section in facts.sections():
        for place, name in enumerate(section.with_):
            if name not in facts.spec.traits:
                message = f"there is no trait `{name}`"
                help = suggest(name, tuple(facts.spec.traits)) or "traits stand under `traits`"
                yield facts.error("unknown-trait", message, (*path, "with", place), help)
    yield from _circles(facts)
    clashes: dict[Clash, list[str]] = {}
    for resource in facts.resources:
        for clash in resource.mixed.clashes:
            clashes.setdefault(clash, []).append(f"`{resource.name}`")
    for clash, owners in clashes.items():
        yield _clash(facts, clash, owners)
    used = {name for _, section in facts.sections() for name in section.with_}
    for name in facts.spec.traits:
        if name not in used:
            message = f"no resource has the trait `{name}`"
            help = f"mix it in with `with: [{name}]`, or take it away"
            span = facts.key_span(("traits", name))
            found = facts.warning("unused-trait", message, ("traits", name), help)
            yield replace(found, span=span)


def _circles(facts: Facts) -> Iterator[Diagnostic]:
    """Each circle is told once, where it begins."""
    told: set[str] = set()
    for name in facts.spec.traits:
        circle = _circle(facts, name, (name,))
        if circle is None or told & set(circle):
            continue
        told |= set(circle)
        names = " -> ".join(f"`{one}`" for one in (*circle, name))
        message = f"traits cannot be mixed into each other in a circle: {names}"
        following = (*circle, name)[1]
        place = facts.spec.traits[name].with_.index(following)
        help = "take one of them away"
        yield facts.error("circular-trait", message, ("traits", name, "with", place), help)


def _circle(facts: Facts, target: str, on_way: tuple[str, ...]) -> tuple[str, ...] | None:
    """The way from a trait back to itself."""
    for name in facts.spec.traits[on_way[-1]].with_:
        if name == target:
            return on_way
        if name in facts.spec.traits and name not in on_way:
            found = _circle(facts, target, (*on_way, name))
            if found is not None:
                return found
    return None


def _clash(facts: Facts, clash: Clash, owners: list[str]) -> Diagnostic:
    """Say it once; of two traits, with the resources that have both."""
    name, what = str(clash.path[3]), WHAT[str(clash.path[2])]
    message = f"{_owner(clash.first)} has {what} `{name}` already"
    if clash.first[0] == "traits":
        message += f", and {' and '.join(owners[:2])} {'have' if owners[1:] else 'has'} both traits"
    span = facts.key_span(clash.path)
    found = facts.error("trait-clash", message, clash.path, "rename one of them", at=span)
    return replace(found, notes=(facts.note(f"`{name}` stands first here", clash.first),))


def _owner(path: Path) -> str:
    return f"the {'trait' if path[0] == 'traits' else 'resource'} `{path[1]}`"
