"""The filters of a list: by a field, by a relation, by a field of what a relation leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.check.facts import Column, Facts, Path, Resource
from generator.check.indexes import unknown_field
from generator.check.parameters import through
from generator.diagnostics import Diagnostic
from generator.field_types import MEMBERSHIP, Operator
from generator.spec import ListSpec
from generator.spelling import suggest

SERVED_BY_INDEX = frozenset({"eq", "in", "gt", "ge", "lt", "le", "prefix"})


def filters(
    facts: Facts, resource: Resource, listing: ListSpec, path: Path
) -> Iterator[Diagnostic]:
    """Check the filters of a list, those through a relation among them."""
    for name, operators in listing.filter.items():
        where = (*path, name)
        if "." in name:
            yield from _through(facts, resource, name, operators, where)
            continue
        relation = resource.spec.relations.get(name)
        if relation is not None and relation.to_many:
            yield from _membership(facts, name, operators, where)
            continue
        column = resource.column(name)
        if column is None:
            yield unknown_field(facts, resource, name, where)
        elif column.hidden:
            yield hidden(facts, column, where, "filtered")
        else:
            wrong = list(_operators(facts, column, operators, where))
            yield from wrong
            served = not SERVED_BY_INDEX.isdisjoint(operators) and not wrong
            if served and not indexed(resource, column):
                yield unindexed(facts, column, where, "filter")


def _operators(
    facts: Facts, column: Column, operators: tuple[Operator, ...], path: Path
) -> Iterator[Diagnostic]:
    nullable = "is_null" in column.kind.operators
    known = [one for one in column.operators if one != "is_null" or column.nullable]
    name, shown = column.name, column.type_name
    for place, operator in enumerate(operators):
        at = facts.source.span((*path, place)) if facts.source.has((*path, place)) else None
        if operator == "is_null" and nullable and not column.nullable:
            message = f"`{name}` is never null"
            yield facts.error("wrong-operator", message, path, "take `is_null` away", at=at)
        elif operator not in known:
            message = f"`{name}` cannot be filtered by `{operator}`: it is `{shown}`"
            listed = ", ".join(f"`{one}`" for one in known)
            help = f"`{shown}` can be filtered by {listed}" if listed else "it takes no filter"
            if listed and operator == "eq":
                help = f"name its operators: `{name}: [{known[0]}]`; it takes {listed}"
            yield facts.error("wrong-operator", message, path, help, at=at)


def _membership(
    facts: Facts, name: str, operators: tuple[Operator, ...], path: Path
) -> Iterator[Diagnostic]:
    for place, operator in enumerate(operators):
        if operator not in MEMBERSHIP:
            at = facts.source.span((*path, place)) if facts.source.has((*path, place)) else None
            message = f"`{name}` cannot be filtered by `{operator}`: it leads to many rows"
            listed = ", ".join(f"`{one}`" for one in MEMBERSHIP)
            help = f"name its operators: `{name}: [any]`; it takes {listed}"
            yield facts.error("wrong-operator", message, path, help, at=at)


def _through(
    facts: Facts, resource: Resource, name: str, operators: tuple[Operator, ...], path: Path
) -> Iterator[Diagnostic]:
    """`warehouse.city`: by a column of what one relation to one leads to."""
    before, _, after = name.partition(".")
    relation, target, column = through(facts, resource, name)
    known = tuple(one for one, said in resource.spec.relations.items() if not said.to_many)
    if relation is None:
        yield unknown_relation(facts, resource, before, known, path)
    elif relation.to_many:
        message = f"`{before}` leads to many rows, and a filter goes through a relation to one"
        help = f"filter by the rows that it leads to: `{before}: [any]`"
        yield facts.error("unknown-relation", message, path, help)
    elif target is not None and column is None:
        if "." in after:
            message = f"`{name}` goes through more than one relation"
            help = "a filter goes through one"
            yield facts.error("unknown-field", message, path, help)
        else:
            yield unknown_field(facts, target, after, path)
    elif target is not None and column is not None and column.hidden:
        yield hidden(facts, replace(column, name=name), path, "filtered")
    elif target is not None and column is not None:
        wrong = list(_operators(facts, replace(column, name=name), operators, path))
        yield from wrong
        served = not SERVED_BY_INDEX.isdisjoint(operators) and not wrong
        if served and not indexed(target, column):
            yield unindexed(facts, column, path, "filter", name)


def unknown_relation(
    facts: Facts, resource: Resource, name: str, known: tuple[str, ...], path: Path
) -> Diagnostic:
    """Say that a resource has no such relation."""
    message = f"the resource `{resource.name}` has no relation `{name}`"
    help = suggest(name, known) or "relations stand under `relations`"
    return facts.error("unknown-relation", message, path, help)


def hidden(facts: Facts, column: Column, path: Path, how: str) -> Diagnostic:
    """Say that what is answered would tell the value of something hidden."""
    why = "a secret" if column.kind.name == "secret" else "`read: never`"
    why = "never answered" if column.made else why
    message = f"`{column.name}` is {why}, so rows cannot be {how} by it"
    help = "what is answered would tell its value"
    return facts.error("hidden-field", message, path, help)


def indexed(resource: Resource, column: Column) -> bool:
    """Whether an index begins with a column, or none would help."""
    if column.name == resource.key_name or not column.kind.indexable:
        return True
    if column.relation is not None:
        return True
    if column.kind.name == "boolean":
        return True
    if column.spec is not None and (column.spec.index or column.spec.unique == "yes"):
        return True
    sets = (*resource.spec.indexes.values(), *resource.spec.unique.values())
    return any(terms[0].removeprefix("-") == column.name for terms in sets if terms)


def unindexed(
    facts: Facts, column: Column, path: Path, what: str, name: str | None = None
) -> Diagnostic:
    """Warn of a filter or a sort that no index serves."""
    message = (
        f"there is no index to {what} by `{name or column.name}`, so the database reads every row"
    )
    help = "write `index: true` in the field"
    if column.spec is None:
        help = f"add an index: `indexes: {{by_{column.name}: [{column.name}]}}`"
    return facts.warning(f"unindexed-{what}", message, path, help)
