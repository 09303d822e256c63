"""A service for tests of the emitters, built as IR by hand: a resource `Sample` with chosen fields.

service = sample_service(field("title", text(1, 20)), listing=listing(filters=[...]))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generator.field_types import FIELD_TYPES, Operator
from generator.ir import (
    EnumValue,
    Field,
    Filter,
    Key,
    Listing,
    ObjectType,
    Operation,
    OperationKind,
    PathParameter,
    Resource,
    Service,
    Type,
)

METHODS: dict[OperationKind, Any] = {
    "create": "POST",
    "list": "GET",
    "read": "GET",
    "replace": "PUT",
    "update": "PATCH",
    "delete": "DELETE",
}
PROBLEMS: dict[OperationKind, tuple[int, ...]] = {
    "create": (406, 413, 414, 415, 422, 500, 503),
    "list": (404, 406, 414, 422, 500, 503),
    "read": (404, 406, 414, 422, 500, 503),
    "replace": (404, 406, 413, 414, 415, 422, 500, 503),
    "update": (404, 406, 413, 414, 415, 422, 500, 503),
    "delete": (404, 414, 422, 500, 503),
}


def of(kind: str, **facts: object) -> Type:
    """Make a type: `of("decimal", precision=10, scale=2)`; lengths default as the language says."""
    usual: dict[str, Any] = {"kind": FIELD_TYPES[kind]}
    usual["max_length"] = FIELD_TYPES[kind].default_max_length
    usual["max_items"] = 100 if kind == "list" else None
    usual.update(facts)
    return Type(**usual)


def enum(name: str, *values: str) -> Type:
    """Make an enum type without descriptions."""
    members = tuple(EnumValue(value=one, description="") for one in values)
    return Type(kind=FIELD_TYPES["enum"], name=name, values=members)


def field(name: str, type_: Type, **facts: object) -> Field:
    """Make a field with the presences that its type, default and nullability give it."""
    default = facts.get("default")
    nullable = bool(facts.get("nullable"))
    presence = "required" if default is None and not nullable else "optional"
    usual: dict[str, Any] = {
        "name": name,
        "wire": name,
        "type": type_,
        "nullable": False,
        "default": None,
        "role": "plain",
        "description": "",
        "example": None,
        "deprecated": False,
        "on_create": presence,
        "on_replace": presence,
        "on_update": "optional",
        "keeps_on_replace": isinstance(default, str),
        "answered": True,
    }
    usual.update(facts)
    return Field(**usual)


def key_field(type_: Type | None = None, **facts: object) -> Field:
    """Make the key `id` that the server makes."""
    usual: dict[str, Any] = {
        "role": "key",
        "on_create": "absent",
        "on_replace": "absent",
        "on_update": "absent",
    }
    usual.update(facts)
    return field("id", type_ or of("integer", ge=1, le=2**53 - 1), **usual)


def listing(**facts: object) -> Listing:
    """Make a listing in page style that neither filters nor sorts."""
    usual: dict[str, Any] = {
        "parameters": "SampleListParams",
        "filters": (),
        "sorts": (),
        "default_sort": (),
        "style": "page",
        "size": 20,
        "max_size": 100,
        "count": False,
        "query_limit": 8192,
    }
    usual.update(facts)
    return Listing(**usual)


def filter_by(one: Field, operator: Operator) -> Filter:
    """Make a filter as lowering names it."""
    suffix = "" if operator == "eq" else f"_{operator}"
    type_ = of("boolean") if operator == "is_null" else one.type
    return Filter(
        name=one.name + suffix,
        wire=one.wire + suffix,
        field=one.name,
        operator=operator,
        type=replace(type_, min_length=None, pattern=None, gt=None, ge=None, lt=None, le=None),
    )


def sample_resource(
    *fields: Field,
    kinds: Sequence[OperationKind] = ("create", "list", "read", "replace", "update", "delete"),
    objects: tuple[ObjectType, ...] = (),
    listed: Listing | None = None,
    **facts: object,
) -> Resource:
    """Make the resource `Sample`: the key, then the fields."""
    listed = listed or listing()
    usual: dict[str, Any] = {
        "name": "Sample",
        "singular": "sample",
        "plural": "samples",
        "noun": "sample",
        "nouns": "samples",
        "description": "What tests are made of.",
        "tag": "samples",
        "path": "/samples",
        "item_path": "/samples/{sample_id}",
        "item_parameter": "sample_id",
        "key": Key(field="id", kind="integer", given="server"),
        "fields": (key_field(), *fields),
        "objects": objects,
        "unique_sets": (),
        "indexes": (),
        "operations": tuple(_operation(kind, listed) for kind in kinds),
        "cors": None,
        "relations": (),
        "rules": (),
        "soft_delete": False,
        "etag": False,
        "was": None,
    }
    usual.update(facts)
    return Resource(**usual)


def sample_service(*resources: Resource, **facts: object) -> Service:
    """Make a service of resources."""
    usual: dict[str, Any] = {
        "name": "sample",
        "title": "Samples",
        "description": "",
        "version": "1.0",
        "base_path": "",
        "wire": "snake",
        "cors": None,
        "resources": resources,
        "schema_hash": "0" * 16,
    }
    usual.update(facts)
    return Service(**usual)


def _operation(kind: OperationKind, listed: Listing) -> Operation:
    many = kind == "list"
    page = many and listed.style == "cursor"
    keyed = kind not in ("create", "list")
    return Operation(
        kind=kind,
        name="list_samples" if many else f"{kind}_sample",
        method=METHODS[kind],
        path="/samples/{sample_id}" if keyed else "/samples",
        summary="List samples." if many else f"{kind.capitalize()} a sample.",
        status={"create": 201, "delete": 204}.get(kind, 200),
        body=f"Sample{kind.capitalize()}" if kind in ("create", "replace", "update") else None,
        answer=None if kind == "delete" else "SamplePage" if page else "Sample",
        problems=PROBLEMS[kind],
        body_limit=2**20 if kind in ("create", "replace", "update") else 0,
        listing=listed if many else None,
        path_parameters=(PathParameter(name="sample_id", resource="Sample"),) if keyed else (),
    )
