"""Bodies that would be too large: the limit of an operation is its largest valid body."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.facts import Facts, Resource
from generator.check.limits import item_counts, lengths, plain
from generator.diagnostics import Diagnostic
from generator.sizes import MOST_BYTES, list_bytes, object_bytes, scalar_bytes
from generator.spec import ValueSpec


def sizes(facts: Facts) -> Iterator[Diagnostic]:
    """Check the largest valid body of every resource. For a spec without circles of objects."""
    for resource in facts.resources:
        members = _sent(facts, resource)
        most = object_bytes(members.values())
        if most <= MOST_BYTES:
            continue
        name = max(members, key=lambda one: members[one][1])
        message = f"a valid body of `{resource.name}` could have {most / 2**20:.1f} MiB"
        share = members[name][1] / 2**20
        help = f"16 MiB are possible: shorten its fields, `{name}` first ({share:.1f} MiB)"
        path = (*resource.path, "fields", name)
        yield facts.error("body-too-large", message, path, help, at=facts.key_span(path))


def _sent(facts: Facts, resource: Resource) -> dict[str, tuple[str, int]]:
    """The fields of the largest body that is read, each with its name outside and its size."""
    endpoints = set(resource.spec.endpoints.names)
    sent = {"always"} if endpoints & {"create", "replace", "update"} else set()
    sent |= {"create"} & endpoints
    return {
        column.name: (column.wire, largest(facts, column.spec))
        for column in resource.columns
        if column.spec is not None and column.spec.write in sent
    }


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
