"""What a resource has beyond fields: computed values, soft deletes, many rows in one request."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.facts import Facts, Path, Resource
from generator.diagnostics import Diagnostic
from generator.spec import BulkCreateSpec, FieldSpec
from generator.spelling import suggest

MOST_ITEMS = 5_000
USUAL_ITEMS = 100
MOST_SECRETS = 100
"""Items of a request whose resource has a secret: each takes a processor some hundredths."""


def features(facts: Facts) -> Iterator[Diagnostic]:
    """Check computed fields, soft deletes and bulk endpoints."""
    for path, value in facts.values():
        if isinstance(value, FieldSpec) and value.compute is not None:
            yield from _computed(facts, path, value)
    for resource in facts.resources:
        if resource.soft_delete and resource.natural:
            yield _soft_key(facts, resource)
        yield from _bulk(facts, resource)


def _computed(facts: Facts, path: Path, value: FieldSpec) -> Iterator[Diagnostic]:
    if facts.source.has((*path, "write")) and value.write != "never":
        message = "a computed field is set by nobody"
        yield facts.error("wrong-compute", message, (*path, "write"), "leave `write` out")
    if value.default is not None:
        message = "a computed field has no default: its expression says what it is"
        span = facts.default_span(path)
        yield facts.error("wrong-compute", message, path, "take it away", at=span)


def _soft_key(facts: Facts, resource: Resource) -> Diagnostic:
    path = resource.mixed.places.get(("soft_delete", ""), ("defaults", "soft_delete"))
    message = f"the key of `{resource.name}` is one of its fields, and a marked row would keep it"
    help = "write `soft_delete: false`, or take another key and make the field `unique: true`"
    return facts.error("soft-natural-key", message, path, help)


def _bulk(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    endpoints = resource.spec.endpoints
    for kind in ("bulk_create", "bulk_delete"):
        said = getattr(endpoints, kind)
        if said is not None and said.max is not None and not 1 <= said.max <= MOST_ITEMS:
            message = f"a request has 1 to {MOST_ITEMS:,} items, not {said.max:,}"
            yield facts.error("out-of-range", message, (*resource.path, "endpoints", kind, "max"))
    if endpoints.bulk_create is not None:
        yield from _bulk_create(facts, resource, endpoints.bulk_create)


def _bulk_create(facts: Facts, resource: Resource, bulk: BulkCreateSpec) -> Iterator[Diagnostic]:
    path: Path = (*resource.path, "endpoints", "bulk_create")
    secret = next((one for one in resource.columns if one.kind.name == "secret"), None)
    if secret is not None and MOST_SECRETS < (bulk.max or 0) <= MOST_ITEMS:
        message = f"`{secret.name}` is a secret, so a request has at most {MOST_SECRETS} items"
        help = "each secret takes long to hash, on purpose"
        yield facts.error("out-of-range", message, (*path, "max"), help)
    known = unique_names(resource)
    for name in bulk.on_conflict:
        if name not in known:
            message = f"the resource `{resource.name}` has no unique set `{name}`"
            help = suggest(name, known) or "nothing of it is unique, so nothing conflicts"
            where = (*path, "on_conflict", name)
            span = facts.key_span(where)
            yield facts.error("unknown-unique-set", message, where, help, at=span)


def unique_names(resource: Resource) -> tuple[str, ...]:
    """What occurs once, by name: the key that clients give, fields, relations, sets."""
    given = resource.natural or resource.key.given == "client"
    columns = [
        one.name
        for one in resource.columns
        if (one.spec is not None and one.spec.unique != "no")
        or (one.relation is not None and one.relation.unique)
    ]
    names = [*([resource.key_name] if given else []), *columns, *resource.spec.unique]
    return tuple(dict.fromkeys(names))
