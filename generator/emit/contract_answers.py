"""The contract's responses: what succeeds, with its headers and links, and every problem."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from generator.emit.contract_schemas import Document
from generator.examples import Objects, example, shape_example
from generator.ir import Operation, OperationKind, Resource, Service
from generator.shapes import answer, page

REQUEST_ID = "0b9d1c5e7f3a4d2b8c6e9f0a1b2c3d4e"
LINKED: tuple[OperationKind, ...] = ("read", "replace", "update", "delete")
"""Operations that begin with the key that another one answers."""


@dataclass(frozen=True, slots=True)
class ProblemResponse:
    """What the responses of one status have in common."""

    name: str
    description: str
    code: str
    title: str
    detail: str
    schema: str = "Problem"


PROBLEMS: dict[int, ProblemResponse] = {
    404: ProblemResponse(
        "NotFound",
        "Something named is not there: the key or the cursor is well-formed but unknown.",
        "unknown-key",
        "Unknown key",
        "There is nothing with this key.",
        "NotFoundProblem",
    ),
    406: ProblemResponse(
        "NotAcceptable",
        "`Accept` excludes JSON.",
        "not-acceptable",
        "Not acceptable",
        "The service answers JSON, which the header Accept excludes.",
    ),
    409: ProblemResponse(
        "Conflict",
        "The request conflicts with what is: another row has a value that occurs only once.",
        "unique-taken",
        "Already taken",
        "Another row has these values.",
        "ConflictProblem",
    ),
    413: ProblemResponse(
        "BodyTooLarge",
        "The body has more bytes than any valid one.",
        "body-too-large",
        "Body too large",
        "The body has more bytes than any valid body of this operation.",
    ),
    414: ProblemResponse(
        "QueryTooLong",
        "The query string is longer than any that this operation takes.",
        "query-too-long",
        "Query too long",
        "The query string is longer than any that this operation takes.",
    ),
    415: ProblemResponse(
        "UnsupportedMediaType",
        "The body is not `application/json` in UTF-8, or is content-encoded.",
        "unsupported-media-type",
        "Unsupported media type",
        "A body must be application/json in UTF-8, without a content encoding.",
    ),
    422: ProblemResponse(
        "InvalidRequest",
        "The path, the query or the body breaks this contract.",
        "invalid-request",
        "Invalid request",
        "The request breaks the contract in one place.",
        "ValidationProblem",
    ),
    500: ProblemResponse(
        "InternalError",
        "A defect of the service.",
        "internal-error",
        "Internal error",
        "The service has a defect. Its log has the details under the id in `instance`.",
    ),
    503: ProblemResponse(
        "DatabaseUnavailable",
        "The database cannot be reached or is too busy.",
        "database-unavailable",
        "Database unavailable",
        "The database cannot be reached or is too busy. Try again later.",
    ),
}

_MEMBERS: dict[int, Document] = {
    404: {"resource": "item"},
    409: {"constraint": "name", "fields": ["name"], "key": 1},
    422: {"errors": [{"loc": ["body"], "msg": "This is required.", "type": "missing"}]},
}


def responses(
    operation: Operation, resource: Resource, service: Service, objects: Objects
) -> Document:
    """Describe every status of an operation, the successful one first."""
    found: Document = {str(operation.status): _success(operation, resource, service, objects)}
    for status in operation.problems:
        found[str(status)] = {"$ref": f"#/components/responses/{PROBLEMS[status].name}"}
    return found


def problem_components(statuses: Collection[int]) -> Document:
    """Describe the problems that operations refer to, by name."""
    return {one.name: _problem(status) for status, one in PROBLEMS.items() if status in statuses}


def problem_headers(statuses: Collection[int]) -> Document:
    """Describe the headers that responses refer to."""
    headers: Document = {
        "X-Request-Id": {
            "description": "The id of the request: the client's own, or one that is made.",
            "required": True,
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
        }
    }
    if 503 in statuses:
        headers["Retry-After"] = {
            "description": "Seconds to wait before trying again.",
            "required": True,
            "schema": {"type": "integer", "minimum": 0},
        }
    return headers


def _header(name: str) -> Document:
    return {name: {"$ref": f"#/components/headers/{name}"}}


def _problem(status: int) -> Document:
    one = PROBLEMS[status]
    body: Document = {
        "type": f"/problems/{one.code}",
        "title": one.title,
        "status": status,
        "detail": one.detail,
        "instance": REQUEST_ID,
    }
    return {
        "description": one.description,
        "headers": _header("X-Request-Id") | (_header("Retry-After") if status == 503 else {}),
        "content": {
            "application/problem+json": {
                "schema": {"$ref": f"#/components/schemas/{one.schema}"},
                "example": body | _MEMBERS.get(status, {}),
            }
        },
    }


def _success(
    operation: Operation, resource: Resource, service: Service, objects: Objects
) -> Document:
    found: Document = {
        "description": _SUCCESS[operation.kind].format(noun=resource.noun, nouns=resource.nouns),
        "headers": _header("X-Request-Id") | _own_headers(operation, resource, objects),
    }
    if operation.answer is not None:
        found["content"] = {"application/json": _content(operation, resource, service, objects)}
    if links := _links(operation, resource):
        found["links"] = links
    return found


_SUCCESS: dict[OperationKind, str] = {
    "create": "The {noun} as it was created.",
    "list": "A page of {nouns}.",
    "read": "The {noun}.",
    "replace": "The {noun} as it is now.",
    "update": "The {noun} as it is now.",
    "delete": "The {noun} is deleted.",
}


def _content(
    operation: Operation, resource: Resource, service: Service, objects: Objects
) -> Document:
    schema: Document = {"$ref": f"#/components/schemas/{operation.answer}"}
    row: object = shape_example(answer(resource), objects)
    if operation.listing is None:
        return {"schema": schema, "example": row}
    if operation.listing.style == "cursor" and operation.answer is not None:
        items, next_cursor = page(resource, operation.answer, service).members
        return {"schema": schema, "example": {items.wire: [row], next_cursor.wire: None}}
    array = {"type": "array", "maxItems": operation.listing.max_size, "items": schema}
    return {"schema": array, "example": [row]}


def _own_headers(operation: Operation, resource: Resource, objects: Objects) -> Document:
    headers: Document = {}
    if operation.kind == "create" and resource.operation("read"):
        key = resource.field(resource.key.field)
        value = key.example if key.example is not None else example(key.type, objects, key.name)
        headers["Location"] = {
            "description": f"The path of the {resource.noun}.",
            "required": True,
            "schema": {"type": "string", "format": "uri-reference"},
            "example": f"{resource.path}/{value}",
        }
    listing = operation.listing
    if listing and listing.style == "page":
        first, following = (f"{resource.path}?page={number}" for number in (1, 2))
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
    return headers


def _links(operation: Operation, resource: Resource) -> Document:
    """Lead from a row that is answered to what can be done with it."""
    key = resource.field(resource.key.field)
    if operation.kind not in ("create", "read", "replace", "update") or not key.answered:
        return {}
    parameter = resource.item_parameter
    where = (
        f"$response.body#/{key.wire}"
        if operation.kind == "create"
        else f"$request.path.{parameter}"
    )
    targets = [one for kind in LINKED if (one := resource.operation(kind))]
    return {
        one.name: {
            "operationId": one.name,
            "description": f"{one.summary.rstrip('.')}.",
            "parameters": {parameter: where},
        }
        for one in targets
        if one.kind != operation.kind
    }
