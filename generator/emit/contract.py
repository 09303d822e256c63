"""Emits `openapi.json`, the contract: clients read it, tests hold the service to it.

It is written from the IR, not by FastAPI, so that it says exactly what is accepted and answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

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


def emit(service: Service) -> dict[str, str]:
    """Make the contract of a service."""
    text = json.dumps(document(service), indent=2, ensure_ascii=False)
    return {"openapi.json": text + "\n"}


def document(service: Service) -> Document:
    """Put together the OpenAPI document."""
    info: Document = {"title": service.title, "version": service.version}
    if service.description:
        info["description"] = service.description
    schemas: Document = {}
    for resource in service.resources:
        schemas |= resource_schemas(resource, service)
    return {
        "openapi": OPENAPI,
        "info": info,
        "tags": _tags(service.resources),
        "paths": _paths(service),
        "components": {
            "schemas": schemas | problem_schemas(service),
            "responses": problem_components(service),
            "headers": problem_headers(service),
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
    objects = named_shapes(service)
    for resource in service.resources:
        for operation in resource.operations:
            item = paths.setdefault(operation.path, {})
            if operation.path_parameters:
                keys = [path_parameter(one, service) for one in operation.path_parameters]
                item.setdefault("parameters", keys)
            item[operation.method.lower()] = _operation(operation, resource, service, objects)
    return dict(paths)


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
