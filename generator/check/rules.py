"""Rules and computed fields: every expression understood, each mistake at its character.

What an expression knows of a column is read off the lowered type, as it is when it is translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.check.columns import Column
from generator.check.facts import Facts, Path, Resource
from generator.check.values import bounded
from generator.diagnostics import Diagnostic
from generator.expressions import (
    ExpressionError,
    Operand,
    computed_operand,
    operand_of,
    understand,
)
from generator.field_types import FIELD_TYPES
from generator.ir import Type
from generator.lower.fields import Types
from generator.spec import FieldSpec

UNPROVEN = ("pattern", "multiple_of")
"""Constraints of which nothing shows that a computed value keeps them."""
NOT_COMPUTED = frozenset({"secret", "json", "list", "object"})
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
UNUSABLE = {
    "id": "it is made when the row is written, after its rules were checked",
    "version": "every write raises it",
    "deleted_at": "it belongs to the service: rules hold for deleted rows too",
}

MANY = Operand(
    kind="list",
    type_name="list",
    nullable=False,
    unusable="it leads to many rows, and an expression reads one row alone",
)
"""What a relation to many is in an expression."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the expressions of a resource can name."""

    stored: Mapping[str, Operand]
    """In rules, before computed fields are added."""
    broken: frozenset[str]
    """Names of which the spec says something wrong elsewhere: nothing is proven about them."""

    def about_broken(self, text: str) -> bool:
        """Whether an expression names one of them."""
        return not self.broken.isdisjoint(WORD.findall(text))


def rules(facts: Facts) -> Iterator[Diagnostic]:
    """Check every rule and every computed field."""
    types = Types(facts.spec)
    found: dict[tuple[Diagnostic, Path], list[Resource]] = {}
    for resource in facts.resources:
        if not _has_expressions(resource):
            continue
        names = _names(facts, resource, types)
        known, broken = dict(names.stored), set(names.broken)
        for column in resource.columns:
            if column.spec is not None and column.spec.compute is not None:
                wrong, operand = _computed(facts, resource, column, names)
                yield from wrong
                if operand is None:
                    broken.add(column.name)
                else:
                    known[column.name] = operand
        names = Names(known, frozenset(broken))
        for name, rule in resource.spec.rules.items():
            if not names.about_broken(rule.check):
                place = (*facts.place(resource, "rules", name), "check")
                for problem in _understood(facts, place, rule.check, names.stored):
                    found.setdefault((problem, place), []).append(resource)
    for (problem, place), owners in found.items():
        yield _with_owners(facts, problem, place, owners)


def _has_expressions(resource: Resource) -> bool:
    computed = (one.spec is not None and one.spec.compute is not None for one in resource.columns)
    return bool(resource.spec.rules) or any(computed)


def _with_owners(
    facts: Facts, problem: Diagnostic, place: Path, owners: list[Resource]
) -> Diagnostic:
    """Name the resources that make a rule of a trait wrong, unless it is wrong by itself."""
    part, name = str(place[2]), str(place[3])
    sharing = [one for one in facts.resources if one.mixed.places.get((part, name)) == place[:4]]
    alone = problem.code == "bad-expression" or len(owners) == len(sharing) > 1
    if place[0] != "traits" or alone:
        return problem
    notes = (facts.note(f"so it is in the resource `{one.name}`", one.path) for one in owners)
    return replace(problem, notes=tuple(notes))


def _understood(
    facts: Facts, place: Path, text: str, names: Mapping[str, Operand]
) -> Iterator[Diagnostic]:
    try:
        understand(text, names)
    except ExpressionError as error:
        yield _at(facts, place, error)


def _at(facts: Facts, place: Path, error: ExpressionError) -> Diagnostic:
    span = facts.source.span_within(place, error.start, error.end)
    return facts.error(error.code, error.message, place, error.help, at=span)


def _computed(
    facts: Facts, resource: Resource, column: Column, names: Names
) -> tuple[list[Diagnostic], Operand | None]:
    """Check a computed field, and say what rules can know of it."""
    value = column.spec
    if value is None or value.compute is None or names.about_broken(value.compute):
        return [], None
    wrong = list(_constraints(facts, column.path, value, column.kind.name))
    if wrong or not bounded(facts, column.path, value):
        return wrong, None
    target = operand_of(Types(facts.spec).value_type(value), value.type.nullable)
    readable = {
        one.name: _readable(one, names.stored[one.name])
        if one.name in names.stored
        else replace(target, unusable="computations read stored fields: repeat its expression")
        for one in resource.columns
        if one.name not in names.broken
    }
    readable |= {name: one for name, one in names.stored.items() if one is MANY}
    try:
        understand(value.compute, readable, target)
        return [], computed_operand(value.compute, readable, target)
    except ExpressionError as error:
        return [_at(facts, (*column.path, "compute"), error)], None


def _readable(column: Column, operand: Operand) -> Operand:
    """What a computation may read of a column that rules may read."""
    if column.hidden and operand.unusable is None:
        why = "what is computed from it would tell its value"
        return replace(operand, unusable=why, unusable_code="hidden-field")
    return operand


def _constraints(facts: Facts, path: Path, value: FieldSpec, kind: str) -> Iterator[Diagnostic]:
    if kind in NOT_COMPUTED:
        message = f"a `{value.type.name}` cannot be computed"
        help = "numbers, booleans, text, dates and times can"
        yield facts.error("wrong-compute", message, (*path, "compute"), help)
    for name in UNPROVEN:
        if getattr(value, name) is not None:
            message = f"nothing proves that a computed value keeps `{name}`"
            span = facts.key_span((*path, name))
            yield facts.error("wrong-compute", message, path, "take it away", at=span)


def _names(facts: Facts, resource: Resource, types: Types) -> Names:
    stored: dict[str, Operand] = {}
    broken: set[str] = set()
    for column in resource.columns:
        if column.spec is not None and not bounded(facts, column.path, column.spec):
            broken.add(column.name)
        elif column.spec is None or column.spec.compute is None:
            stored[column.name] = _operand(facts, resource, column, types)
    for name, relation in resource.spec.relations.items():
        if relation.to_many:
            stored.setdefault(name, MANY)
        elif name not in stored:
            broken.add(name)
    return Names(stored, frozenset(broken))


def _operand(facts: Facts, resource: Resource, column: Column, types: Types) -> Operand:
    if column.spec is not None:
        return operand_of(types.value_type(column.spec), column.nullable)
    if column.relation is not None:
        key = types.value_type(facts.key_value(column.relation.target))
        return operand_of(key, column.nullable)
    found = operand_of(Type(kind=FIELD_TYPES[column.kind.name]), column.nullable)
    if column.name == "id" and resource.key.given == "client":
        return operand_of(types.value_type(facts.key_value(resource.name)), False)
    return replace(found, unusable=UNUSABLE.get(column.name))
