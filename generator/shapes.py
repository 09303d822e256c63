"""Which fields stand in which body, answer and query, and what absence means in each.

The contract and the emitted models are both made from these shapes: that is why they agree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from generator.field_types import FIELD_TYPES
from generator.ir import (
    EnumValue,
    Field,
    Filter,
    Listing,
    LiteralDefault,
    ObjectType,
    Operation,
    Resource,
    Service,
    Type,
)
from generator.naming import article, camel
from generator.schemas import CURSOR, NATURAL_KEY, as_parameter
from generator.sizes import LEAST_QUERY, MOST_VALUES

MAX_PAGE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A key of a JSON object, or a query parameter."""

    name: str
    """In Python."""
    wire: str
    type: Type
    nullable: bool = False
    required: bool = False
    default: LiteralDefault | None = None
    """What absence means. Without one, absent keeps what is stored, or the server makes a value."""
    description: str = ""
    example: object = None
    deprecated: bool = False
    made: bool = False
    """Whether the server alone sets it."""
    one_direction: bool = False
    """Of `sort`: all terms ascend or all descend."""
    wire_type: str | None = None
    """A name of `runtime.wire_types` that is not the one of its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A schema of the contract, and a model of the service, of the same name."""

    name: str
    role: Literal["answer", "object", "request", "query"]
    description: str
    members: tuple[Member, ...]
    query_limit: int | None = None
    """Bytes of the longest query; None for the usual limit, and for what is no query."""


def shapes(resource: Resource, service: Service) -> tuple[Shape, ...]:
    """Give every shape of a resource: its objects, the answer, the bodies, the query, the page."""
    found = [object_shape(one) for one in resource.objects]
    found.append(answer(resource))
    for operation in resource.operations:
        if operation.body:
            found.append(body(resource, operation))
        if operation.listing:
            found.append(query(resource, operation.listing, service))
            if operation.listing.style == "cursor" and operation.answer:
                found.append(page(resource, operation.answer, service))
    return tuple(found)


def object_shape(one: ObjectType) -> Shape:
    """Shape an object that fields hold: the same in bodies and in answers."""
    members = tuple(_sent(field, field.on_create, keeps=False) for field in one.fields)
    description = one.description or f"{article(one.name).capitalize()}."
    return Shape(name=one.name, role="object", description=description, members=members)


def answer(resource: Resource) -> Shape:
    """Shape what is answered of a row: every field that is read, always there."""
    members = tuple(
        Member(
            name=field.name,
            wire=field.wire,
            type=_own_type(field, resource),
            nullable=field.nullable,
            required=True,
            description=field.description,
            example=_shown(field),
            deprecated=field.deprecated,
            made=field.on_create == "absent",
        )
        for field in resource.fields
        if field.answered
    )
    description = resource.description or f"{article(resource.noun).capitalize()}."
    return Shape(name=resource.name, role="answer", description=description, members=members)


def body(resource: Resource, operation: Operation) -> Shape:
    """Shape what a client sends to create, replace or update a row."""
    assert operation.body is not None
    presences = {field.name: getattr(field, f"on_{operation.kind}") for field in resource.fields}
    members = tuple(
        _sent(
            replace(field, type=_own_type(field, resource)),
            presences[field.name],
            keeps=_keeps(field, operation),
        )
        for field in resource.fields
        if presences[field.name] != "absent"
    )
    description = {
        "create": f"What creates {article(resource.noun)}.",
        "replace": f"What replaces {article(resource.noun)}.",
        "update": f"The fields of {article(resource.noun)} to change; the others stay as they are.",
    }[operation.kind]
    return Shape(name=operation.body, role="request", description=description, members=members)


def query(resource: Resource, listing: Listing, service: Service) -> Shape:
    """Shape the query parameters of a list."""
    members = [_filter(one, resource) for one in listing.filters]
    if listing.sorts:
        members.append(_sort(resource, listing))
    page_size = Member(
        name="page_size",
        wire=_cased("page_size", service),
        type=Type(kind=FIELD_TYPES["integer"], ge=1, le=listing.max_size),
        default=LiteralDefault(value=listing.size),
        description=f"How many {resource.nouns} a page holds at most.",
    )
    members += [_CURSOR if listing.style == "cursor" else _PAGE, page_size]
    return Shape(
        name=listing.parameters,
        role="query",
        description=f"What narrows, sorts and pages a list of {resource.nouns}.",
        members=tuple(members),
        query_limit=listing.query_limit if listing.query_limit > LEAST_QUERY else None,
    )


