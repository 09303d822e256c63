"""Keys: what tells rows apart, and can stand in a path."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.columns import LONGEST_KEY
from generator.check.expressions import read_pattern
from generator.check.facts import MADE_KEYS, Facts, Path, Resource
from generator.check.limits import lengths
from generator.diagnostics import Diagnostic
from generator.patterns import is_addressable
from generator.spec import FieldSpec
from generator.spelling import suggest


def keys(facts: Facts) -> Iterator[Diagnostic]:
    """Check the key of every resource, and of the defaults."""
    usual = facts.spec.defaults.key
    path: Path = ("defaults", "key")
    if usual is not None and usual.type not in MADE_KEYS:
        message = f"`{usual.type}` is no key for every resource"
        help = suggest(usual.type, MADE_KEYS)
        yield facts.error("bad-key", message, _type_path(facts, path), help)
        return
    if usual is not None:
        yield from _given(facts, path, usual.type, usual.given)
    for resource in facts.resources:
        if resource.spec.key is None:
            continue
        yield from _given(facts, resource.key_path, resource.key.type, resource.key.given)
        if resource.natural:
            yield from _natural(facts, resource)


def _given(facts: Facts, path: Path, type_: str, given: str) -> Iterator[Diagnostic]:
    if type_ == "uuid7" and given == "client":
        message = "what a client sends cannot be held to be a UUID of version 7"
        yield facts.error("bad-key", message, (*path, "given"), "write `type: uuid`")
    natural = type_ not in MADE_KEYS
    if natural and given == "server" and facts.source.has((*path, "given")):
        message = "the server cannot make a natural key"
        yield facts.error("bad-key", message, (*path, "given"), "leave `given` out")


def _natural(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    field = resource.spec.fields.get(resource.key.type)
    if field is None:
        strings = [name for name, one in resource.spec.fields.items() if one.type.name == "string"]
        message = f"the resource `{resource.name}` has no field `{resource.key.type}` for a key"
        help = suggest(resource.key.type, (*MADE_KEYS, *strings))
        yield facts.error("unknown-field", message, _type_path(facts, resource.key_path), help)
        return
    path = facts.place(resource, "fields", resource.key.type)
    if facts.kind(field.type).name != "string":
        message = f"a key cannot be of the type `{field.type.name}`"
        help = "a natural key is a `string`; or write `key: integer` or `key: uuid`"
        yield facts.error("bad-key", message, (*path, "type"), help)
        return
    yield from _always_there(facts, path, field)
    yield from _addressable(facts, path, field)


def _always_there(facts: Facts, path: Path, field: FieldSpec) -> Iterator[Diagnostic]:
    if field.type.nullable:
        yield facts.error("bad-key", "a key is never null", (*path, "type"), "take the `?` away")
    if field.default is not None:
        message = "a key has no default: two rows would have it"
        yield facts.error("bad-key", message, path, "take it away", at=facts.default_span(path))
    if facts.source.has((*path, "write")) and field.write != "create":
        message = "a natural key is set by the client on create, and never changes"
        yield facts.error("bad-key", message, (*path, "write"), "leave `write` out")
    if field.compute is not None:
        message = "a natural key is set by the client, and never computed"
        yield facts.error("bad-key", message, (*path, "compute"), "take `compute` away")
    if field.read == "never":
        message = "a key is always answered"
        yield facts.error("bad-key", message, (*path, "read"), "leave `read` out")
    if field.unique == "ignore_case":
        message = "a key minds case, as paths do"
        yield facts.error("bad-key", message, (*path, "unique"), "leave `unique` out")


def _addressable(facts: Facts, path: Path, field: FieldSpec) -> Iterator[Diagnostic]:
    kind = facts.kind(field.type)
    said = field.max_length is not None or field.type.max is not None
    if said and lengths(field, kind).most > LONGEST_KEY:
        where = (*path, "max_length") if field.max_length is not None else (*path, "type")
        span = None if field.max_length is not None else facts.range_span(path, field.type)
        message = f"a key has at most {LONGEST_KEY} characters"
        yield facts.error("bad-key", message, where, f"write `string(..{LONGEST_KEY})`", at=span)
    pattern = read_pattern(field)
    if pattern is not None and not is_addressable(pattern):
        message = "this pattern matches keys that cannot stand in a path"
        help = "letters, digits and `-._~` alone, anchored at both ends, not beginning with a dot"
        yield facts.error("bad-key", message, (*path, "pattern"), help)


def _type_path(facts: Facts, path: Path) -> Path:
    return (*path, "type") if facts.source.has((*path, "type")) else path
