"""The outermost layer of the service: request ids, CORS headers, the last resort, the access log.

Compiled operations are called from here; all other requests go on to FastAPI. It is one ASGI
layer, since each costs every request. A team's own middleware stands around it.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette._utils import get_route_path, is_async_callable
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answers import Ready
from .cors import Cors
from .database import StartError
from .dispatch import answer_compiled
from .headers import RawHeaders, read_headers
from .problems import answer_unexpected
from .request_ids import CURRENT, assign_request_id
from .requests import read_again
from .whole_answers import OURS, send_whole

log = logging.getLogger(__name__)
USUAL = [b"content-length", b"content-type"]
"""What most answers have, and nothing else."""

access = logging.getLogger(f"{__package__}.access")


class Edge:
    """The middleware that every request and every answer passes."""

    def __init__(self, app: ASGIApp, *, cors: Cors) -> None:
        self.app = app
        self.cors = cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request in and its answer out."""
        if scope["type"] != "http":
            await self.app(scope, receive, _plain_words(send))
            return
        logged = access.isEnabledFor(logging.INFO)
        began = time.perf_counter() if logged else 0.0
        path = get_route_path(scope) if logged or self.cors.by_path else ""
        method, headers = scope["method"], read_headers(scope, anew=True)
        request_id = assign_request_id(scope, headers)
        added = self.cors.headers_for(method, headers, path)
        added = [(b"x-request-id", request_id.encode("ascii")), *added]
        status = 0
        token = CURRENT.set(request_id)
        try:
            ready = await answer_compiled(scope, receive)
            if ready is None:
                answer = Answer(send, added, without_body=method == "HEAD")
                try:
                    await self._answer(scope, read_again(scope, receive), answer)
                finally:
                    status = answer.status
            else:
                status = ready.status_code
                await _send_ready(send, ready, added, without_body=method == "HEAD")
        finally:
            CURRENT.reset(token)
            if logged:
                _log(scope, path, request_id, status, time.perf_counter() - began)

    async def _answer(self, scope: Scope, receive: Receive, answer: Answer) -> None:
        try:
            await self.app(scope, receive, answer.send)
        except Exception as error:
            if answer.status:
                raise  # The server then closes the connection: half an answer must not look whole.
            await _answer_defect(scope, receive, answer, error)


@dataclass(slots=True)
class Answer:
    """An answer on its way out."""

    send_on: Send
    added: RawHeaders
    without_body: bool
    status: int = field(default=0)

    async def send(self, message: Message) -> None:
        """Add the headers; leave out the body for HEAD."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": _merged(message.get("headers", ()), self.added)}
        elif self.without_body and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send_on(message)


async def _send_ready(send: Send, answer: Ready, added: RawHeaders, *, without_body: bool) -> None:
    """Send an answer whose headers are in lower case, as `Answer` would."""
    headers = answer.raw_headers
    plain = [name for name, _ in headers] == USUAL
    own = {} if plain else dict(headers)
    again = not plain and any(name in own for name, _ in added)
    headers = _merged(headers, added) if again else headers + added
    status, body = answer.status_code, b"" if without_body else answer.body
    length = answer.raw_headers[0][1] if plain else own.get(b"content-length")
    whole = body and length == b"%d" % len(body) and own.keys() <= OURS
    if not (whole and await send_whole(send, status, headers, body)):
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _plain_words(send: Send) -> Send:
    """Let the server show the sentence of a `StartError`, and not a traceback that ends in it."""

    async def send_on(message: Message) -> None:
        error = sys.exception()
        if message["type"] == "lifespan.startup.failed" and isinstance(error, StartError):
            message = {**message, "message": str(error)}
        await send(message)

    return send_on


def _merged(given: Iterable[tuple[bytes, bytes]], added: RawHeaders) -> RawHeaders:
    """Add headers; a `vary` that is there already names one thing more.

    A service that is mounted in another has added some of them already.
    """
    headers: RawHeaders = [(name.lower(), value) for name, value in given]
    for name, value in added:
        if (name, value) in headers:
            continue
        same = [known for key, known in headers if key == name == b"vary"]
        headers = [pair for pair in headers if not (same and pair[0] == name)]
        headers.append((name, b", ".join([*same, value])))
    return headers


async def _answer_defect(scope: Scope, receive: Receive, answer: Answer, error: Exception) -> None:
    """Let the application's own handler for all exceptions answer, inside of CORS and the log."""
    handlers = scope["app"].exception_handlers
    handler = handlers.get(500) or handlers.get(Exception) or answer_unexpected
    request = Request(scope, read_again(scope, receive))
    if handler is answer_unexpected:
        response = await answer_unexpected(request, error)
    else:
        log.error("unhandled exception", exc_info=error)
        response = (
            await handler(request, error)
            if is_async_callable(handler)
            else await run_in_threadpool(handler, request, error)
        )
    await response(scope, receive, answer.send)


def _log(scope: Scope, path: str, request_id: str, status: int, seconds: float) -> None:
    facts = {
        "method": scope["method"],
        "path": path,
        "status": status,
        "duration_ms": round(seconds * 1000, 3),
        "request_id": request_id,
    }
    access.info("%s %s %d", scope["method"], path, status, extra=facts)
