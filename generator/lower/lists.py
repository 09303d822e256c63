"""Lowers lists: their filters, sorts and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.field_types import FIELD_TYPES, MAX_SAFE_INTEGER, MEMBERSHIP, Operator
from generator.ir import Field, Filter, Listing, Relation, Resource, Term, Type
from generator.lower.storage import column_name, term
from generator.naming import camel, pascal, singular
from generator.sizes import query_limit
from generator.spec import ListSpec, PageSpec, Spec

SIZE = 20
MOST = 100


def listing(resource: Resource, one: ListSpec, each: Mapping[str, Resource], spec: Spec) -> Listing:
    """Lower the options of `list`."""
    usual, page = spec.defaults.list.page, one.page
    size, most = _sizes(page, usual)
    camel_case = spec.service.wire == "camel"
    filters = tuple(
        _filter(name, operator, resource, each, camel_case=camel_case)
        for name, operators in one.filter.items()
        for operator in operators
    )
    made_key = () if resource.key.kind == "natural" else (resource.key.field,)
    by = (column_name(name, resource) for name in one.sort.by)
    return _limited(
        Listing(
            parameters=f"{resource.name}ListParams",
            filters=filters,
            sorts=tuple(dict.fromkeys((*by, *made_key))),
            default_sort=_default_sort(one, resource),
            style=page.style or usual.style or "page",
            size=size,
            max_size=most,
            count=bool(usual.count if page.count is None else page.count),
            query_limit=0,
            search=one.search,
            expand=tuple(relation.name for relation in resource.expandable),
        ),
        resource,
    )


def under_listing(
    whole: Listing, relation: Relation, parameters: str, resource: Resource
) -> Listing:
    """Narrow a list to the rows of one target: the filters by that relation's key are gone."""
    filters = tuple(one for one in whole.filters if one.through or one.field != relation.field)
    return _limited(replace(whole, parameters=parameters, filters=filters), resource)


def members_listing(relation: Relation, resource: Resource, spec: Spec) -> Listing:
    """Make the list of what a row refers to: in pages by number, in the order of the keys."""
    size, most = _sizes(PageSpec(), spec.defaults.list.page)
    return _limited(
        Listing(
            parameters=f"{resource.name}{pascal(singular(relation.name))}ListParams",
            filters=(),
            sorts=(),
            default_sort=(),
            style="page",
            size=size,
            max_size=most,
            count=False,
            query_limit=0,
        ),
        resource,
    )


def _default_sort(one: ListSpec, resource: Resource) -> tuple[Term, ...]:
    """The key alone, ascending, is what breaks ties anyway."""
    found = tuple(term(text, resource) for text in one.sort.default)
    return () if found == (Term(field=resource.key.field, descending=False),) else found


def _limited(one: Listing, resource: Resource) -> Listing:
    sorts = [resource.field(name).wire for name in one.sorts]
    expand = [resource.relation(name).wire for name in one.expand]
    limit = query_limit(one.filters, sorts, search=bool(one.search), expand=expand)
    return replace(one, query_limit=limit)


def _sizes(page: PageSpec, usual: PageSpec) -> tuple[int, int]:
    most = _first(page.max, usual.max, MOST)
    return min(_first(page.size, usual.size, SIZE), most), most


def _first(given: int | None, usual: int | None, default: int) -> int:
    return given if given is not None else usual if usual is not None else default


def _filter(
    name: str,
    operator: Operator,
    resource: Resource,
    each: Mapping[str, Resource],
    *,
    camel_case: bool,
) -> Filter:
    """Lower a filter: by a field, by a key, by the keys of many, by a field of a target."""
    suffix = "" if operator == "eq" else f"_{operator}"
    wire_suffix = camel(f"x{suffix}")[1:] if camel_case else suffix
    if operator in MEMBERSHIP:
        many = resource.relation(name)
        target = each[many.target]
        return Filter(
            name=f"{many.field}{suffix}",
            wire=f"{many.field_wire}{wire_suffix}",
            field=many.field,
            operator=operator,
            type=_unbounded(target.field(target.key.field).type),
            relation=name,
        )
    through, _, own = name.rpartition(".")
    if through:
        relation = resource.relation(through)
        field = _column(own, each[relation.target])
        name, wire = f"{through}_{field.name}", _joined(relation.wire, field.wire, camel_case)
    else:
        field = _column(own, resource)
        name, wire = field.name, field.wire
    return Filter(
        name=f"{name}{suffix}",
        wire=f"{wire}{wire_suffix}",
        field=field.name,
        operator=operator,
        type=Type(kind=FIELD_TYPES["boolean"]) if operator == "is_null" else _unbounded(field.type),
        through=through or None,
    )


def _column(name: str, resource: Resource) -> Field:
    return resource.field(column_name(name, resource))


def _joined(relation: str, field: str, camel_case: bool) -> str:
    """`warehouse`, `city` -> `warehouse_city`, `warehouseCity`."""
    return f"{relation}{field[:1].upper()}{field[1:]}" if camel_case else f"{relation}_{field}"


def _unbounded(type_: Type) -> Type:
    """The type of a filter's value: the grammar and the longest length, no other constraint."""
    freed = replace(
        type_, min_length=None, pattern=None, gt=None, ge=None, lt=None, le=None, multiple_of=None
    )
    if type_.kind.name == "integer":
        return replace(freed, ge=-MAX_SAFE_INTEGER, le=MAX_SAFE_INTEGER)
    return freed
