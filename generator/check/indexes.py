"""Unique sets and indexes: known fields, each once, that can be indexed and are not too wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from generator.check.facts import Column, Facts, Path, Resource
from generator.check.limits import lengths
from generator.diagnostics import Diagnostic
from generator.field_types import FIELD_TYPES
from generator.spelling import suggest

WIDEST = 2600
"""Bytes: PostgreSQL refuses rows of an index that are wider than a third of its page."""
WIDE_FIELD = 16
BYTES_PER_CHARACTER = 4


def indexes(facts: Facts) -> Iterator[Diagnostic]:
    """Check what is unique and what is indexed."""
    for resource in facts.resources:
        for part, sets in (("unique", resource.spec.unique), ("indexes", resource.spec.indexes)):
            for name, terms in sets.items():
                yield from _set(facts, resource, facts.place(resource, part, name), terms)
        for column in resource.columns:
            if column.spec is not None:
                yield from _single(facts, column)


def find_columns(
    facts: Facts, resource: Resource, path: Path, terms: Sequence[str]
) -> Iterator[Column | Diagnostic]:
    """Look up the fields that a list names, `-` before one apart; what is wrong instead of it."""
    seen: set[str] = set()
    for place, term in enumerate(terms):
        name = term.removeprefix("-")
        column = resource.column(name)
        if column is None:
            yield unknown_field(facts, resource, name, (*path, place))
        elif name in seen:
            message = f"`{name}` stands here twice"
            yield facts.error("duplicate-item", message, (*path, place), "take one away")
        else:
            yield column
        seen.add(name)


def unknown_field(facts: Facts, resource: Resource, name: str, path: Path) -> Diagnostic:
    """Say that a resource has no such field, or none that has a column."""
    relation = resource.spec.relations.get(name)
    if relation is not None and relation.to_many:
        message = f"`{name}` leads to many rows, so it is no column of `{resource.name}`"
        return facts.error("unknown-field", message, path, "take it away")
    message = f"the resource `{resource.name}` has no field `{name}`"
    help = suggest(
        name, tuple(one.name for one in resource.columns if not (one.made and one.hidden))
    )
    return facts.error("unknown-field", message, path, help)


def able_types(can: Literal["unique", "indexable"]) -> str:
    """List the types that can be unique, or have an index."""
    known = [f"`{name}`" for name, one in FIELD_TYPES.items() if getattr(one, can)]
    return f"these can: {', '.join(one for one in known if one != '`enum`')}, enums"


def _set(
    facts: Facts, resource: Resource, path: Path, terms: Sequence[str]
) -> Iterator[Diagnostic]:
    what = "a unique set" if path[2] == "unique" else "an index"
    if not terms:
        help = f"name its fields: `{path[-1]}: [{next(iter(resource.spec.fields), 'name')}]`"
        yield facts.error("no-fields", f"{what} needs fields", path, help)
    width = 0
    for place, found in enumerate(find_columns(facts, resource, path, terms)):
        if not isinstance(found, Column):
            yield found
            continue
        able = found.kind.unique if path[2] == "unique" else found.kind.indexable
        if not able:
            message = f"{what} cannot hold `{found.name}`, which is `{found.type_name}`"
            help = able_types("unique" if path[2] == "unique" else "indexable")
            yield facts.error("not-indexable", message, (*path, place), help)
        elif path[2] == "unique" and terms[place].startswith("-"):
            message = "a unique set has no direction"
            yield facts.error("not-indexable", message, (*path, place), f"write `{found.name}`")
        else:
            width += _width(facts, found)
    if width > WIDEST:
        yield _too_wide(facts, what, path, width)


def _single(facts: Facts, column: Column) -> Iterator[Diagnostic]:
    if column.spec is None or not column.kind.indexable:
        return
    for key, there in (("unique", column.spec.unique != "no"), ("index", column.spec.index)):
        width = _width(facts, column)
        if there and width > WIDEST:
            yield _too_wide(facts, "an index on this field", (*column.path, key), width)


def _too_wide(facts: Facts, what: str, path: Path, width: int) -> Diagnostic:
    message = f"{what} would be up to {width:,} bytes wide; {WIDEST:,} are possible"
    help = f"four bytes a character: shorten the text, to {WIDEST // BYTES_PER_CHARACTER} in all"
    return facts.error("index-too-wide", message, path, help, at=facts.key_span(path))


def _width(facts: Facts, column: Column) -> int:
    if column.spec is not None and column.kind.default_max_length is not None:
        return BYTES_PER_CHARACTER * lengths(column.spec, column.kind).most
    if column.spec is not None and column.kind.name == "enum":
        longest = max(map(len, facts.spec.enums[column.spec.type.name]), default=0)
        return BYTES_PER_CHARACTER * longest
    if column.relation is not None and column.kind.name == "string":
        key = facts.key_value(column.relation.target)
        return BYTES_PER_CHARACTER * lengths(key, column.kind).most
    return WIDE_FIELD
