"""A resource as a spec says it where nothing has a default: what `explain Product` prints.

The text is a spec again: it compiles to the very same resource.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

import yaml

from generator.ir import Cors, Field, Listing, LiteralDefault, Resource, Term, Type
from generator.spec import FieldSpec, ResourceSpec

CONSTRAINTS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern")
OF_LISTS = ("min_items", "max_items", "unique_items")
OF_LENGTH = {"string", "text", "email", "url", "secret"}


def explain_resource(resource: Resource, written: ResourceSpec) -> str:
    """Write a resource with all of its defaults filled in, as YAML."""
    said: dict[str, object] = {
        "description": resource.description,
        "tag": resource.tag,
        "plural": resource.plural,
        "path": resource.path.rpartition("/")[2],
        "key": _key(resource),
        "timestamps": _timestamps(resource),
        "fields": {name: _field(resource.field(name), one) for name, one in written.fields.items()},
        "unique": {name: list(fields) for name, fields in written.unique.items()},
        "indexes": {name: list(terms) for name, terms in written.indexes.items()},
        "endpoints": {
            operation.kind: _listing(operation.listing) if operation.listing else {}
            for operation in resource.operations
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
    if resource.key.kind == "natural":
        return {"type": resource.key.field}
    return {"type": resource.key.kind, "given": resource.key.given}


def _timestamps(resource: Resource) -> bool | str:
    roles = {field.role for field in resource.fields}
    return True if "updated_at" in roles else "created" if "created_at" in roles else False


def _field(field: Field, written: FieldSpec) -> dict[str, object]:
    said: dict[str, object] = {"type": _type(field.type) + "?" * field.nullable}
    said |= _constraints(field.type)
    if field.default is not None:
        default = field.default
        said["default"] = default.value if isinstance(default, LiteralDefault) else default
    said |= {
        "unique": {"no": False, "yes": True}.get(field.unique, field.unique),
        "index": written.index,
        "write": written.write,
        "read": written.read,
        "deprecated": field.deprecated,
        "as": field.wire,
    }
    texts = {"description": field.description, "example": field.example}
    return said | {key: value for key, value in texts.items() if value not in ("", None)}


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
    return {name: _plain(value) for name, value in found.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _listing(listing: Listing) -> dict[str, object]:
    filters: dict[str, list[str]] = {}
    for one in listing.filters:
        filters.setdefault(one.field, []).append(one.operator)
    return {
        "filter": filters,
        "sort": {
            "by": list(listing.sorts),
            "default": [_term(one) for one in listing.default_sort],
        },
        "page": {
            "style": listing.style,
            "size": listing.size,
            "max": listing.max_size,
            "count": listing.count,
        },
    }


def _term(term: Term) -> str:
    return f"-{term.field}" if term.descending else term.field


def _cors(cors: Cors) -> dict[str, object]:
    return {
        "origins": list(cors.origins),
        "methods": list(cors.methods),
        "headers": list(cors.headers),
        "expose": list(cors.expose),
        "credentials": cors.credentials,
        "max_age": cors.max_age,
    }
