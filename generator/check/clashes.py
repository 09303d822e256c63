"""Names together: what would become one in Python, in SQL, in a path or in the contract.

The second of two is the problem; the note leads to the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.check.claims import (
    Claim,
    attributes,
    constants,
    json_keys,
    link_columns,
    operations,
    schemas,
    spec_names,
    sql_names,
    under,
)
from generator.check.facts import Facts, Resource
from generator.check.parameters import parameters
from generator.diagnostics import Diagnostic

SEVERAL = ("the links ", "the members ", "the rows ")
"""How origins begin that are more than one thing."""


def clashes(facts: Facts) -> Iterator[Diagnostic]:
    """Check that what the compiler derives is distinct."""
    together = list(_resources(facts))
    yield from together
    yield from _distinct(facts, "schema", schemas(facts))
    yield from _distinct(facts, "SQL name", sql_names(facts))
    if not together:
        yield from _distinct(facts, "operation", operations(facts))
    for resource in facts.resources:
        yield from _of_rows(facts, resource)
        if not together:
            yield from _distinct(facts, "constant", constants(facts, resource))
        if resource.spec.endpoints.list is not None:
            asked = list(parameters(facts, resource))
            outside = [Claim(wire, one.path, one.origin) for wire, one in asked]
            told = list(_distinct(facts, "query parameter", outside))
            yield from told or _distinct(facts, "query parameter", (one for _, one in asked))
            yield from _under(facts, resource, outside)
    for name, one in facts.spec.objects.items():
        members = [
            Claim(facts.wire(member), ("objects", name, "fields", member), f"the field `{member}`")
            for member in one.fields
        ]
        yield from _distinct(facts, "key in JSON", members)


def _under(facts: Facts, resource: Resource, asked: list[Claim]) -> Iterator[Diagnostic]:
    """The key in the path of a list below a target is not asked for twice."""
    for place, (name, relation) in under(resource):
        target = facts.resource(relation.target)
        if target is not None:
            origin = f"the path of the list under `{name}`"
            path = Claim(f"{target.singular}_id", place, origin)
            for other in asked:
                # Below a target, nobody filters by it.
                if other.name == path.name and other.path[-1] != name:
                    yield _clash(facts, f"parameter `{path.name}`", other, path)


def _of_rows(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    """What stands in a row: of two that share several names, the first is told."""
    told = set()
    for what, claims in (
        ("name", spec_names(facts, resource)),
        ("key in JSON", json_keys(facts, resource)),
        ("column", attributes(facts, resource)),
    ):
        for found in _distinct(facts, what, claims):
            pair = (found.span, found.notes)
            if pair not in told:
                told.add(pair)
                yield found
    for name, relation in resource.spec.relations.items():
        owner, member = link_columns(facts, resource, name)
        if relation.to_many and owner == member:
            path = facts.place(resource, "relations", name)
            message = f"both ends of a link of `{name}` would be called `{owner}`"
            help = "rename the relation: each link leads from one row to another"
            yield facts.error("name-clash", message, path, help, at=facts.key_span(path))


def _resources(facts: Facts) -> Iterator[Diagnostic]:
    """Two resources that share several names say so once, by the first."""
    seen: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(facts.resources):
        shared: dict[int, str] = {}
        for what, mine in (
            ("name in snake_case", one.singular),
            ("package and table", one.plural),
            ("path", one.segment),
        ):
            others = seen.setdefault((what, mine), [])
            for other in others:
                shared.setdefault(other, f"{what} `{mine}`")
            others.append(place)
        for other in sorted(shared):
            first = facts.resources[other]
            claim = Claim("", one.path, f"the resource `{one.name}`")
            against = Claim("", first.path, f"the resource `{first.name}`")
            yield _clash(facts, shared[other], claim, against)


def _distinct(facts: Facts, what: str, claims: Iterable[Claim]) -> Iterator[Diagnostic]:
    first: dict[str, Claim] = {}
    for claim in claims:
        other = first.setdefault(claim.name, claim)
        if other is claim or (other.path == claim.path and other.origin == claim.origin):
            continue
        wrong, right = (other, claim) if claim.derived else (claim, other)
        yield _clash(facts, f"{what} `{claim.name}`", wrong, right)


def _clash(facts: Facts, what: str, wrong: Claim, right: Claim) -> Diagnostic:
    message = f"{wrong.origin} and {right.origin} would both have the {what}"
    span = facts.key_span(wrong.path)
    found = facts.error("name-clash", message, wrong.path, "rename one of them", at=span)
    stand = "stand" if right.origin.startswith(SEVERAL) else "stands"
    return replace(found, notes=(facts.note(f"{right.origin} {stand} here", right.path),))