def page(resource: Resource, name: str, service: Service) -> Shape:
    """Shape a page of a list in cursor style."""
    items = Type(
        kind=FIELD_TYPES["list"], item=Type(kind=FIELD_TYPES["object"], name=resource.name)
    )
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
        description=f"A page of {resource.nouns}.",
        members=(Member(name="items", wire="items", type=items, required=True), next_cursor),
    )


def key_type(resource: Resource) -> Type:
    """Give the type of a key as it stands in a path."""
    return _own_type(resource.field(resource.key.field), resource)


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


def _own_type(field: Field, resource: Resource) -> Type:
    """Give a field's type, with what being the key asks of it."""
    if field.name != resource.key.field:
        return field.type
    if resource.key.kind == "integer":
        return field.type if field.type.ge is not None else replace(field.type, ge=1)
    if resource.key.kind == "natural":
        pattern = field.type.pattern or NATURAL_KEY
        return replace(field.type, pattern=pattern, min_length=field.type.min_length or 1)
    return field.type


def _keeps(field: Field, operation: Operation) -> bool:
    return operation.kind == "update" or (operation.kind == "replace" and field.keeps_on_replace)


def _sent(field: Field, presence: str, *, keeps: bool) -> Member:
    default = field.default if isinstance(field.default, LiteralDefault) else None
    if default is None and field.default is None and field.nullable:
        default = LiteralDefault(value=None)
    return Member(
        name=field.name,
        wire=field.wire,
        type=field.type,
        nullable=field.nullable,
        required=presence == "required",
        default=None if keeps or presence == "required" else default,
        description=field.description,
        example=field.example,
        deprecated=field.deprecated,
    )


def _shown(field: Field) -> object:
    """Give the example of an answered field: where the spec has none, its literal default."""
    if field.example is None and isinstance(field.default, LiteralDefault):
        return field.default.value
    return field.example


def _filter(one: Filter, resource: Resource) -> Member:
    field = resource.field(one.field)
    type_ = as_parameter(one.type)
    if one.operator == "is_null":
        type_ = Type(kind=FIELD_TYPES["boolean"])
    elif one.operator in ("prefix", "contains"):
        type_ = Type(kind=FIELD_TYPES["string"], min_length=1, max_length=type_.max_length)
    elif one.operator == "in":
        type_ = Type(kind=FIELD_TYPES["list"], item=type_, max_items=MOST_VALUES)
    return Member(
        name=one.name,
        wire=one.wire,
        type=type_,
        description=_FILTERS[one.operator].format(nouns=resource.nouns, field=field.wire)
        + (" Those without one are included." if one.operator == "ne" and field.nullable else ""),
        example=field.example if one.operator in ("eq", "ge", "le") else None,
        deprecated=field.deprecated,
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
}


def _sort(resource: Resource, listing: Listing) -> Member:
    names = [resource.field(name).wire for name in listing.sorts]
    terms = names + [f"-{name}" for name in names]
    values = tuple(EnumValue(value=term, description="") for term in terms)
    item = Type(kind=FIELD_TYPES["enum"], values=values)
    usual = [
        ("-" if term.descending else "") + resource.field(term.field).wire
        for term in listing.default_sort
    ] or [resource.field(resource.key.field).wire]
    cursor = listing.style == "cursor"
    return Member(
        name="sort",
        wire="sort",
        type=Type(kind=FIELD_TYPES["list"], item=item, max_items=len(terms)),
        description=f"What to sort by, `-` for descending; by `{', '.join(usual)}` without it."
        + (" All terms in one direction." if cursor else ""),
        one_direction=cursor,
    )


def _cased(name: str, service: Service) -> str:
    return camel(name) if service.wire == "camel" else name
