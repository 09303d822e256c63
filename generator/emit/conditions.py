"""Python expressions for what narrows and orders a list: its filters, its columns, its page."""

from __future__ import annotations

from collections.abc import Iterable

from generator.emit.columns import column
from generator.emit.template import literal
from generator.ir import Field, Filter, Listing, Resource, Service, Term

_COMPARISONS = {"eq": "==", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_FUNCTIONS = {
    "ne": "differs",
    "in": "among",
    "prefix": "starts_with",
    "contains": "contains",
    "is_null": "is_null",
}
_MEMBERSHIP = {"any": "linked_any", "all": "linked_all", "none": "linked_none"}


def listing_parts(listing: Listing, resource: Resource, service: Service) -> dict[str, object]:
    """Write what a list is made of."""
    return {
        "filters": [
            (literal(one.name), _condition(one, resource, service)) for one in listing.filters
        ],
        "sorts": [
            (literal(resource.field(name).wire), column(resource.plural, name))
            for name in listing.sorts
        ],
        "search": _searched(listing, resource),
        "order": literal(_order(listing.default_sort, resource)) if listing.default_sort else "",
        "page": page(listing, service),
    }


def page(listing: Listing, service: Service) -> str:
    """Write how a list is cut into pages: `Page(size=20, most=100)`."""
    style = "Page" if listing.style == "page" else "CursorPage"
    options = ", count=True" if listing.count else ""
    if listing.style == "cursor" and service.wire == "camel":
        options += f", next_name={literal('nextCursor')}"
    return f"{style}(size={listing.size}, most={listing.max_size}{options})"


def used_tables(listing: Listing, resource: Resource, service: Service) -> set[str]:
    """Name the resources whose tables filters look at, beside the resource's own."""
    return {
        resource.relation(one.through).target
        for one in listing.filters
        if one.through and service.resource(resource.relation(one.through).target) != resource
    }


def used_links(listing: Listing, resource: Resource) -> set[str]:
    """Name the tables of links that filters look at."""
    relations = (resource.relation(one.relation) for one in listing.filters if one.relation)
    return {one.link.name for one in relations if one.link}


def _searched(listing: Listing, resource: Resource) -> str:
    """Write the columns in which words are looked for, nothing where there is no search."""
    names = ", ".join(column(resource.plural, name) for name in listing.search)
    return f"({names},)" if len(listing.search) == 1 else names and f"({names})"


def _condition(one: Filter, resource: Resource, service: Service) -> str:
    name = literal(one.name)
    if one.relation:
        link = resource.relation(one.relation).link
        key = column(resource.plural, resource.key.field)
        return f"{_MEMBERSHIP[one.operator]}({key}, {link.name if link else ''}, {name})"
    if one.through:
        relation = resource.relation(one.through)
        target = service.resource(relation.target)
        held = column(resource.plural, relation.field)
        key = column(target.plural, target.key.field)
        return f"through({held}, {key}, {_compared(one, column(target.plural, one.field))})"
    return _compared(one, column(resource.plural, one.field))


def _compared(one: Filter, stored: str) -> str:
    if one.operator in _COMPARISONS:
        return f"{stored} {_COMPARISONS[one.operator]} bindparam({literal(one.name)})"
    return f"{_FUNCTIONS[one.operator]}({stored}, {literal(one.name)})"


def _order(terms: Iterable[Term], resource: Resource) -> tuple[str, ...]:
    def wire(field: Field, term: Term) -> str:
        return f"-{field.wire}" if term.descending else field.wire

    return tuple(wire(resource.field(term.field), term) for term in terms)
