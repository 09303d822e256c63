"""Answers that reach a client as a whole: one call of the system for head and body.

ASGI has two messages for them, and uvicorn writes each as it comes, after it has looked at every
header with two patterns. Here it is handed the bytes of both at once. Whatever is out of the
ordinary (another server, uvicorn's own log of requests, a connection that is to be closed, a header
of the team's) goes ASGI's way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from starlette.types import Send

from .headers import RawHeaders


def _uvicorn() -> ModuleType | None:
    try:
        return import_module("uvicorn.protocols.http.httptools_impl")
    except ImportError:  # Another server is in use, or uvicorn without httptools.
        return None


RequestResponseCycle: Any = getattr(_uvicorn(), "RequestResponseCycle", None)
STATUS_LINE: Mapping[int, bytes] = getattr(_uvicorn(), "STATUS_LINE", {})

CONTROLS = bytes({*range(32), 127} - set(b"\t\r\n"))
OURS = frozenset(
    {b"content-length", b"content-type", b"etag", b"link", b"location", b"retry-after", b"vary"}
    | {b"x-total-count"}
)
"""Headers of answers that need no look: the server is not to do anything because of them."""


async def send_whole(
    send: Send, status: int, headers: RawHeaders, body: bytes | memoryview
) -> bool:
    """Send an answer with headers of `OURS`, its length among them, and what `Edge` adds.

    False where nothing was sent, since it has to go ASGI's way.
    """
    cycle: Any = getattr(send, "__self__", None)
    if type(cycle) is not RequestResponseCycle:
        return False
    if cycle.access_log or cycle.response_started or not cycle.keep_alive:
        return False
    standing = _standing.text_of(cycle.default_headers)
    if standing is None or cycle.scope["method"] == "HEAD":
        return False
    lines = [STATUS_LINE[status], standing]
    for name, value in headers:
        lines += (name, b": ", value, b"\r\n")
    lines.append(b"\r\n")
    head = b"".join(lines)
    if not _is_clean(head, len(cycle.default_headers) + len(headers) + 2):
        return False  # uvicorn says what is wrong.
    whole = head + body
    # To uvicorn its own part is done, and a body of this length is to come.
    cycle.response_started = True
    cycle.waiting_for_100_continue = False
    cycle.chunked_encoding = False
    cycle.expected_content_length = len(whole)
    await send({"type": "http.response.body", "body": whole})
    return True


class _Standing:
    """What uvicorn puts into every answer: it is made anew each second, for the date."""

    def __init__(self) -> None:
        self._headers: Sequence[tuple[bytes, bytes]] = ()
        self._text: bytes | None = b""

    def text_of(self, headers: Sequence[tuple[bytes, bytes]]) -> bytes | None:
        """Write headers; None where they ask something of the server."""
        if headers is not self._headers:
            names = {name.lower() for name, _ in headers}
            usual = names.isdisjoint((b"connection", b"content-length", b"transfer-encoding"))
            lines = [b"%b: %b\r\n" % (name.lower(), value) for name, value in headers]
            self._headers, self._text = headers, b"".join(lines) if usual else None
        return self._text


_standing = _Standing()


def _is_clean(head: bytes, lines: int) -> bool:
    """Tell whether a head has so many lines and no characters that are not allowed in it."""
    if head.count(b"\n") != lines or head.count(b"\r") != lines:
        return False
    return len(head.translate(None, CONTROLS)) == len(head)
