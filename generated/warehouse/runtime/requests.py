"""A request as our operations read it: strict JSON, and a query in which nothing is guessed at.

FastAPI solves parameters and dependencies from it exactly as from its own kind of request.
"""

from __future__ import annotations

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope

from .json_reader import MALFORMED, read_json
from .messages import describe
from .problem_kinds import PROBLEMS
from .problems import Problem
from .query import StrictQuery

BODY = "restwright.body"
"""Where in the scope the body stands that an operation has read; None where it could not."""

CLIENT_CLOSED_REQUEST = 499
"""Nobody reads this answer; it keeps a client that leaves from being logged as a defect."""


class ApiRequest(Request):
    """A request to an operation that declares the given query parameters."""

    def __init__(
        self, scope: Scope, receive: Receive, declared: frozenset[str], *, body_is_model: bool
    ) -> None:
        super().__init__(scope, receive)
        self._strict_query = StrictQuery(scope["query_string"], declared)
        self._body_is_model = body_is_model

    @property
    def query_params(self) -> QueryParams:
        """The query, with what is repeated or empty marked."""
        return self._strict_query

    async def body(self) -> bytes:
        """Read the whole body."""
        try:
            return await super().body()
        except ClientDisconnect as left:
            raise _client_left() from left

    def give_body_to(self, request: Request) -> None:
        """Let another view of the request have the body that was read: nobody can read it twice."""
        if hasattr(self, "_body"):
            request._body = request.scope[BODY] = self._body

    async def json(self) -> object:
        """Read the body's JSON. Where it is none, a model refuses what stands for it."""
        value = read_json(await self.body())
        if value is MALFORMED and not self._body_is_model:
            errors = describe([{"type": "json_invalid", "loc": ("body",)}], malformed_body=True)
            raise Problem("invalid-request", "The body is not JSON.", errors=errors)
        return value


async def read_body(receive: Receive, limit: int | None) -> bytes:
    """Read a whole body, of at most so many bytes: more are the problem `body-too-large`."""
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _client_left()
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if limit is not None and size > limit:
            raise Problem("body-too-large", PROBLEMS["body-too-large"].meaning)
        chunks.append(chunk)
        more = message.get("more_body", False)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def read_again(scope: Scope, receive: Receive) -> Receive:
    """Let whoever comes later, such as a team's handler of errors, read the body that was read."""
    if BODY not in scope:
        return receive
    told: list[Message] = [{"type": "http.disconnect"}]
    if scope[BODY] is not None:
        told = [{"type": "http.request", "body": scope[BODY], "more_body": False}]

    async def receive_again() -> Message:
        return told.pop() if told else await receive()

    return receive_again


def _client_left() -> HTTPException:
    return HTTPException(CLIENT_CLOSED_REQUEST)
