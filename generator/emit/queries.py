"""Emits `<resource>/queries.py`: the statements."""

from __future__ import annotations

from collections.abc import Iterable

from generator.emit.columns import column, python_value
from generator.emit.template import escaped, fill, header, literal
from generator.ir import Field, Filter, Listing, Resource, Service, Term, UniqueSet

_COMPARISONS = {"eq": "==", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_FUNCTIONS = {
    "ne": "differs",
    "in": "among",
    "prefix": "starts_with",
    "contains": "contains",
    "is_null": "is_null",
}
_MAKERS = {"now": "now", "today": "today", "uuid": "uuid4", "uuid7": "uuid7"}


def emit(service: Service) -> dict[str, str]:
    """Make the statements of each resource."""
    return {f"{one.plural}/queries.py": _queries(one, service) for one in service.resources}


def _queries(resource: Resource, service: Service) -> str:
    create = resource.operation("create")
    listing = resource.operation("list")
    location = f"{resource.path}/{{key}}" if resource.operation("read") else None
    return fill(
        "queries.py",
        header=header(service.source),
        title=escaped(resource.nouns.capitalize()),
        table=resource.plural,
        model=resource.name,
        rows=resource.singular.upper(),
        noun=literal(resource.noun),
        key=literal(resource.key.field),
        unique=[_unique(one) for one in resource.unique_sets],
        create=create
        and {"made": _made_on_create(resource), "location": literal(location) if location else ""},
        listing=listing and listing.listing and _listing(listing.listing, resource, service.wire),
        read=resource.operation("read"),
        replace=resource.operation("replace")
        and {"made": _touched(resource), "keeps": _keeps(resource)},
        update=resource.operation("update") and {"made": _touched(resource)},
        delete=resource.operation("delete"),
    )


def _unique(one: UniqueSet) -> str:
    more = ", ignore_case=True" if one.ignore_case else ""
    more += ", primary=True" if one.primary else ""
    return f"Unique({literal(one.name)}, {literal(one.sql_name)}, {literal(one.fields)}{more})"


def _made_on_create(resource: Resource) -> str:
    made: dict[str, str] = {}
    for field in resource.fields:
        if isinstance(field.default, str):
            made[field.name] = _MAKERS[field.default]
        elif field.on_create == "absent" and field.default is not None:
            made[field.name] = python_value(field.type, field.default.value)
    return _mapping(made)


def _touched(resource: Resource) -> str:
    return _mapping({one.name: "now" for one in resource.fields if one.role == "updated_at"})


def _keeps(resource: Resource) -> str:
    names = tuple(one.name for one in resource.fields if one.keeps_on_replace)
    return literal(names) if names else ""


def _mapping(entries: dict[str, str]) -> str:
    if not entries:
        return ""
    return "{" + ", ".join(f"{literal(name)}: {value}" for name, value in entries.items()) + "}"


def _listing(listing: Listing, resource: Resource, wire: str) -> dict[str, object]:
    style = "Page" if listing.style == "page" else "CursorPage"
    options = ", count=True" if listing.count else ""
    if listing.style == "cursor" and wire == "camel":
        options += f", next_name={literal('nextCursor')}"
    return {
        "filters": [(literal(one.name), _condition(one, resource)) for one in listing.filters],
        "sorts": [
            (literal(resource.field(name).wire), column(resource.plural, name))
            for name in listing.sorts
        ],
        "order": literal(_order(listing.default_sort, resource)) if listing.default_sort else "",
        "page": f"{style}(size={listing.size}, most={listing.max_size}{options})",
    }


def _condition(one: Filter, resource: Resource) -> str:
    stored = column(resource.plural, one.field)
    if one.operator in _COMPARISONS:
        return f"{stored} {_COMPARISONS[one.operator]} bindparam({literal(one.name)})"
    return f"{_FUNCTIONS[one.operator]}({stored}, {literal(one.name)})"


def _order(terms: Iterable[Term], resource: Resource) -> tuple[str, ...]:
    def wire(field: Field, term: Term) -> str:
        return f"-{field.wire}" if term.descending else field.wire

    return tuple(wire(resource.field(term.field), term) for term in terms)
