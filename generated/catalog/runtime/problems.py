"""Problem details (RFC 9457): every error that the service answers is written here.

Raise `Problem("unknown-key", "There is no product with this id.", resource="product")` anywhere in
a request. It is an `HTTPException`, so FastAPI and a team's own handlers treat it as one.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from .answers import Ready
from .json_reader import MALFORMED
from .messages import describe
from .problem_kinds import PROBLEMS
from .request_ids import request_id

MEDIA_TYPE = "application/problem+json"
ABOUT_BLANK = "about:blank"
"""The type of a problem that says no more than its status (RFC 9457, 4.2.1)."""

CODES_BY_STATUS = {
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    500: "internal-error",
}
"""What is meant when FastAPI or the team raises an `HTTPException` of such a status."""

TOO_LARGE = "Content Too Large"
"""What FastAPI raises with 413."""

log = logging.getLogger(__name__)


class Problem(HTTPException):
    """An error that the client is told about, by the code of its kind."""

    def __init__(
        self, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **members: object
    ) -> None:
        super().__init__(PROBLEMS[code].status, detail, dict(headers) if headers else None)
        self.code = code
        self.members = members

    def answer(self, scope: Scope) -> ProblemAnswer:
        """Write the answer to a request."""
        kind = PROBLEMS[self.code]
        content = {
            "type": f"/problems/{self.code}",
            "title": kind.title,
            "status": kind.status,
            "detail": self.detail,
            "instance": request_id(scope),
            **self.members,
        }
        return ProblemAnswer(content, kind.status, self.headers)


class ProblemAnswer(Ready):
    """An answer of problem details."""

    media_type = MEDIA_TYPE

    def __init__(
        self, content: object, status_code: int, headers: Mapping[str, str] | None
    ) -> None:
        super().__init__(to_json(content), status_code, headers, MEDIA_TYPE.encode())


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Name the errors that an operation answers, for FastAPI's `responses=`."""
    return {
        status: {"description": _phrase(status), "content": {MEDIA_TYPE: {}}} for status in statuses
    }


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every error as a problem; a handler that the team adds for one comes before."""
    app.add_exception_handler(Problem, answer_problem)
    app.add_exception_handler(RequestValidationError, answer_invalid_request)
    app.add_exception_handler(HTTPException, answer_http_exception)
    app.add_exception_handler(Exception, answer_unexpected)
    app.add_route("/problems/{code}", show_kind, include_in_schema=False)


def answer_own(scope: Scope, error: Exception) -> ProblemAnswer | None:
    """Answer an error that nobody but this module has a handler for; None where somebody has."""
    handlers = scope["app"].exception_handlers
    if type(error) is Problem:
        own = handlers.get(Problem) is answer_problem and error.status_code not in handlers
        return error.answer(scope) if own else None
    if type(error) is RequestValidationError:
        own = handlers.get(RequestValidationError) is answer_invalid_request
        return _invalid_request(error).answer(scope) if own else None
    return None


async def answer_problem(request: Request, error: Exception) -> Response:
    """Answer what the runtime raises."""
    assert isinstance(error, Problem)
    return error.answer(request.scope)


async def answer_invalid_request(request: Request, error: Exception) -> Response:
    """Answer 422 with what is wrong in path, query, headers and body together."""
    assert isinstance(error, RequestValidationError)
    return _invalid_request(error).answer(request.scope)


async def answer_http_exception(request: Request, error: Exception) -> Response:
    """Answer what FastAPI or the team raises, with the status and the headers that it has."""
    assert isinstance(error, HTTPException)
    status, headers = error.status_code, error.headers
    if status in (204, 304):
        return Response(status_code=status, headers=headers)
    code, said = CODES_BY_STATUS.get(status), error.detail
    if code is not None and isinstance(said, str):
        detail = PROBLEMS[code].meaning if said in (_phrase(status), TOO_LARGE) else said
        return Problem(code, detail, headers=headers).answer(request.scope)
    title = _phrase(status)
    content = {
        "type": ABOUT_BLANK,
        "title": title,
        "status": status,
        "detail": said,
        "instance": request_id(request.scope),
    }
    return ProblemAnswer(content, status, headers)


async def answer_unexpected(request: Request, error: Exception) -> Response:
    """Answer a defect: the log has the traceback, the client the id to find it by."""
    log.error(
        "unhandled exception", exc_info=error, extra={"request_id": request_id(request.scope)}
    )
    return Problem("internal-error", PROBLEMS["internal-error"].meaning).answer(request.scope)


async def show_kind(request: Request) -> Response:
    """Serve the page of a code."""
    code = str(request.path_params["code"])
    kind = PROBLEMS.get(code)
    if kind is None:
        raise Problem("not-found", PROBLEMS["not-found"].meaning)
    title = html.escape(f"{kind.status} {kind.title}")
    return HTMLResponse(
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<h1>{title}</h1>\n<p><code>/problems/{code}</code></p>\n"
        f"<p>{html.escape(kind.meaning)}</p>\n</html>\n"
    )


def _invalid_request(error: RequestValidationError) -> Problem:
    errors = describe(error.errors(), malformed_body=error.body is MALFORMED)
    count = "one place" if len(errors) == 1 else f"{len(errors)} places"
    detail = f"The request breaks the contract in {count}."
    return Problem("invalid-request", detail, errors=errors)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Client closed request" if status == 499 else "Error"
