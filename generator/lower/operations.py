"""Lowers endpoints into operations: method, path, schemas, statuses, parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from generator.field_types import FIELD_TYPES, MAX_SAFE_INTEGER, Operator
from generator.ir import Field, Filter, Listing, Operation, OperationKind, Resource, Type
from generator.lower.storage import term
from generator.naming import article, camel
from generator.sizes import body_limit, query_limit
from generator.spec import ListSpec, ResourceSpec, Spec

ALWAYS = (414, 422, 500, 503)
READS_BODY = (413, 415)
METHODS: dict[OperationKind, Literal["GET", "POST", "PUT", "PATCH", "DELETE"]] = {
    "create": "POST",
    "list": "GET",
    "read": "GET",
    "replace": "PUT",
    "update": "PATCH",
    "delete": "DELETE",
}


def operations(resource: Resource, one: ResourceSpec, spec: Spec) -> tuple[Operation, ...]:
    """Every operation of a resource, in the order of the language page."""
    return tuple(_operation(kind, resource, one, spec) for kind in one.endpoints.names)


def _operation(kind: OperationKind, resource: Resource, one: ResourceSpec, spec: Spec) -> Operation:
    name = resource.name
    listing = None
    if kind == "list" and one.endpoints.list is not None:
        listing = _listing(resource, one.endpoints.list, spec)
    cursor = listing is not None and listing.style == "cursor"
    bodies = {"create": f"{name}Create", "replace": f"{name}Replace", "update": f"{name}Update"}
    return Operation(
        kind=kind,
        name=f"list_{resource.plural}" if kind == "list" else f"{kind}_{resource.singular}",
        method=METHODS[kind],
        path=resource.path if kind in ("create", "list") else resource.item_path,
        summary=_summary(kind, resource.noun, resource.nouns),
        status={"create": 201, "delete": 204}.get(kind, 200),
        body=bodies.get(kind),
        answer=None if kind == "delete" else f"{name}Page" if cursor else name,
        problems=_problems(kind, cursor=cursor, conflicts=_conflicts(kind, resource)),
        body_limit=_body_limit(kind, resource),
        listing=listing,
    )


def _summary(kind: OperationKind, noun: str, nouns: str) -> str:
    one = article(noun)
    return {
        "create": f"Create {one}.",
        "list": f"List {nouns}.",
        "read": f"Read {one}.",
        "replace": f"Replace {one}.",
        "update": f"Change the given fields of {one}.",
        "delete": f"Delete {one}.",
    }[kind]


def _conflicts(kind: OperationKind, resource: Resource) -> bool:
    """Whether a write can clash with another row: a key never changes, other unique sets do."""
    changeable = any(not one.primary for one in resource.unique_sets)
    return (
        kind == "create"
        and bool(resource.unique_sets)
        or kind in ("replace", "update")
        and changeable
    )


def _problems(kind: OperationKind, *, cursor: bool, conflicts: bool) -> tuple[int, ...]:
    statuses = set(ALWAYS)
    if kind in ("create", "replace", "update"):
        statuses |= set(READS_BODY)
    if kind != "delete":
        statuses.add(406)
    if kind in ("read", "replace", "update", "delete") or cursor:
        statuses.add(404)
    if conflicts:
        statuses.add(409)
    return tuple(sorted(statuses))


def _body_limit(kind: OperationKind, resource: Resource) -> int:
    """Bytes of the largest body that an operation must be able to read, 0 where it reads none."""
    if kind not in ("create", "replace", "update"):
        return 0
    presences = {field.name: getattr(field, f"on_{kind}") for field in resource.fields}
    sent = [field for field in resource.fields if presences[field.name] != "absent"]
    return body_limit(sent, resource.objects)


def _listing(resource: Resource, one: ListSpec, spec: Spec) -> Listing:
    usual, page = spec.defaults.list.page, one.page
    most = _first(page.max, usual.max, 100)
    camel_case = spec.service.wire == "camel"
    filters = tuple(
        _filter(resource.field(name), operator, camel_case=camel_case)
        for name, operators in one.filter.items()
        for operator in operators
    )
    made_key = () if resource.key.kind == "natural" else (resource.key.field,)
    sorts = tuple(dict.fromkeys((*one.sort.by, *made_key)))
    return Listing(
        parameters=f"{resource.name}ListParams",
        filters=filters,
        sorts=sorts,
        default_sort=tuple(term(text) for text in one.sort.default),
        style=page.style or usual.style or "page",
        size=min(_first(page.size, usual.size, 20), most),
        max_size=most,
        count=bool(usual.count if page.count is None else page.count),
        query_limit=query_limit(filters, sorts),
    )


def _first(given: int | None, usual: int | None, default: int) -> int:
    return given if given is not None else usual if usual is not None else default


def _filter(field: Field, operator: Operator, *, camel_case: bool) -> Filter:
    suffix = "" if operator == "eq" else f"_{operator}"
    wire_suffix = camel(f"x{suffix}")[1:] if camel_case else suffix
    type_ = Type(kind=FIELD_TYPES["boolean"]) if operator == "is_null" else _unbounded(field.type)
    return Filter(
        name=f"{field.name}{suffix}",
        wire=f"{field.wire}{wire_suffix}",
        field=field.name,
        operator=operator,
        type=type_,
    )


def _unbounded(type_: Type) -> Type:
    """The type of a filter's value: the grammar and the longest length, no other constraint."""
    freed = replace(
        type_, min_length=None, pattern=None, gt=None, ge=None, lt=None, le=None, multiple_of=None
    )
    if type_.kind.name == "integer":
        return replace(freed, ge=-MAX_SAFE_INTEGER, le=MAX_SAFE_INTEGER)
    return freed
