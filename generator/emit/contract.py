"""Emits `openapi.json`, the contract: clients read it, tests hold the service to it.

It is written from the IR, not by FastAPI, so that it says exactly what is accepted and answered.
What it says of a resource is a text of its own (`Part`), so that it can be kept between two runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.emit.contract_answers import responses
from generator.emit.contract_parameters import path_parameter, query_parameters
from generator.emit.contract_problems import (
    problem_components,
    problem_headers,
    problem_schemas,
)
from generator.emit.contract_schemas import named_shapes, resource_schemas
from generator.emit.contract_texts import description
from generator.examples import Objects, shape_example
from generator.ir import Operation, Resource, Service

Document = dict[str, object]

OPENAPI = "3.1.0"
INDENT = "  "
DEPTH = 3
"""Of an operation and of a schema: how many objects it stands in."""


@dataclass(frozen=True, slots=True)
class Part:
    """What the contract says of one resource, as JSON that is indented already."""

    paths: dict[str, dict[str, str]]
    schemas: dict[str, str]


def emit(service: Service, parts: Iterable[Part]) -> dict[str, str]:
    """Make the contract of a service, of the parts of its resources."""
    return {"openapi.json": _contract(service, parts) + "\n"}


def part(resource: Resource, service: Service) -> Part:
    """Describe one resource: its operations, and its schemas with what they hold."""
    schemas = resource_schemas(resource, service).items()
    return Part(
        paths={
            path: {name: _text(one, DEPTH) for name, one in item.items()}
            for path, item in _paths(resource, service).items()
        },
        schemas={name: _text(one, DEPTH) for name, one in schemas},
    )


def _contract(service: Service, parts: Iterable[Part]) -> str:
    info: Document = {"title": service.title, "version": service.version}
    if service.description:
        info["description"] = service.description
    paths: dict[str, dict[str, str]] = {}
    schemas: dict[str, str] = {}
    for one in parts:
        schemas |= one.schemas
        for path, item in one.paths.items():
            there = paths.setdefault(path, {})
            there.update({name: text for name, text in item.items() if name not in there})
    own = problem_schemas(service).items()
    components = {
        "schemas": _object(schemas | {name: _text(schema, DEPTH) for name, schema in own}, 2),
        "responses": _text(problem_components(service), 2),
        "headers": _text(problem_headers(service), 2),
    }
    whole = {
        "openapi": _text(OPENAPI, 1),
        "info": _text(info, 1),
        "tags": _text(_tags(service.resources), 1),
        "paths": _object({path: _object(item, 2) for path, item in paths.items()}, 1),
        "components": _object(components, 1),
    }
    return _object(whole, 0)


def _text(value: object, depth: int) -> str:
    text = json.dumps(value, indent=INDENT, ensure_ascii=False)
    return text.replace("\n", f"\n{INDENT * depth}")


def _object(members: Mapping[str, str], depth: int) -> str:
    """Write an object of what is written already, as `json.dumps` would."""
    if not members:
        return "{}"
    margin = f"\n{INDENT * depth}"
    inner = f",{margin}{INDENT}".join(
        f"{json.dumps(name, ensure_ascii=False)}: {text}" for name, text in members.items()
    )
    return f"{{{margin}{INDENT}{inner}{margin}}}"


def _tags(resources: Iterable[Resource]) -> list[Document]:
    """Name every tag once, described where a single resource has it."""
    by_tag: dict[str, list[Resource]] = {}
    for resource in resources:
        by_tag.setdefault(resource.tag, []).append(resource)
    tags: list[Document] = []
    for name, members in by_tag.items():
        alone = members[0].description if len(members) == 1 else ""
        tags.append({"name": name, "description": alone} if alone else {"name": name})
    return tags


def _paths(resource: Resource, service: Service) -> dict[str, Document]:
    paths: dict[str, Document] = {}
    objects = named_shapes(resource, service)
    for operation in resource.operations:
        item = paths.setdefault(operation.path, {})
        if operation.path_parameters:
            keys = [path_parameter(one, service) for one in operation.path_parameters]
            item.setdefault("parameters", keys)
        item[operation.method.lower()] = _operation(operation, resource, service, objects)
    return paths


def _operation(
    operation: Operation, resource: Resource, service: Service, objects: Objects
) -> Document:
    found: Document = {
        "tags": [resource.tag],
        "summary": operation.summary.rstrip("."),
        "description": description(operation, resource, service),
        "operationId": operation.name,
    }
    if operation.listing or operation.read_parameters:
        found["parameters"] = query_parameters(operation, resource, service, objects)
    if operation.body:
        found["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/{operation.body}"},
                    "example": shape_example(objects[operation.body], objects),
                }
            },
        }
    found["responses"] = responses(operation, resource, service, objects)
    return found
