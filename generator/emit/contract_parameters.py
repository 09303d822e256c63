"""The contract's parameters: the key in a path, and what narrows, sorts and pages a list."""

from __future__ import annotations

from generator.emit.contract_schemas import Document
from generator.examples import Objects, example, member_example
from generator.ir import Listing, Resource, Service
from generator.schemas import Schema, json_schema
from generator.shapes import Member, key_type, query


def path_parameter(resource: Resource) -> Document:
    """Describe the key of a resource in its path."""
    field = resource.field(resource.key.field)
    type_ = key_type(resource)
    given = field.example if field.example is not None else example(type_, {}, field.name)
    return {
        "name": resource.item_parameter,
        "in": "path",
        "required": True,
        "description": f"The `{field.wire}` of the {resource.noun}.",
        "schema": json_schema(type_),
        "example": given,
    }


def query_parameters(
    resource: Resource, listing: Listing, service: Service, objects: Objects
) -> list[Document]:
    """Describe the query parameters of a list. None of them is ever null: absent is absent."""
    return [_parameter(one, objects) for one in query(resource, listing, service).members]


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
