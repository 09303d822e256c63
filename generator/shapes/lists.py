"""The shapes of lists: what narrows, searches, sorts, expands and pages them, and a page.

The rows of a list need not be the resource's own: the members of a relation to many are listed too.
"""

from __future__ import annotations

from generator.field_types import FIELD_TYPES, MEMBERSHIP
from generator.ir import (
    EnumValue,
    Field,
    Filter,
    Listing,
    LiteralDefault,
    Operation,
    Resource,
    Service,
    Type,
)
from generator.naming import camel
from generator.schemas import CURSOR, as_parameter
from generator.shapes import Member, Shape
from generator.shapes.rows import key_example, row_type
from generator.sizes import LEAST_QUERY, LONGEST_SEARCH, MANY_VALUED, MOST_VALUES

MAX_PAGE = 100_000


def listed(operation: Operation, resource: Resource, service: Service) -> Resource:
    """Give the resource whose rows an operation lists: those of a relation to many, or its own."""
    if operation.relation is None:
        return resource
    return service.resource(resource.relation(operation.relation).target)


def query(operation: Operation, resource: Resource, service: Service) -> Shape | None:
    """Shape the query parameters of an operation, None where it has none."""
    listing = operation.listing
    if listing is None:
        return _read_query(operation, resource)
    rows = listed(operation, resource, service)
    members = [_filter(one, rows, service) for one in listing.filters]
    if listing.search:
        members.append(_search(rows, listing))
    if listing.sorts:
        members.append(_sort(rows, listing))
    if listing.expand:
        members.append(_expand(rows, listing.expand))
    page_size = Member(
        name="page_size",
        wire=_cased("page_size", service),
        type=Type(kind=FIELD_TYPES["integer"], ge=1, le=listing.max_size),
        default=LiteralDefault(value=listing.size),
        description=f"How many {rows.nouns} a page holds at most.",
    )
    members += [_CURSOR if listing.style == "cursor" else _PAGE, page_size]
    return Shape(
        name=listing.parameters,
        role="query",
        description=f"What narrows, sorts and pages a list of {rows.nouns}.",
        members=tuple(members),
        query_limit=listing.query_limit if listing.query_limit > LEAST_QUERY else None,
    )


def page(name: str, rows: Resource, service: Service) -> Shape:
    """Shape a page of a list in cursor style."""
    items = Type(kind=FIELD_TYPES["list"], item=row_type(rows.answer))
    next_cursor = Member(
        name="next_cursor",
        wire=_cased("next_cursor", service),
        type=_CURSOR_TYPE,
        nullable=True,
        required=True,
        description="What to send as `cursor` for the next page; null on the last one.",
        wire_type="Cursor",
    )
    return Shape(
        name=name,
        role="answer",
        description=f"A page of {rows.nouns}.",
        members=(Member(name="items", wire="items", type=items, required=True), next_cursor),
    )


_CURSOR_TYPE = Type(kind=FIELD_TYPES["string"], pattern=CURSOR)
_CURSOR = Member(
    name="cursor",
    wire="cursor",
    type=_CURSOR_TYPE,
    description="Where to go on: the cursor of the page before, as it is.",
    wire_type="Cursor",
)
_PAGE = Member(
    name="page",
    wire="page",
    type=Type(kind=FIELD_TYPES["integer"], ge=1, le=MAX_PAGE),
    default=LiteralDefault(value=1),
    description="Which page, from 1.",
)


def _read_query(operation: Operation, resource: Resource) -> Shape | None:
    if operation.read_parameters is None:
        return None
    names = tuple(one.name for one in resource.expandable)
    return Shape(
        name=operation.read_parameters,
        role="query",
        description=f"What is answered beside the {resource.noun}.",
        members=(_expand(resource, names),),
    )


def _filter(one: Filter, rows: Resource, service: Service) -> Member:
    if one.relation is not None:
        return _membership(one, rows, service)
    field, called = _filtered(one, rows, service)
    type_ = as_parameter(one.type)
    if one.operator == "is_null":
        type_ = Type(kind=FIELD_TYPES["boolean"])
    elif one.operator in ("prefix", "contains"):
        type_ = Type(kind=FIELD_TYPES["string"], min_length=1, max_length=type_.max_length)
    elif one.operator in MANY_VALUED:
        type_ = Type(kind=FIELD_TYPES["list"], item=type_, max_items=MOST_VALUES)
    return Member(
        name=one.name,
        wire=one.wire,
        type=type_,
        description=_FILTERS[one.operator].format(nouns=rows.nouns, field=called)
        + (" Those without one are included." if one.operator == "ne" and field.nullable else ""),
        example=field.example if one.operator in ("eq", "ge", "le") else None,
        deprecated=field.deprecated,
    )


