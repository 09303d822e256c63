"""The shapes of a row: what is answered of it, and what creates, replaces or updates it.

References to rows of other resources stand in both as keys: `warehouse_id`, `tag_ids`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from generator.examples import example
from generator.field_types import FIELD_TYPES
from generator.ir import (
    Field,
    LiteralDefault,
    ObjectType,
    Presence,
    Relation,
    Resource,
    Service,
    Type,
)
from generator.naming import article
from generator.schemas import NATURAL_KEY
from generator.shapes import Member, Shape

BodyKind = Literal["create", "replace", "update"]


def object_shape(one: ObjectType) -> Shape:
    """Shape an object that fields hold: the same in bodies and in answers."""
    members = tuple(_sent(field, field.on_create, keeps=False) for field in one.fields)
    description = one.description or f"{article(one.name).capitalize()}."
    return Shape(name=one.name, role="object", description=description, members=members)


def answer(resource: Resource, service: Service) -> Shape:
    """Shape what is answered of a row: every field that is read, always there, then the keys."""
    fields = [answered(one, resource, service) for one in resource.fields if one.answered]
    links = [_answered_keys(one, service) for one in resource.relations if one.to_many]
    return Shape(
        name=resource.name,
        role="answer",
        description=resource.description or f"{article(resource.noun).capitalize()}.",
        members=(*fields, *(one for one in links if one is not None)),
        rules=resource.rules,
        example=resource.example,
    )


def expanded(resource: Resource, service: Service) -> Shape:
    """Shape a row together with the rows that it refers to, as far as they are asked for."""
    members = tuple(
        Member(
            name=one.name,
            wire=one.wire,
            type=row_type(one.target),
            nullable=not one.required,
            description=_expansion(one, service.resource(one.target).noun),
            deprecated=one.deprecated,
        )
        for one in resource.expandable
    )
    return Shape(
        name=resource.answer,
        role="answer",
        description=f"{article(resource.noun).capitalize()}, with what `expand` asks for.",
        members=members,
        extends=answer(resource, service),
        example=resource.example,
    )


def body(resource: Resource, kind: BodyKind, service: Service) -> Shape:
    """Shape what a client sends to create, replace or update a row."""
    members = [*_sent_fields(resource, kind, service), *_sent_keys(resource, kind, service)]
    description = {
        "create": f"What creates {article(resource.noun)}.",
        "replace": f"What replaces {article(resource.noun)}.",
        "update": f"The fields of {article(resource.noun)} to change; the others stay as they are.",
    }[kind]
    return Shape(
        name=f"{resource.name}{kind.capitalize()}",
        role="request",
        description=description,
        members=tuple(members),
        rules=resource.rules,
        example=resource.example,
    )


def row_type(name: str) -> Type:
    """Give the type of a value that has the shape of this name."""
    return Type(kind=FIELD_TYPES["object"], name=name)


def key_type(resource: Resource) -> Type:
    """Give the type of a key as it stands in a path, and in lists of keys."""
    return _own_type(resource.field(resource.key.field), resource)


def key_example(resource: Resource) -> object:
    """Give a key that a row of the resource might have."""
    field = resource.field(resource.key.field)
    return (
        field.example if field.example is not None else example(key_type(resource), {}, field.name)
    )


def answered(field: Field, resource: Resource, service: Service) -> Member:
    """Give the key of an answer that a field is."""
    return Member(
        name=field.name,
        wire=field.wire,
        type=_own_type(field, resource),
        nullable=field.nullable,
        required=True,
        description=_described(field),
        example=_shown(field, resource, service),
        deprecated=field.deprecated,
        made=field.on_create == "absent",
    )


def _described(field: Field) -> str:
    if field.compute is None:
        return field.description
    return f"{field.description} Computed: `{' '.join(field.compute.text.split())}`.".strip()


def _answered_keys(relation: Relation, service: Service) -> Member | None:
    if not relation.in_body:
        return None
    made = relation.on_create == "absent"
    return replace(_keys(relation, service), required=True, made=made)


def _sent_fields(resource: Resource, kind: BodyKind, service: Service) -> Iterator[Member]:
    for field in resource.fields:
        presence: Presence = getattr(field, f"on_{kind}")
        if presence != "absent":
            keeps = kind == "update" or (kind == "replace" and field.keeps_on_replace)
            known = replace(
                field,
                type=_own_type(field, resource),
                example=_example(field, resource, service),
            )
            yield _sent(known, presence, keeps=keeps)


def _sent_keys(resource: Resource, kind: BodyKind, service: Service) -> Iterator[Member]:
    for relation in resource.relations:
        presence: Presence = getattr(relation, f"on_{kind}")
        if relation.to_many and relation.in_body and presence != "absent":
            none = None if kind == "update" else LiteralDefault(value=[])
            required = presence == "required"
            yield replace(
                _keys(relation, service), required=required, default=None if required else none
            )


def _keys(relation: Relation, service: Service) -> Member:
    target = service.resource(relation.target)
    type_ = Type(
        kind=FIELD_TYPES["list"], item=key_type(target), max_items=relation.max, unique_items=True
    )
    given = relation.example
    return Member(
        name=relation.field,
        wire=relation.field_wire,
        type=type_,
        description=relation.description,
        example=given if given is not None else [key_example(target)],
        deprecated=relation.deprecated,
    )


def _expansion(relation: Relation, noun: str) -> str:
    where = f"The {noun} of `{relation.field_wire}`; absent without `expand={relation.wire}`"
    return f"{where}." if relation.required else f"{where}, null where there is none."


def _own_type(field: Field, resource: Resource) -> Type:
    """Give a field's type, with what being a key asks of it, its own or that of another."""
    refers = field.role == "reference"
    if field.name != resource.key.field and not refers:
        return field.type
    match field.type.kind.name:
        case "integer":
            return field.type if field.type.ge is not None else replace(field.type, ge=1)
        case "string":
            pattern = field.type.pattern or NATURAL_KEY
            return replace(field.type, pattern=pattern, min_length=field.type.min_length or 1)
    return field.type


def _sent(field: Field, presence: Presence, *, keeps: bool) -> Member:
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


def _shown(field: Field, resource: Resource, service: Service) -> object:
    """Give the example of an answered field: where the spec has none, its literal default."""
    if field.example is None and isinstance(field.default, LiteralDefault):
        return field.default.value
    return _example(field, resource, service)


def _example(field: Field, resource: Resource, service: Service) -> object:
    """Give the example of a field: of a reference, where the spec has none, a key of its target."""
    if field.example is not None or field.relation is None:
        return field.example
    return key_example(service.resource(resource.relation(field.relation).target))
