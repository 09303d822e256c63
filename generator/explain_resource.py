"""A resource as a spec says it where nothing has a default: what `explain Product` prints.

The text is a spec again: it compiles to the very same resource. What traits mix in stands in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

import yaml

from generator.ir import (
    Bulk,
    Cors,
    Field,
    Listing,
    LiteralDefault,
    Operation,
    Relation,
    Resource,
    Term,
    Type,
)
from generator.spec import EndpointsSpec, FieldSpec, ListSpec, RelationSpec, ResourceSpec

CONSTRAINTS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern")
OF_LISTS = ("min_items", "max_items", "unique_items")
OF_LENGTH = {"string", "text", "email", "url", "secret"}
COMPARED = {"string", "text", "email", "url", "integer", "boolean", "date", "enum"}
"""What a list holds whose items can be told apart: other lists do not take `unique_items`."""


def explain_resource(resource: Resource, written: ResourceSpec) -> str:
    """Write a resource with all of its defaults filled in, as YAML.

    `written` is what the spec says of it, its traits mixed in.
    """
    said: dict[str, object] = {
        "description": resource.description,
        "tag": resource.tag,
        "plural": resource.plural,
        "path": resource.path.rpartition("/")[2],
        "key": _key(resource),
        "timestamps": _timestamps(resource),
        "soft_delete": resource.soft_delete,
        "concurrency": "etag" if resource.etag else "none",
        "was": resource.was,
        "fields": {
            name: _field(resource.field(name), one, key=name == resource.key.field)
            for name, one in written.fields.items()
        },
        "relations": {
            one.name: _relation(one, written.relations[one.name]) for one in resource.relations
        },
        "unique": {name: list(fields) for name, fields in written.unique.items()},
        "indexes": {name: list(terms) for name, terms in written.indexes.items()},
        "rules": {
            one.name: {"check": one.check.text, "message": one.message} for one in resource.rules
        },
        "endpoints": {
            one.kind: _options(one, written.endpoints, resource)
            for one in resource.operations
            if not one.under and not one.relation
        },
        "cors": _cors(resource.cors) if resource.cors else None,
    }
    filled = {key: value for key, value in said.items() if value not in ("", None)}
    return "\n".join(_lines(resource.name, filled)) + "\n"


def _lines(name: str, value: object, margin: str = "") -> Iterator[str]:
    """Lay out a mapping of mappings line by line, anything else on one line."""
    if isinstance(value, dict) and any(isinstance(one, dict) for one in value.values()):
        yield f"{margin}{_flow(name)}:"
        for key, one in value.items():
            yield from _lines(key, one, margin + "  ")
    else:
        yield f"{margin}{_flow(name)}: {_flow(value)}"


def _flow(value: object) -> str:
    # In a list, since a bare scalar would be followed by the end mark of a document.
    text = yaml.safe_dump(
        [value], default_flow_style=True, width=math.inf, allow_unicode=True, sort_keys=False
    )
    return text.strip()[1:-1]


def _key(resource: Resource) -> dict[str, object]:
    key = resource.key
    return {"type": key.field if key.kind == "natural" else key.kind, "given": key.given}


def _timestamps(resource: Resource) -> bool | str:
    roles = {field.role for field in resource.fields}
    return True if "updated_at" in roles else "created" if "created_at" in roles else False


def _field(field: Field, written: FieldSpec, *, key: bool) -> dict[str, object]:
    said: dict[str, object] = {"type": _type(field.type) + "?" * field.nullable}
    said |= _constraints(field.type)
    if field.default is not None:
        default = field.default
        said["default"] = default.value if isinstance(default, LiteralDefault) else default
    if not key:
        said |= {
            "unique": {"no": False, "yes": True}.get(field.unique, field.unique),
            "index": written.index,
            "compute": written.compute,
            "write": "never" if written.compute else written.write,
            "read": written.read,
        }
    said |= {
        "deprecated": field.deprecated,
        "as": field.wire,
        "was": field.was,
        "description": field.description,
        "example": field.example,
    }
    return _without_nothing(said)


def _relation(relation: Relation, written: RelationSpec) -> dict[str, object]:
    said: dict[str, object] = {
        "to": f"list({relation.target})" if relation.to_many else relation.target,
        "inverse": relation.inverse,
    }
    if relation.to_many:
        said |= {"max": relation.max, "members": list(written.members), "body": relation.in_body}
        # The two exclude each other, and either says the other.
        said |= {"as": written.as_} if written.as_ else {"ids": relation.field}
    else:
        said["to"] = f"{relation.target}{'' if relation.required else '?'}"
        said |= {"on_delete": relation.on_delete, "unique": relation.unique}
        said |= {"expand": relation.expand, "as": relation.wire}
    said |= {
        "write": written.write,
        "deprecated": relation.deprecated,
        "was": relation.was,
        "description": relation.description,
        "example": relation.example,
    }
    return _without_nothing(said)


def _without_nothing(said: dict[str, object]) -> dict[str, object]:
    return {
        key: value
        for key, value in said.items()
        if value is not None and (value != "" or key == "default")
    }


def _type(type_: Type) -> str:
    """Write a type without what stands in keys of its own: `decimal(10:2)`."""
    if type_.item is not None:
        return f"list({_type(type_.item)}{_range(type_.item)})"
    if type_.kind.name == "decimal":
        return f"decimal({type_.precision}:{type_.scale})"
    return type_.name or type_.kind.name


def _range(type_: Type) -> str:
    """Write the range of what a list holds, which has no keys of its own."""
    ends = (
        (type_.min_length, type_.max_length)
        if type_.kind.name in OF_LENGTH
        else (type_.ge, type_.le)
    )
    low, high = ("" if end is None else str(end) for end in ends)
    return f"({low}..{high})" if low or high else ""


def _constraints(type_: Type) -> dict[str, object]:
    names = [*CONSTRAINTS, *(OF_LISTS if type_.item is not None else ())]
    found = {name: getattr(type_, name) for name in names}
    for strict, loose in (("gt", "ge"), ("lt", "le")):
        if found[strict] is not None:
            found[loose] = None  # which the compiler filled in, and which says less
    if type_.item is not None and type_.item.kind.name not in COMPARED:
        found["unique_items"] = None
    return {name: _plain(value) for name, value in found.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _options(operation: Operation, written: EndpointsSpec, resource: Resource) -> dict[str, object]:
    if operation.listing is not None:
        return _listing(operation.listing, written.list or ListSpec(), resource)
    if operation.bulk is None:
        return {}
    creates = operation.kind == "bulk_create"
    return {"max": operation.bulk.most} | (_creation(operation.bulk, resource) if creates else {})


def _creation(bulk: Bulk, resource: Resource) -> dict[str, object]:
    # What is kept stands first, since its order counts.
    choices = dict.fromkeys(bulk.keep, "keep")
    for one in resource.unique_sets:
        choices.setdefault(one.name, "refuse")
    return {"on_conflict": choices, "answer": "counts" if bulk.counts else "items"}


def _listing(listing: Listing, written: ListSpec, resource: Resource) -> dict[str, object]:
    return {
        "filter": {name: list(operators) for name, operators in written.filter.items()},
        "sort": {
            "by": [_called(name, resource) for name in listing.sorts],
            "default": [_term(one, resource) for one in listing.default_sort]
            or [resource.key.field],
        },
        "search": list(listing.search),
        "under": list(written.under),
        "page": {
            "style": listing.style,
            "size": listing.size,
            "max": listing.max_size,
            "count": listing.count,
        },
    }


def _called(column: str, resource: Resource) -> str:
    """Name a column as the spec does: a reference by its relation."""
    return resource.field(column).relation or column


def _term(term: Term, resource: Resource) -> str:
    name = _called(term.field, resource)
    return f"-{name}" if term.descending else name


def _cors(cors: Cors) -> dict[str, object]:
    return {
        "origins": list(cors.origins),
        "methods": list(cors.methods),
        "headers": list(cors.headers),
        "expose": list(cors.expose),
        "credentials": cors.credentials,
        "max_age": cors.max_age,
    }