def _filtered(one: Filter, rows: Resource, service: Service) -> tuple[Field, str]:
    """Find the field that a filter compares, and how the filter's description calls it."""
    if one.through is None:
        field = rows.field(one.field)
        return field, field.wire
    relation = rows.relation(one.through)
    field = service.resource(relation.target).field(one.field)
    return field, f"{relation.wire}.{field.wire}"


def _membership(one: Filter, rows: Resource, service: Service) -> Member:
    assert one.operator in MEMBERSHIP
    assert one.relation is not None
    relation = rows.relation(one.relation)
    keys = Type(kind=FIELD_TYPES["list"], item=as_parameter(one.type), max_items=MOST_VALUES)
    return Member(
        name=one.name,
        wire=one.wire,
        type=keys,
        description=_FILTERS[one.operator].format(nouns=rows.nouns, field=relation.field_wire),
        example=[key_example(service.resource(relation.target))],
        deprecated=relation.deprecated,
    )


_FILTERS = {
    "eq": "Only {nouns} whose `{field}` is this.",
    "ne": "Only {nouns} whose `{field}` is not this.",
    "in": "Only {nouns} whose `{field}` is one of these.",
    "gt": "Only {nouns} whose `{field}` is greater than this.",
    "ge": "Only {nouns} whose `{field}` is this or greater.",
    "lt": "Only {nouns} whose `{field}` is less than this.",
    "le": "Only {nouns} whose `{field}` is this or less.",
    "prefix": "Only {nouns} whose `{field}` begins with this; case counts.",
    "contains": "Only {nouns} whose `{field}` contains this; case counts.",
    "is_null": "`true`: only {nouns} without `{field}`; `false`: only those with one.",
    "any": "Only {nouns} whose `{field}` have one of these.",
    "all": "Only {nouns} whose `{field}` have all of these.",
    "none": "Only {nouns} whose `{field}` have none of these.",
}


def _search(rows: Resource, listing: Listing) -> Member:
    fields = " or ".join(f"`{rows.field(name).wire}`" for name in listing.search)
    return Member(
        name="q",
        wire="q",
        type=Type(kind=FIELD_TYPES["string"], min_length=1, max_length=LONGEST_SEARCH),
        description=(
            f"Only {rows.nouns} in which every word of this occurs, in {fields}."
            " The case of ASCII letters does not count."
        ),
        example="blue",
    )


def _sort(rows: Resource, listing: Listing) -> Member:
    names = [rows.field(name).wire for name in listing.sorts]
    terms = names + [f"-{name}" for name in names]
    usual = [
        ("-" if term.descending else "") + rows.field(term.field).wire
        for term in listing.default_sort
    ] or [rows.field(rows.key.field).wire]
    cursor = listing.style == "cursor"
    return Member(
        name="sort",
        wire="sort",
        type=_some_of(terms),
        description=f"What to sort by, `-` for descending; by `{', '.join(usual)}` without it."
        + (" All terms in one direction." if cursor else ""),
        one_direction=cursor,
    )


def _expand(rows: Resource, relations: tuple[str, ...]) -> Member:
    found = [rows.relation(name) for name in relations]
    beside = " or ".join(f"`{one.field_wire}`" for one in found)
    return Member(
        name="expand",
        wire="expand",
        type=_some_of([one.wire for one in found]),
        description=f"What to answer in whole beside {beside}.",
    )


def _some_of(values: list[str]) -> Type:
    """Give the type of a parameter that takes some of these words."""
    words = tuple(EnumValue(value=one, description="") for one in values)
    item = Type(kind=FIELD_TYPES["enum"], values=words)
    return Type(kind=FIELD_TYPES["list"], item=item, max_items=len(values))


def _cased(name: str, service: Service) -> str:
    return camel(name) if service.wire == "camel" else name
