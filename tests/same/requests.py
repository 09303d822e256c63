"""A request as an application gets it, and all that it does with it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Scope

Pairs = tuple[tuple[bytes, bytes], ...]
JSON = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class Request:
    """A request; the target and the headers are bytes, as a server has received them."""

    method: str
    path: bytes
    query: bytes = b""
    headers: Pairs = ()
    chunks: tuple[bytes, ...] = (b"",)
    """The body, by the messages in which it comes."""
    leaves: bool = False
    """Whether the client goes away before the end of its body."""
    root_path: str = ""

    @property
    def body(self) -> bytes:
        """Return the whole body."""
        return b"".join(self.chunks)

    def scope(self) -> Scope:
        """Make what uvicorn makes of it."""
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
            "scheme": "http",
            "method": self.method,
            "root_path": self.root_path,
            "path": self.root_path + unquote(self.path.decode("latin-1")),
            "raw_path": self.root_path.encode() + self.path,
            "query_string": self.query,
            "headers": list(self.headers),
            "state": {},
        }

    def messages(self) -> list[Message]:
        """Make what a server tells while the body comes."""
        last = len(self.chunks) - 1
        told: list[Message] = [
            {"type": "http.request", "body": one, "more_body": number < last or self.leaves}
            for number, one in enumerate(self.chunks)
        ]
        return [*told, {"type": "http.disconnect"}] if self.leaves else told

    def __str__(self) -> str:
        target = (self.path + b"?" + self.query)[:300]
        headers = str(self.headers)[:600]
        chunks = str(self.chunks)[:600]
        more = (", leaves" if self.leaves else "") + (self.root_path and f" at {self.root_path}")
        return f"{self.method} {target!r} {headers} {chunks}{more}"


@dataclass(frozen=True, slots=True)
class Said:
    """All that an application does with a request that others can see."""

    status: int
    headers: Pairs
    body: bytes
    messages: int
    raised: str
    handler: str
    route: str
    path_params: str

    def header(self, name: bytes) -> bytes | None:
        """Return the first value of a header."""
        return next((value for key, value in self.headers if key == name), None)


async def ask(app: ASGIApp, request: Request) -> Said:
    """Hand a request to an application."""
    scope, told, sent = request.scope(), request.messages(), list[Message]()

    async def receive() -> Message:
        if not told:
            await asyncio.Event().wait()  # The client waits for its answer, and stays.
        return told.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    raised = ""
    try:
        await app(scope, receive, send)
    except Exception as error:
        raised = repr(error)
    first: dict[str, Any] = dict(sent[0]) if sent else {}
    return Said(
        status=first.get("status", 0),
        headers=tuple((bytes(name), bytes(value)) for name, value in first.get("headers", ())),
        body=b"".join(message.get("body", b"") for message in sent[1:]),
        messages=len(sent),
        raised=raised,
        handler=getattr(scope.get("endpoint"), "__name__", ""),
        route=getattr(scope.get("route"), "path", ""),
        path_params=repr(scope.get("path_params")),
    )
