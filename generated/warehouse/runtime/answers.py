"""Answers that are already bytes.

`Json[Product]` says to readers and type checkers what the bytes hold; nothing looks at it while the
service runs, and FastAPI sends a `Response` as it is, without a second validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from starlette.responses import Response

T = TypeVar("T")


class Ready(Response):
    """An answer whose headers are written when it is made, as Starlette would write them."""

    def __init__(
        self,
        body: bytes,
        status_code: int,
        headers: Mapping[str, str] | None = None,
        content_type: bytes | None = None,
    ) -> None:
        self.status_code = status_code
        self.body = body
        self.background = None
        if not headers and content_type is not None:
            length = b"%d" % len(body)
            self.raw_headers = [(b"content-length", length), (b"content-type", content_type)]
            return
        raw: list[tuple[bytes, bytes]] = []
        for name, value in headers.items() if headers else ():
            raw.append((name.lower().encode("latin-1"), value.encode("latin-1")))
        if content_type is not None:
            given = dict(raw)
            for pair in (b"content-length", b"%d" % len(body)), (b"content-type", content_type):
                if pair[0] not in given:
                    raw.append(pair)
        self.raw_headers = raw


class Json(Ready, Generic[T]):
    """An answer of encoded JSON."""

    media_type: str | None = "application/json"

    def __init__(
        self, content: bytes, status_code: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(content, status_code, headers, b"application/json")


NOT_MODIFIED: dict[int | str, dict[str, object]] = {304: {"description": "Not Modified"}}
"""For FastAPI's `responses=`, of what a client may have already."""


class NotModified(Json[Any]):
    """What a client has already: 304, with the tag of it."""

    media_type = None

    def __init__(self, tag: str) -> None:
        Ready.__init__(self, b"", 304, {"ETag": tag})


class NoContent(Ready):
    """An answer without a body: 204."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(b"", 204, headers)
