"""The contract's schemas of a resource: its answers, bodies and pages, and what they refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.ir import Resource, Rule, Service, Type
from generator.schemas import Schema, enum_schema, json_schema, nullable
from generator.shapes import Member, Shape
from generator.shapes.resources import shapes

Document = dict[str, object]


def resource_schemas(resource: Resource, service: Service) -> Document:
    """Describe a resource's answers, bodies and pages, then the objects and enums they hold."""
    found = [one for one in shapes(resource, service) if one.role != "query"]
    hidden = {one.name for one in resource.fields if not one.answered}
    first = [one for one in found if one.role != "object"]
    schemas: Document = {one.name: shape_schema(one, hidden) for one in first}
    for one in found:
        if one.role == "object":
            schemas[one.name] = shape_schema(one, frozenset())
    for one in found:
        for type_ in _enums(one):
            assert type_.name is not None
            schemas[type_.name] = enum_schema(type_)
    return schemas


def named_shapes(resource: Resource, service: Service) -> dict[str, Shape]:
    """Give every shape that a value of a resource's operations may have, by name."""
    names = dict.fromkeys((resource.name, *(one.target for one in resource.relations)))
    found = (one for name in names for one in shapes(service.resource(name), service))
    return {one.name: one for one in found if one.role != "query"}


def shape_schema(shape: Shape, hidden: Collection[str]) -> Schema:
    """Describe a closed object."""
    members = shape.all_members
    schema: Schema = {"type": "object", "description": described(shape.description, shape.rules)}
    if required := [one.wire for one in members if one.required]:
        schema["required"] = required
    schema["properties"] = {
        one.wire: _property(one, shape, hidden=one.name in hidden) for one in members
    }
    return schema | {"additionalProperties": False}


def described(text: str, rules: Collection[Rule]) -> str:
    """Add the rules of a row to a description."""
    if not rules:
        return text
    lines = [f"- `{one.name}`: {' '.join(one.message.split())}" for one in rules]
    return "\n".join([f"{text.rstrip()}\n\nRules, which a row never breaks (409):\n", *lines])


def _property(member: Member, shape: Shape, *, hidden: bool) -> Schema:
    answered = shape.role == "answer"
    schema = json_schema(member.type, answered=answered)
    if member.nullable:
        schema = nullable(schema)
    about: Schema = {}
    if member.description:
        about["description"] = member.description
    if member.deprecated:
        about["deprecated"] = True
    if member.made:
        about["readOnly"] = True
    if hidden:
        about["writeOnly"] = True
    if member.default is not None:
        about["default"] = member.default.value
    if member.example is not None and not answered:
        about["examples"] = [member.example]
    return schema | about


def _enums(shape: Shape) -> Iterator[Type]:
    for member in shape.members:
        type_ = member.type.item or member.type
        if type_.kind.name == "enum" and type_.name:
            yield type_
