"""Bodies that would be too large: the limit of an operation is its largest valid body."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.columns import wire_ids
from generator.check.facts import Facts, Resource
from generator.check.features import USUAL_ITEMS
from generator.check.limits import item_counts, lengths, plain
from generator.check.relations import MOST_LINKS, USUAL_LINKS
from generator.diagnostics import Diagnostic
from generator.sizes import MOST_BYTES, list_bytes, object_bytes, scalar_bytes
from generator.spec import ValueSpec

Sent = tuple[str, int]
"""What stands in a body: its name outside, and its size."""


def sizes(facts: Facts) -> Iterator[Diagnostic]:
    """Check the largest valid body of every resource. For a spec without circles of objects."""
    for resource in facts.resources:
        members = _sent(facts, resource)
        most = object_bytes(members.values())
        if most > MOST_BYTES:
            yield _too_large(facts, resource, most, members)
        elif (bulk := resource.spec.endpoints.bulk_create) is not None:
            items = USUAL_ITEMS if bulk.max is None else bulk.max
            whole = object_bytes([("items", list_bytes(items, most))])
            if whole > MOST_BYTES:
                yield _too_many(facts, resource, whole, MOST_BYTES // (most + 2) - 1)


def _too_large(facts: Facts, resource: Resource, most: int, members: dict[str, Sent]) -> Diagnostic:
    name = max(members, key=lambda one: members[one][1])
    message = f"a valid body of `{resource.name}` could have {most / 2**20:.1f} MiB"
    share = members[name][1] / 2**20
    help = f"16 MiB are possible: shorten its fields, `{name}` first ({share:.1f} MiB)"
    part = "fields" if name in resource.spec.fields else "relations"
    path = facts.place(resource, part, name)
    return facts.error("body-too-large", message, path, help, at=facts.key_span(path))


def _too_many(facts: Facts, resource: Resource, whole: int, items: int) -> Diagnostic:
    path = (*resource.path, "endpoints", "bulk_create")
    at = facts.source.span((*path, "max")) if facts.source.has((*path, "max")) else None
    message = f"a valid request could have {whole / 2**20:.1f} MiB; 16 MiB are possible"
    help = f"write `max: {items}`, or shorten its fields"
    if items < 1:
        help = "shorten its fields"
    return facts.error("body-too-large", message, path, help, at=at or facts.key_span(path))


def _sent(facts: Facts, resource: Resource) -> dict[str, Sent]:
    """What stands in the largest body that is read, with its name outside and its size."""
    endpoints = set(resource.spec.endpoints.names)
    sent = {"always"} if endpoints & {"create", "bulk_create", "replace", "update"} else set()
    sent |= {"create"} if endpoints & {"create", "bulk_create"} else set()
    found: dict[str, Sent] = {}
    for column in resource.columns:
        if column.spec is not None and column.spec.write in sent and column.spec.compute is None:
            found[column.name] = (column.wire, largest(facts, column.spec))
        elif column.relation is not None and column.relation.write in sent:
            key = facts.key_value(column.relation.target)
            found[column.name] = (column.wire, largest(facts, key))
    for name, one in resource.spec.relations.items():
        if one.to_many and one.body and one.write in sent:
            most = USUAL_LINKS if one.max is None else min(one.max, MOST_LINKS)
            size = list_bytes(most, largest(facts, facts.key_value(one.target)))
            found[name] = (wire_ids(facts.spec, name, one), size)
    return found


def largest(facts: Facts, value: ValueSpec) -> int:
    """The largest valid value of a field."""
    kind, name = facts.kind(value.type), value.type.name
    if value.type.item is not None:
        return list_bytes(item_counts(value).most, largest(facts, plain(value.type.item)))
    if kind.name == "object":
        members = facts.spec.objects[name].fields.items()
        return object_bytes((facts.wire(one), largest(facts, inner)) for one, inner in members)
    if kind.name == "enum":
        return scalar_bytes("enum", max(map(len, facts.spec.enums[name]), default=0))
    return scalar_bytes(kind.name, min(lengths(value, kind).most, kind.hard_max_length or 0))
