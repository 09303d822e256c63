"""Names together: what would become one in Python, in SQL, in a path or in the contract.

The second of two is the problem; the note leads to the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.check.facts import Facts, Path, Resource
from generator.diagnostics import Diagnostic
from generator.naming import camel, sql_name
from generator.reserved_names import LIST_PARAMETERS, SCHEMA_SUFFIXES


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that takes a name: where, and what it is called in a sentence."""

    name: str
    path: Path
    origin: str
    derived: bool = False
    """Whether the compiler makes it: then the one that a spec gives has to give way."""


def clashes(facts: Facts) -> Iterator[Diagnostic]:
    """Check that what the compiler derives is distinct."""
    yield from _resources(facts)
    yield from _distinct(facts, "schema", _schemas(facts))
    yield from _distinct(facts, "SQL name", _sql_names(facts))
    for resource in facts.resources:
        # A field called like a column that is made is refused for that already.
        made = {one.name for one in resource.columns if one.spec is None}
        columns = [
            Claim(one.wire, one.path, one.origin)
            for one in resource.columns
            if one.spec is None or one.name not in made
        ]
        yield from _distinct(facts, "key in JSON", columns)
        if resource.spec.endpoints.list is not None:
            yield from _distinct(facts, "query parameter", _parameters(facts, resource))
    for name, one in facts.spec.objects.items():
        members = [
            Claim(facts.wire(member), ("objects", name, "fields", member), f"the field `{member}`")
            for member in one.fields
        ]
        yield from _distinct(facts, "key in JSON", members)


def _resources(facts: Facts) -> Iterator[Diagnostic]:
    """Two resources that share several names say so once, by the first."""
    for place, one in enumerate(facts.resources):
        for other in facts.resources[:place]:
            shared = [
                f"{what} `{mine}`"
                for what, mine, theirs in (
                    ("name in snake_case", one.singular, other.singular),
                    ("package and table", one.plural, other.plural),
                    ("path", one.segment, other.segment),
                )
                if mine == theirs
            ]
            if shared:
                claim = Claim("", one.path, f"the resource `{one.name}`")
                against = Claim("", other.path, f"the resource `{other.name}`")
                yield _clash(facts, shared[0], claim, against)


def _schemas(facts: Facts) -> Iterator[Claim]:
    for part, what in (("resources", "resource"), ("enums", "enum"), ("objects", "object")):
        for name in getattr(facts.spec, part):
            yield Claim(name, (part, name), f"the {what} `{name}`")
    for one in facts.resources:
        for suffix in SCHEMA_SUFFIXES:
            name = f"{one.name}{suffix}"
            origin = f"the schema that the resource `{one.name}` makes"
            yield Claim(name, one.path, origin, derived=True)


def _sql_names(facts: Facts) -> Iterator[Claim]:
    """Tables, indexes and constraints: in PostgreSQL they share one space of names."""
    tables: set[str] = set()
    for one in facts.resources:
        path, table = one.path, one.plural
        if table in tables:
            continue  # which is told already, and all of its names would be told again
        tables.add(table)
        yield Claim(table, path, f"the table of `{one.name}`")
        for column in one.columns:
            if column.spec is None or column.name == one.key_name:
                continue
            origin = f"{column.origin} of `{one.name}`"
            if column.spec.unique != "no":
                yield Claim(sql_name("uq", table, column.name), (*column.path, "unique"), origin)
            if column.spec.index:
                yield Claim(sql_name("ix", table, column.name), (*column.path, "index"), origin)
            if column.kind.name == "enum":
                yield Claim(sql_name("ck", table, column.name), column.path, origin)
        for name in one.spec.unique:
            origin = f"the unique set `{name}` of `{one.name}`"
            yield Claim(sql_name("uq", table, name), (*path, "unique", name), origin)
        for name in one.spec.indexes:
            origin = f"the index `{name}` of `{one.name}`"
            yield Claim(sql_name("ix", table, name), (*path, "indexes", name), origin)


def _parameters(facts: Facts, resource: Resource) -> Iterator[Claim]:
    """What a list takes: its own parameters first, then those of the filters."""
    listing = resource.spec.endpoints.list
    if listing is None:
        return
    path = (*resource.path, "endpoints", "list")
    style = listing.page.style or facts.spec.defaults.list.page.style or "page"
    # A key that is made is always sortable, a natural one where it is named.
    sorts = bool(listing.sort.by) or not resource.natural
    for name in LIST_PARAMETERS[style]:
        if sorts or name != "sort":
            yield Claim(facts.wire(name), path, "the list's own parameter")
    for name, operators in listing.filter.items():
        column = resource.column(name)
        for operator in operators:
            suffix = "" if operator == "eq" else f"_{operator}"
            if facts.spec.service.wire == "camel":
                suffix = camel(f"x{suffix}")[1:]
            wire = (column.wire if column else facts.wire(name)) + suffix
            yield Claim(wire, (*path, "filter", name), f"the filter `{operator}` of `{name}`")


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
    return replace(found, notes=(facts.note(f"{right.origin} stands here", right.path),))
