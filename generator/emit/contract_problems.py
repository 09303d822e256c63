"""The contract's problems: the response of every status that is no success, and their schemas.

A service's contract says nothing of conflicts that it cannot have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from generator.emit.contract_conflicts import conflict_kinds, conflict_members, conflict_name
from generator.ir import Operation, Service
from generator.schemas import Schema

Document = dict[str, object]

REQUEST_ID = "0b9d1c5e7f3a4d2b8c6e9f0a1b2c3d4e"


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
        "The request conflicts with what is: ",
        "unique-taken",
        "Already taken",
        "Another row has these values.",
        "ConflictProblem",
    ),
    412: ProblemResponse(
        "PreconditionFailed",
        "`If-Match` does not name the version that there is, or names none in their form.",
        "precondition-failed",
        "Precondition failed",
        "It has changed since the version that If-Match names.",
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
    422: {"errors": [{"loc": ["body"], "msg": "This is required.", "type": "missing"}]},
}


def problem_components(service: Service) -> Document:
    """Describe the problems that operations refer to, by name."""
    statuses = _statuses(service)
    found: Document = {}
    for status, one in PROBLEMS.items():
        if status == 409:
            for operation in _operations(service):
                if operation.conflicts:
                    name = response_name(status, operation)
                    found[name] = _response(status, *_conflict(one, operation))
        elif status in statuses:
            found[one.name] = _response(status, one, _MEMBERS.get(status, {}))
    return found


def response_name(status: int, operation: Operation) -> str:
    """Name the response of a status; operations of the same conflicts share one."""
    return conflict_name(operation) if status == 409 else PROBLEMS[status].name


def problem_headers(service: Service) -> Document:
    """Describe the headers that responses refer to."""
    headers: Document = {
        "X-Request-Id": {
            "description": "The id of the request: the client's own, or one that is made.",
            "required": True,
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
        }
    }
    if 503 in _statuses(service):
        headers["Retry-After"] = {
            "description": "Seconds to wait before trying again.",
            "required": True,
            "schema": {"type": "integer", "minimum": 0},
        }
    return headers


def problem_schemas(service: Service) -> Document:
    """Describe the bodies of problems (RFC 9457): what they share, and what some have besides."""
    statuses = _statuses(service)
    schemas: Document = {"Problem": _PROBLEM}
    own: dict[int, Schema] = {
        404: _NOT_FOUND,
        409: {
            "description": "The request conflicts with what is.",
            "properties": conflict_members(service),
        },
        422: _INVALID,
    }
    for status, schema in own.items():
        if status in statuses:
            base: Schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}]}
            schemas[PROBLEMS[status].schema] = base | schema
    if 422 in statuses:
        schemas["ValidationError"] = _VALIDATION_ERROR
    return schemas


def header(name: str) -> Document:
    """Refer to a header of the components."""
    return {name: {"$ref": f"#/components/headers/{name}"}}


def _statuses(service: Service) -> Collection[int]:
    return {status for one in _operations(service) for status in one.problems}


def _operations(service: Service) -> Iterator[Operation]:
    for resource in service.resources:
        yield from resource.operations


def _conflict(one: ProblemResponse, operation: Operation) -> tuple[ProblemResponse, Document]:
    """Say which conflicts an operation can have, with the first of them as the example."""
    kinds = conflict_kinds([operation])
    meanings = [kind.meaning for kind in kinds]
    listed = ", or ".join(filter(None, [", ".join(meanings[:-1]), meanings[-1]]))
    first = kinds[0]
    described = replace(
        one,
        description=f"{one.description}{listed}.",
        code=first.code,
        title=first.title,
        detail=first.detail,
    )
    return described, dict(first.example)


def _response(status: int, one: ProblemResponse, members: Document) -> Document:
    body: Document = {
        "type": f"/problems/{one.code}",
        "title": one.title,
        "status": status,
        "detail": one.detail,
        "instance": REQUEST_ID,
    }
    return {
        "description": one.description,
        "headers": header("X-Request-Id") | (header("Retry-After") if status == 503 else {}),
        "content": {
            "application/problem+json": {
                "schema": {"$ref": f"#/components/schemas/{one.schema}"},
                "example": body | members,
            }
        },
    }


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
_NOT_FOUND: Schema = {
    "description": "Something named is not there.",
    "properties": {
        "resource": {"type": "string", "description": "What there is none of."},
    },
}
_INVALID: Schema = {
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
