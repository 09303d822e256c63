"""Names by themselves: their form, and those that Python, SQL or Pydantic cannot carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from generator.check.claims import link_table
from generator.check.columns import stored_ids
from generator.check.facts import Facts, Path, Resource
from generator.diagnostics import Diagnostic
from generator.naming import pascal, snake
from generator.reserved_names import FIELDS, MEMBERS, PACKAGES, PATHS, SCHEMAS, SERVICE_PARTS
from generator.spec import MixedSpec, RelationSpec

LONGEST = 50
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")
WIRE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
MADE_NAMES = {
    "id": "the key is called so; `key: <field>` makes one of its own fields the key",
    "version": "`concurrency` makes a column of this name",
    "created_at": "`timestamps` makes a column of this name",
    "updated_at": "`timestamps` makes a column of this name",
    "deleted_at": "`soft_delete` makes a column of this name",
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
    for name in facts.spec.traits:
        if not fits(PASCAL, name):
            yield from _schema_name(facts, name, ("traits", name), "a trait")
    for path, section in facts.sections():
        yield from _parts(facts, path, section)
    for resource in facts.resources:
        yield from _resource(facts, resource)


def _parts(facts: Facts, path: Path, section: MixedSpec) -> Iterator[Diagnostic]:
    """What a resource and a trait both name."""
    for name, field in section.fields.items():
        where = (*path, "fields", name)
        yield from _snake_name(facts, name, where, "a field", FIELDS)
        yield from _wire_name(facts, field.as_, (*where, "as"))
    for name, relation in section.relations.items():
        yield from _relation(facts, name, relation, (*path, "relations", name))
    for part, what in (("unique", "a unique set"), ("indexes", "an index"), ("rules", "a rule")):
        for name in getattr(section, part):
            yield from _snake_name(facts, name, (*path, part, name), what, {})


def _relation(facts: Facts, name: str, relation: RelationSpec, path: Path) -> Iterator[Diagnostic]:
    wrong = list(_snake_name(facts, name, path, "a relation", FIELDS))
    yield from wrong
    yield from _wire_name(facts, relation.as_, (*path, "as"))
    ids = stored_ids(name, relation)
    if relation.ids is not None:
        where = (*path, "ids")
        yield from _snake_name(facts, relation.ids, where, "a field", FIELDS)
    elif not wrong and ids.startswith("model_"):
        message = f"a relation cannot be called `{name}`: its keys would be called `{ids}`"
        way_out = "; name them otherwise with `ids`" if relation.to_many else None
        way_out = way_out or _way_out(facts, path, name)
        help = f"Pydantic keeps names that begin with `model_` for itself{way_out}"
        yield facts.error("reserved-name", message, path, help, at=facts.key_span(path))
    where = (*path, "inverse")
    yield from _snake_name(facts, relation.inverse, where, "a side of a relation", {})


def _wire_name(facts: Facts, name: str | None, path: Path) -> Iterator[Diagnostic]:
    if name is not None and not fits(WIRE, name):
        message = f"`{name}` is no name for a field on the wire"
        help = f"letters, digits, `_` and `-`, at most {LONGEST}, not beginning with a digit"
        yield facts.error("bad-name", message, path, help)


def _resource(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    made = {one.name for one in resource.columns if one.made}
    for part, what in (("fields", "a field"), ("relations", "a relation")):
        for name in getattr(resource.spec, part):
            if name in MADE_NAMES and name in made:
                path = facts.place(resource, part, name)
                message = f"{what} cannot be called `{name}`"
                span = facts.key_span(path)
                help = f"{MADE_NAMES[name]}; rename it"
                yield facts.error("reserved-name", message, path, help, at=span)
    for name, relation in resource.spec.relations.items():
        table = link_table(resource, name)
        if relation.to_many and _table_reason(table) is not None:
            path = facts.place(resource, "relations", name)
            message = f"the links of `{name}` cannot have the table `{table}`"
            help = f"{_table_reason(table)}; rename the relation"
            yield facts.error("reserved-name", message, path, help, at=facts.key_span(path))
    wrong = list(_schema_name(facts, resource.name, resource.path, "a resource"))
    yield from wrong
    if not wrong:
        yield from _plural(facts, resource)
        yield from _segment(facts, resource)


def _table_reason(name: str) -> str | None:
    """Why a table cannot be called so."""
    if name.startswith(("sqlite_", "restwright_")):
        return "tables whose names begin so belong to the database or to the service"
    return PACKAGES.get(name)


def _plural(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    given = resource.spec.plural
    if given is not None and not fits(SNAKE, given):
        message = f"`{given}` is no plural"
        help = _snake_help(given)
        yield facts.error("bad-name", message, (*resource.path, "plural"), help)
        return
    reason = _table_reason(resource.plural)
    if reason is not None:
        path = resource.path if given is None else (*resource.path, "plural")
        span = facts.key_span(path) if given is None else None
        message = f"the resource `{resource.name}` cannot have the plural `{resource.plural}`"
        help = f"{reason}; give it another: `plural: {resource.singular}_items`"
        yield facts.error("reserved-name", message, path, help, at=span)


def _segment(facts: Facts, resource: Resource) -> Iterator[Diagnostic]:
    given = resource.spec.path
    path = (*resource.path, "path")
    if given is not None and not fits(SEGMENT, given):
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
    if not fits(PASCAL, name):
        meant = pascal(re.sub(r"[^A-Za-z0-9]+", "_", _plain(name)).strip("_"))
        example = meant if fits(PASCAL, meant) else "PurchaseOrder"
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
    facts: Facts,
    name: str,
    path: Path,
    what: str,
    reserved: Mapping[str, str],
) -> Iterator[Diagnostic]:
    span = facts.key_span(path) if name == path[-1] else facts.source.span(path)
    if not fits(SNAKE, name):
        message = f"`{name}` is no name for {what}"
        yield facts.error("bad-name", message, path, _snake_help(name), at=span)
    elif name in reserved:
        message = f"{what} cannot be called `{name}`"
        help = f"{reserved[name]}{_way_out(facts, path, name)}"
        yield facts.error("reserved-name", message, path, help, at=span)
    elif name.startswith("model_") and what in {"a field", "a relation"}:
        message = f"{what} cannot be called `{name}`"
        help = "Pydantic keeps names that begin with `model_` for itself"
        yield facts.error(
            "reserved-name", message, path, f"{help}{_way_out(facts, path, name)}", at=span
        )


def _way_out(facts: Facts, path: Path, name: str) -> str:
    if path[0] == "objects" or path[-1] != name:
        return "; rename it"
    return f"; rename it, and keep the name outside with `as: {facts.wire(name)}`"


def _snake_help(name: str) -> str:
    if len(name) > LONGEST:
        return f"at most {LONGEST} characters, not {len(name)}"
    meant = re.sub(r"[^a-z0-9]+", "_", snake(_plain(name))).strip("_")
    example = meant if fits(SNAKE, meant) else "unit_price"
    return f"snake_case, letters and digits, no underscore at an end or twice: `{example}`"


def _plain(name: str) -> str:
    """A name without accents: `café` -> `cafe`."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(one for one in parts if not unicodedata.combining(one))


def fits(form: re.Pattern[str], name: str) -> bool:
    """Whether a name has a form, and is not too long."""
    return form.fullmatch(name) is not None and len(name) <= LONGEST
