"""What of other rows can be in the way of an operation: the kinds of problems of its 409."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import get_args

from generator.ir import ConflictCode, Field, OperationKind, Relation, Resource

WRITES: Mapping[OperationKind, str] = {
    "create": "create",
    "bulk_create": "create",
    "replace": "replace",
    "update": "update",
}


CODES: tuple[ConflictCode, ...] = get_args(ConflictCode)


class Stored(dict[str, Resource]):
    """Every resource by its name, without its operations."""

    @cached_property
    def referrers(self) -> Mapping[str, list[tuple[Relation, Resource]]]:
        """The relations to one that lead to each resource, with whose they are."""
        found: dict[str, list[tuple[Relation, Resource]]] = {name: [] for name in self}
        for resource in self.values():
            for relation in resource.relations:
                if not relation.to_many:
                    found[relation.target].append((relation, resource))
        return found


def conflicts(kind: OperationKind, resource: Resource, each: Stored) -> tuple[ConflictCode, ...]:
    """Give the kinds of conflicts that an operation can have, in one order for all."""
    found: set[ConflictCode] = set()
    if kind in WRITES:
        found = set(_of_write(WRITES[kind], resource))
    elif kind in ("delete", "bulk_delete"):
        found = set(_of_delete(resource.name, each, frozenset()))
    elif kind == "add_member":
        found = {"reference-missing", "too-many-members"}
    return tuple(code for code in CODES if code in found)


def _of_write(kind: str, resource: Resource) -> Iterator[ConflictCode]:
    """Yield what a row can conflict with; what no write changes, conflicts with nothing new."""
    changed = {one.name for one in resource.fields if _changes(one, kind)}
    if any(changed & set(one.fields) for one in resource.unique_sets):
        yield "unique-taken"
    if any(one.role == "reference" and _is_sent(one, kind) for one in resource.fields):
        yield "reference-missing"
    if any(_is_sent(one, kind) for one in resource.relations):
        yield "reference-missing"
    if resource.rules:
        yield "rule-broken"


def _changes(field: Field, kind: str) -> bool:
    """Tell whether a write may give a field another value: sent, computed, or made each time."""
    made = field.compute is not None or field.role in ("version", "updated_at")
    return kind == "create" or made or _is_sent(field, kind)


def _is_sent(one: Field | Relation, kind: str) -> bool:
    presence: str = getattr(one, f"on_{kind}")
    return presence != "absent"


def _of_delete(name: str, each: Stored, deleted: frozenset[str]) -> Iterator[ConflictCode]:
    """Yield how a row that stays can be in the way, also of what is deleted with it."""
    deleted |= {name}
    for relation, resource in each.referrers[name]:
        yield from _in_the_way(relation, resource, each, deleted)


def _in_the_way(
    one: Relation, resource: Resource, each: Stored, deleted: frozenset[str]
) -> Iterator[ConflictCode]:
    match one.on_delete:
        case "restrict":
            yield "still-referenced"
        case "cascade" if resource.name not in deleted:
            yield from _of_delete(resource.name, each, deleted)
        case "set_null" if any(one.field in rule.fields for rule in resource.rules):
            yield "rule-broken"
