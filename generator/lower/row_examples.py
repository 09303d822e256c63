"""Makes the example of a row possible: it keeps every rule, and what is computed is computed.

Values are those that each field shows by itself (the spec's own first). Where they break a rule
together, few are changed at a time; where a bounded search finds nothing better, they stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import combinations, islice

from generator.examples import Objects, member_example
from generator.expressions import Typed
from generator.ir import Field, LiteralDefault, Resource, Service
from generator.lower.candidates import candidates
from generator.lower.evaluate import Value, Values, evaluate
from generator.lower.expressions import Expressions
from generator.lower.values import read, write
from generator.shapes import Member
from generator.shapes.rows import answered, object_shape

MOST_CHANGED = 3
MOST_TRIED = 20_000
CHANGEABLE = {"plain", "reference", "key"}


def with_examples(service: Service) -> Service:
    """Give every resource the example of its row."""
    resources = tuple(
        replace(one, example=_RowExample(one, service).values()) if _has_expressions(one) else one
        for one in service.resources
    )
    return replace(service, resources=resources)


def _has_expressions(resource: Resource) -> bool:
    return bool(resource.rules) or any(one.compute is not None for one in resource.fields)


class _RowExample:
    """The fields of a row that rules and computations read, by the names that these use."""

    def __init__(self, resource: Resource, service: Service) -> None:
        expressions = Expressions(resource.fields)
        self.rules = [expressions.understood(one.check.text) for one in resource.rules]
        self.computed = {
            field.name: (field, expressions.understood(field.compute.text, field))
            for field in resource.fields
            if field.compute is not None
        }
        named = {name for one in self._expressions() for name in one.names}
        self.fields = {
            field.relation or field.name: field
            for field in resource.fields
            if (field.relation or field.name) in named and field.compute is None
        }
        self.members = {
            name: answered(field, resource, service) for name, field in self.fields.items()
        }
        self.objects: Objects = {one.name: object_shape(one) for one in resource.objects}

    def _expressions(self) -> Iterator[Typed]:
        yield from self.rules
        yield from (typed for _, typed in self.computed.values())

    def values(self) -> dict[str, object]:
        """Give JSON values by column, of those that are read and those that are computed."""
        json = {name: member_example(one, self.objects) for name, one in self.members.items()}
        row = {name: read(self.fields[name].type, value) for name, value in json.items()}
        kept = self._changed(row)
        shown = {
            field.name: json[name] if kept[name] is row[name] else write(field.type, kept[name])
            for name, field in self.fields.items()
        }
        return shown | {
            name: write(field.type, evaluate(typed, kept))
            for name, (field, typed) in self.computed.items()
        }

    def _changed(self, row: Values) -> Values:
        """Change values until all rules are kept, or as many as a bounded search finds a way to."""
        while broken := self._broken(row):
            possible = list(self._possible(row, broken))
            tried = (
                dict(found)
                for count in range(1, MOST_CHANGED + 1)
                for found in combinations(possible, count)
            )
            better = (
                changes
                for changes in islice(tried, MOST_TRIED)
                if self._broken({**row, **changes}) < broken
            )
            changes = next(better, None)
            if changes is None:
                return row
            row = {**row, **changes}
        return row

    def _broken(self, row: Values) -> Set[int]:
        """Tell which rules a row breaks, or what creates it: some fields are not sent."""
        created = {**row, **{name: self._made(name, row) for name in self._unsent()}}
        rows = [row] if created == row else [row, created]
        return {
            at
            for at, rule in enumerate(self.rules)
            if any(evaluate(rule, one) is False for one in rows)
        }

    def _unsent(self) -> Iterator[str]:
        for name, field in self.fields.items():
            if field.role == "plain" and field.on_create == "absent":
                yield name

    def _made(self, name: str, row: Values) -> Value:
        """Give the value of a field that creating a row does not send."""
        field = self.fields[name]
        if isinstance(field.default, LiteralDefault):
            return read(field.type, field.default.value)
        return None if field.default is None else row[name]

    def _possible(self, row: Values, at: Set[int]) -> Iterator[tuple[str, Value]]:
        """Yield changes: first of values that the spec does not give, and null before others."""
        broken = [self.rules[one] for one in sorted(at)]
        names = list(dict.fromkeys(name for rule in broken for name in rule.names))
        usable = [name for name in names if self.fields[name].role in CHANGEABLE]
        for given in (False, True):
            some = [name for name in usable if _is_given(self.fields[name]) is given]
            yield from ((name, None) for name in some if self.fields[name].nullable)
            for name in some:
                yield from ((name, value) for value in self._others(name, broken, row))

    def _others(self, name: str, broken: list[Typed], row: Values) -> Iterator[Value]:
        member: Member = self.members[name]
        nodes = [node for rule in broken if name in rule.names for node in rule.root]
        names = [str(node.value) for node in nodes if node.operator == "name"]
        beside = [row[one] for one in names if one != name]
        beside += [node.value for node in nodes if node.operator == "literal"]
        seen = [row[name]]
        default = self.fields[name].default
        if isinstance(default, LiteralDefault) and default.value is not None:
            beside.insert(0, read(member.type, default.value))
        beside.append(row[name])
        for value in candidates(member.type, member.name, self.objects, beside):
            if value not in seen:
                seen.append(value)
                yield value


def _is_given(field: Field) -> bool:
    """Tell whether the spec itself says what a field holds."""
    default = field.default
    return field.example is not None or (
        isinstance(default, LiteralDefault) and default.value is not None
    )
