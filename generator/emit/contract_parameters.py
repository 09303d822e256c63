"""The contract's parameters: the keys in a path, and what narrows, sorts, expands and pages."""

from __future__ import annotations

from generator.examples import Objects, member_example
from generator.ir import Operation, PathParameter, Resource, Service
from generator.schemas import Schema, json_schema
from generator.shapes import Member
from generator.shapes.lists import query
from generator.shapes.rows import key_example, key_type

Document = dict[str, object]


def path_parameter(parameter: PathParameter, service: Service) -> Document:
    """Describe the key of a resource in a path."""
    resource = service.resource(parameter.resource)
    field = resource.field(resource.key.field)
    return {
        "name": parameter.name,
        "in": "path",
        "required": True,
        "description": f"The `{field.wire}` of the {resource.noun}.",
        "schema": json_schema(key_type(resource)),
        "example": key_example(resource),
    }


def query_parameters(
    operation: Operation, resource: Resource, service: Service, objects: Objects
) -> list[Document]:
    """Describe the query parameters of an operation. None is ever null: absent is absent."""
    shape = query(operation, resource, service)
    return [_parameter(one, objects) for one in shape.members] if shape else []


def _parameter(member: Member, objects: Objects) -> Document:
    schema = json_schema(member.type)
    if member.one_direction:
        schema = _one_direction(member)
    if member.default is not None:
        schema["default"] = member.default.value
    found: Document = {
        "name": member.wire,
        "in": "query",
        "required": False,
        "description": member.description,
    }
    if member.deprecated:
        found["deprecated"] = True
    if member.type.item is not None:
        found |= {"style": "form", "explode": True}
    found["schema"] = schema
    # A cursor comes from an answer; a made-up one would be unknown.
    if member.wire_type != "Cursor":
        found["example"] = member_example(member, objects)
    return found


def _one_direction(member: Member) -> Schema:
    """Describe sort terms that all ascend or all descend: a cursor can only go one way."""
    assert member.type.item is not None
    terms = [one.value for one in member.type.item.values]
    half = len(terms) // 2
    return {
        "type": "array",
        "maxItems": len(terms),
        "anyOf": [
            {"items": {"type": "string", "enum": terms[:half]}},
            {"items": {"type": "string", "enum": terms[half:]}},
        ],
    }
