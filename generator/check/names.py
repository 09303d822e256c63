"""Names by themselves: their form, and those that Python, SQL or Pydantic cannot carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from generator.check.facts import Facts, Path, Resource
from generator.diagnostics import Diagnostic
from generator.naming import pascal, snake
from generator.reserved_names import FIELDS, MEMBERS, PACKAGES, PATHS, SCHEMAS, SERVICE_PARTS

LONGEST = 50
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")
WIRE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
MADE_NAMES = {
    "id": "the key is called so; `key: <field>` makes one of its own fields the key",
    "created_at": "`timestamps` makes a column of this name",
    "updated_at": "`timestamps` makes a column of this name",
}


def names(facts: Facts) -> Iterator[Diagnostic]:
    """Check every name that a spec gives."""
    for part, what in (("enums", "an enum"), ("objects", "an object")):
        for name in getattr(facts.spec, part):
            yield from _schema_name(facts, name, (part, name), what)
    for name, one in facts.spec.objects.items():
        for member in one.fields:
            path: Path = ("objects", name, "fields", member)
            yield from _snake_name(facts, member, path, "a field", MEMBERS)
    for resource in facts.resources:
        yield from _resource(facts, resource)


def _resource(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    made = {one.name for one in resource.columns if one.spec is None}
    taken = {name: why for name, why in MADE_NAMES.items() if name in made}
    for name, one in resource.spec.fields.items():
        path = (*resource.path, "fields", name)
        yield from _snake_name(facts, name, path, "a field", {**FIELDS, **taken})
        if one.as_ is not None and not _fits(WIRE, one.as_):
            message = f"`{one.as_}` is no name for a field on the wire"
            help = f"letters, digits, `_` and `-`, at most {LONGEST}, not beginning with a digit"
            yield facts.error("bad-name", message, (*path, "as"), help)
    for part, what in (("unique", "a unique set"), ("indexes", "an index")):
        for name in getattr(resource.spec, part):
            yield from _snake_name(facts, name, (*resource.path, part, name), what, {})
    wrong = list(_schema_name(facts, resource.name, resource.path, "a resource"))
    yield from wrong
    if not wrong:
        yield from _plural(facts, resource)
        yield from _segment(facts, resource)


def _plural(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    given = resource.spec.plural
    if given is not None and not _fits(SNAKE, given):
        message = f"`{given}` is no plural"
        help = _snake_help(given)
        yield facts.error("bad-name", message, (*resource.path, "plural"), help)
        return
    reason = PACKAGES.get(resource.plural)
    if reason is None and resource.plural.startswith(("sqlite_", "restwright_")):
        reason = "tables whose names begin so belong to the database or to the service"
    if reason is not None:
        path = resource.path if given is None else (*resource.path, "plural")
        span = facts.key_span(path) if given is None else None
        message = f"the resource `{resource.name}` cannot have the plural `{resource.plural}`"
        help = f"{reason}; give it another: `plural: {resource.singular}_items`"
        yield facts.error("reserved-name", message, path, help, at=span)


def _segment(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    given = resource.spec.path
    path = (*resource.path, "path")
    if given is not None and not _fits(SEGMENT, given):
        message = f"`{given}` is no path segment"
        help = "one segment without slashes: letters, digits and `-._~`, not beginning with a dot"
        yield facts.error("bad-path", message, path, help)
    elif not facts.spec.service.base_path and resource.segment in PATHS:
        span = None if given is not None else facts.key_span(resource.path)
        message = f"the resource `{resource.name}` cannot have the path `/{resource.segment}`"
        help = f"{PATHS[resource.segment]}; give another `path`, or a `base_path` to the service"
        yield facts.error("reserved-name", message, path, help, at=span)


def _schema_name(facts: Facts, name: str, path: Path, what: str) -> Iterator[Diagnostic]:
    span = facts.key_span(path)
    if not _fits(PASCAL, name):
        meant = pascal(re.sub(r"[^A-Za-z0-9]+", "_", _plain(name)).strip("_"))
        example = meant if _fits(PASCAL, meant) else "PurchaseOrder"
        message = f"`{name}` is no name for {what}"
        help = f"PascalCase, at most {LONGEST} characters: `{example}`"
        yield facts.error("bad-name", message, path, help, at=span)
    elif name in SCHEMAS:
        message = f"{what} cannot be called `{name}`"
        yield facts.error("reserved-name", message, path, f"{SCHEMAS[name]}; rename it", at=span)
    elif what == "a resource" and snake(name) in SERVICE_PARTS:
        message = f"{what} cannot be called `{name}`"
        help = f"{SERVICE_PARTS[snake(name)]}; rename it"
        yield facts.error("reserved-name", message, path, help, at=span)


def _snake_name(
    facts: Facts, name: str, path: Path, what: str, reserved: Mapping[str, str]
) -> Iterator[Diagnostic]:
    span = facts.key_span(path)
    if not _fits(SNAKE, name):
        message = f"`{name}` is no name for {what}"
        yield facts.error("bad-name", message, path, _snake_help(name), at=span)
    elif name in reserved:
        message = f"{what} cannot be called `{name}`"
        help = f"{reserved[name]}{_way_out(facts, path, name)}"
        yield facts.error("reserved-name", message, path, help, at=span)
    elif name.startswith("model_") and what == "a field":
        message = f"{what} cannot be called `{name}`"
        help = "Pydantic keeps names that begin with `model_` for itself"
        yield facts.error(
            "reserved-name", message, path, f"{help}{_way_out(facts, path, name)}", at=span
        )


def _way_out(facts: Facts, path: Path, name: str) -> str:
    if path[0] != "resources" or name in MADE_NAMES:
        return "; rename it"
    return f"; rename it, and keep the name outside with `as: {facts.wire(name)}`"


def _snake_help(name: str) -> str:
    if len(name) > LONGEST:
        return f"at most {LONGEST} characters, not {len(name)}"
    meant = re.sub(r"[^a-z0-9]+", "_", snake(_plain(name))).strip("_")
    example = meant if _fits(SNAKE, meant) else "unit_price"
    return f"snake_case, letters and digits, no underscore at an end or twice: `{example}`"


def _plain(name: str) -> str:
    """A name without accents: `café` -> `cafe`."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(one for one in parts if not unicodedata.combining(one))


def _fits(form: re.Pattern[str], name: str) -> bool:
    return form.fullmatch(name) is not None and len(name) <= LONGEST
