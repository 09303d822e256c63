"""The contract's responses: what succeeds, with its headers and links, and which problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.emit.contract_problems import header, response_name
from generator.examples import Objects, shape_example
from generator.ir import Operation, OperationKind, Resource, Service
from generator.shapes.lists import listed
from generator.shapes.rows import key_example

Document = dict[str, object]

LINKED: tuple[OperationKind, ...] = ("read", "replace", "update", "delete")
"""Operations that begin with the key that another one answers."""
ANSWERS_ROW: tuple[OperationKind, ...] = ("create", "read", "replace", "update")
STRONG = '"[1-9][0-9]*"'
WEAK = 'W/"[0-9a-f]{16}"'


def responses(
    operation: Operation, resource: Resource, service: Service, objects: Objects
) -> Document:
    """Describe every status of an operation, the successful one first."""
    found: Document = {str(operation.status): _success(operation, resource, service, objects)}
    if operation.conditional:
        found["304"] = {
            "description": "The client has the answer already: `If-None-Match` names its `ETag`.",
            "headers": header("X-Request-Id") | _etag(operation, resource, service),
        }
    for status in operation.problems:
        found[str(status)] = {"$ref": f"#/components/responses/{response_name(status, operation)}"}
    return found


def _success(
    operation: Operation, resource: Resource, service: Service, objects: Objects
) -> Document:
    headers = _own_headers(operation, resource, service)
    found: Document = {
        "description": _describe(operation, resource, service),
        "headers": header("X-Request-Id") | headers,
    }
    if operation.answer is not None:
        found["content"] = {"application/json": _content(operation, objects)}
    if links := _links(operation, resource, service):
        found["links"] = links
    return found


def _describe(operation: Operation, resource: Resource, service: Service) -> str:
    nouns = listed(operation, resource, service).nouns
    return _SUCCESS[operation.kind].format(noun=resource.noun, nouns=nouns)


_SUCCESS: dict[OperationKind, str] = {
    "create": "The {noun} as it was created.",
    "list": "A page of {nouns}.",
    "read": "The {noun}.",
    "replace": "The {noun} as it is now.",
    "update": "The {noun} as it is now.",
    "delete": "The {noun} is deleted.",
    "bulk_create": "The {nouns} are there.",
    "bulk_delete": "There are no {nouns} of these keys any more.",
    "add_member": "It is among the {nouns} of the {noun}.",
    "remove_member": "It is not among the {nouns} of the {noun}.",
    "list_members": "A page of {nouns}.",
}


def _content(operation: Operation, objects: Objects) -> Document:
    assert operation.answer is not None
    schema: Document = {"$ref": f"#/components/schemas/{operation.answer}"}
    shape = objects[operation.answer]
    if operation.listing is None:
        return {"schema": schema, "example": shape_example(shape, objects)}
    if operation.listing.style == "cursor":
        items, next_cursor = shape.members
        assert items.type.item is not None
        row = shape_example(objects[items.type.item.name or ""], objects)
        return {"schema": schema, "example": {items.wire: [row], next_cursor.wire: None}}
    array = {"type": "array", "maxItems": operation.listing.max_size, "items": schema}
    return {"schema": array, "example": [shape_example(shape, objects)]}


def _own_headers(operation: Operation, resource: Resource, service: Service) -> Document:
    headers: Document = {}
    if operation.kind == "create" and resource.operation("read"):
        headers["Location"] = {
            "description": f"The path of the {resource.noun}.",
            "required": True,
            "schema": {"type": "string", "format": "uri-reference"},
            "example": f"{resource.path}/{key_example(resource)}",
        }
    listing = operation.listing
    if listing and listing.style == "page":
        path = operation.path
        for one in operation.path_parameters:
            key = key_example(service.resource(one.resource))
            path = path.replace(f"{{{one.name}}}", str(key))
        first, following = (f"{path}?page={number}" for number in (1, 2))
        headers["Link"] = {
            "description": "The first, previous and next page (RFC 8288), where there are such.",
            "required": True,
            "schema": {"type": "string"},
            "example": f'<{first}>; rel="first", <{following}>; rel="next"',
        }
    if listing and listing.count:
        headers["X-Total-Count"] = {
            "description": f"How many {resource.nouns} match the filters.",
            "required": True,
            "schema": {"type": "integer", "minimum": 0},
            "example": 1,
        }
    return headers | _etag(operation, resource, service)


def _etag(operation: Operation, resource: Resource, service: Service) -> Document:
    """Describe the tag of an answer: of a row its version, of anything more its bytes."""
    rows = listed(operation, resource, service)
    if not rows.etag or not (operation.listing or operation.kind in ANSWERS_ROW):
        return {}
    forms = [WEAK] if operation.listing else [STRONG]
    if operation.read_parameters:
        forms.append(WEAK)
    about = {
        (WEAK,): "Changes whenever the answer does. For `If-None-Match`.",
        (STRONG,): "The version. For `If-Match` and `If-None-Match`.",
        (STRONG, WEAK): (
            "The version, for `If-Match` and `If-None-Match`; a weak tag of the answer where it is"
            " expanded."
        ),
    }[tuple(forms)]
    tag = {
        "description": about,
        "required": True,
        "schema": {"type": "string", "pattern": f"^(?:{'|'.join(forms)})$"},
        "example": '"1"' if STRONG in forms else 'W/"0b9d1c5e7f3a4d2b"',
    }
    return {"ETag": tag}


def _links(operation: Operation, resource: Resource, service: Service) -> Document:
    """Lead from a row that is answered to what can be done with it."""
    key = resource.field(resource.key.field)
    if operation.kind not in ANSWERS_ROW or not key.answered:
        return {}
    where = (
        f"$response.body#/{key.wire}"
        if operation.kind == "create"
        else f"$request.path.{resource.item_parameter}"
    )
    return {
        one.name: {
            "operationId": one.name,
            "description": f"{one.summary.rstrip('.')}.",
            "parameters": {one.path_parameters[0].name: where},
        }
        for one in _linked(resource, service)
        if one.name != operation.name
    }


def _linked(resource: Resource, service: Service) -> Iterator[Operation]:
    """Yield the operations that need nothing but the key of a row, its own and those below it."""
    own = [one for kind in LINKED if (one := resource.operation(kind))]
    below: Sequence[Operation] = [
        one
        for other in service.related(resource.name)
        for one in other.operations
        if one.listing and [key.resource for key in one.path_parameters] == [resource.name]
    ]
    yield from (*own, *below)
