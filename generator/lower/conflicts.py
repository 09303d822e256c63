"""Which operations can be refused for what other rows hold: 409 is one of their answers."""

from __future__ import annotations

from collections.abc import Mapping

from generator.ir import OperationKind, Relation, Resource

WRITES: Mapping[OperationKind, str] = {
    "create": "create",
    "bulk_create": "create",
    "replace": "replace",
    "update": "update",
}


def conflicts(kind: OperationKind, resource: Resource, each: Mapping[str, Resource]) -> bool:
    """Tell whether an operation can conflict with what is stored."""
    if kind in WRITES:
        return _write_conflicts(WRITES[kind], resource)
    if kind in ("delete", "bulk_delete"):
        return _delete_conflicts(resource.name, each, frozenset())
    return kind == "add_member"


def _write_conflicts(kind: str, resource: Resource) -> bool:
    """A key never changes; other unique sets, references and what rules read do."""
    created = kind == "create"
    return (
        bool(resource.rules)
        or any(created or not one.primary for one in resource.unique_sets)
        or any(
            field.role == "reference" and getattr(field, f"on_{kind}") != "absent"
            for field in resource.fields
        )
        or any(getattr(one, f"on_{kind}") != "absent" for one in resource.relations)
    )


def _delete_conflicts(name: str, each: Mapping[str, Resource], deleted: frozenset[str]) -> bool:
    """Tell whether a row that stays can be in the way, also of what is deleted with it."""
    deleted |= {name}
    return any(
        _in_the_way(relation, resource, each, deleted)
        for resource in each.values()
        for relation in resource.relations
        if relation.target == name and not relation.to_many
    )


def _in_the_way(
    one: Relation, resource: Resource, each: Mapping[str, Resource], deleted: frozenset[str]
) -> bool:
    match one.on_delete:
        case "restrict":
            return True
        case "cascade":
            cascades = resource.name not in deleted
            return cascades and _delete_conflicts(resource.name, each, deleted)
    return any(one.field in rule.fields for rule in resource.rules)
