"""The contract's schemas: those of a resource, and those of problems."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.ir import Resource, Service, Type
from generator.schemas import Schema, enum_schema, json_schema, nullable
from generator.shapes import Member, Shape, answer, object_shape, shapes

Document = dict[str, object]


def resource_schemas(resource: Resource, service: Service) -> Document:
    """Describe a resource's answer, bodies and page, then the objects and enums they refer to."""
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


def object_shapes(resource: Resource) -> dict[str, Shape]:
    """Give the shapes that fields may refer to, and the answer, by name."""
    found = {one.name: object_shape(one) for one in resource.objects}
    return found | {resource.name: answer(resource)}


def shape_schema(shape: Shape, hidden: Collection[str]) -> Schema:
    """Describe a closed object."""
    schema: Schema = {"type": "object", "description": shape.description}
    if required := [one.wire for one in shape.members if one.required]:
        schema["required"] = required
    schema["properties"] = {
        one.wire: _property(one, shape, hidden=one.name in hidden) for one in shape.members
    }
    return schema | {"additionalProperties": False}


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


def problem_schemas(statuses: Collection[int]) -> Document:
    """Describe the bodies of problems (RFC 9457): what they share, and what some have besides."""
    schemas: Document = {"Problem": _PROBLEM}
    for status, (name, schema) in _PROBLEMS.items():
        if status in statuses:
            schemas[name] = {"allOf": [{"$ref": "#/components/schemas/Problem"}]} | schema
    if 422 in statuses:
        schemas["ValidationError"] = _VALIDATION_ERROR
    return schemas


_PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {
            "type": "string",
            "pattern": "^/problems/[a-z]+(-[a-z]+)*$",
            "description": "The kind of problem, and the path of a page about it.",
        },
        "title": {"type": "string", "description": "The kind in words."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What happened this time."},
        "instance": {"type": "string", "description": "The id of the request."},
    },
}
_PROBLEMS: dict[int, tuple[str, Schema]] = {
    404: (
        "NotFoundProblem",
        {
            "description": "Something named is not there.",
            "properties": {
                "resource": {"type": "string", "description": "What there is none of."},
            },
        },
    ),
    409: (
        "ConflictProblem",
        {
            "description": "The request conflicts with what is.",
            "properties": {
                "constraint": {"type": "string", "description": "The unique set that is taken."},
                "fields": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "The fields whose values are taken together.",
                },
                "key": {
                    "type": ["integer", "string"],
                    "description": "The key of the row in the way, where there is one.",
                },
            },
        },
    ),
    422: (
        "ValidationProblem",
        {
            "description": "The request breaks this contract.",
            "required": ["errors"],
            "properties": {
                "errors": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 50,
                    "items": {"$ref": "#/components/schemas/ValidationError"},
                },
            },
        },
    ),
}
_VALIDATION_ERROR: Schema = {
    "type": "object",
    "description": "One place where a request breaks this contract.",
    "required": ["loc", "msg", "type"],
    "properties": {
        "loc": {
            "type": "array",
            "items": {"type": ["string", "integer"]},
            "description": "`body`, `query` or `path`, then the way from there.",
        },
        "msg": {"type": "string", "description": "What is wrong, in words."},
        "type": {
            "type": "string",
            "pattern": "^[a-z]+(_[a-z]+)*$",
            "description": "What is wrong, for programs.",
        },
    },
}
