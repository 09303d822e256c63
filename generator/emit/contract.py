"""Emits `openapi.json`, the contract: clients read it, tests hold the service to it.

It is written from the IR, not by FastAPI, so that it says exactly what is accepted and answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.emit.contract_answers import (
    problem_components,
    problem_headers,
    responses,
)
from generator.emit.contract_parameters import path_parameter, query_parameters
from generator.emit.contract_schemas import (
    Document,
    object_shapes,
    problem_schemas,
    resource_schemas,
)
from generator.examples import Objects, shape_example
from generator.ir import Operation, OperationKind, Resource, Service
from generator.shapes import body

OPENAPI = "3.1.0"


def emit(service: Service) -> dict[str, str]:
    """Make the contract of a service."""
    text = json.dumps(document(service), indent=2, ensure_ascii=False)
    return {"openapi.json": text + "\n"}


def document(service: Service) -> Document:
    """Put together the OpenAPI document."""
    info: Document = {"title": service.title, "version": service.version}
    if service.description:
        info["description"] = service.description
    operations = [one for resource in service.resources for one in resource.operations]
    statuses = {status for one in operations for status in one.problems}
    schemas: Document = {}
    for resource in service.resources:
        schemas |= resource_schemas(resource, service)
    return {
        "openapi": OPENAPI,
        "info": info,
        "tags": _tags(service.resources),
        "paths": _paths(service),
        "components": {
            "schemas": schemas | problem_schemas(statuses),
            "responses": problem_components(statuses),
            "headers": problem_headers(statuses),
        },
    }


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


def _paths(service: Service) -> Document:
    paths: dict[str, Document] = {}
    for resource in service.resources:
        objects = object_shapes(resource)
        for operation in resource.operations:
            item = paths.setdefault(operation.path, {})
            if operation.path == resource.item_path and "parameters" not in item:
                item["parameters"] = [path_parameter(resource)]
            item[operation.method.lower()] = _operation(operation, resource, service, objects)
    return dict(paths)


def _operation(
    operation: Operation, resource: Resource, service: Service, objects: Objects
) -> Document:
    found: Document = {
        "tags": [resource.tag],
        "summary": operation.summary.rstrip("."),
        "description": _description(operation, resource),
        "operationId": operation.name,
    }
    if operation.listing:
        found["parameters"] = query_parameters(resource, operation.listing, service, objects)
    if operation.body:
        shape = body(resource, operation)
        found["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/{operation.body}"},
                    "example": shape_example(shape, objects),
                }
            },
        }
    found["responses"] = responses(operation, resource, service, objects)
    return found


def _description(operation: Operation, resource: Resource) -> str:
    if operation.listing:
        return _LISTING[operation.listing.style].format(nouns=resource.nouns)
    return _DESCRIPTIONS[operation.kind].format(noun=resource.noun)


_DESCRIPTIONS: dict[OperationKind, str] = {
    "create": "What is absent takes its default.",
    "read": "The whole {noun}.",
    "replace": "What is absent takes its default. There must be such a {noun}: none is created.",
    "update": (
        "What is absent stays as it is, and null clears what may be null. An object or a list that"
        " is given replaces the stored one."
    ),
    "delete": "The {noun} is gone for good.",
}
_LISTING = {
    "page": "All filters must hold. The header `Link` leads to the first, previous and next page.",
    "cursor": (
        "All filters must hold. {nouns} that others create or delete meanwhile neither repeat"
        " nor hide any."
    ),
}
