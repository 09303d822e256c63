"""Answers that are already bytes.

`Json[Product]` says to readers and type checkers what the bytes hold; nothing looks at it while the
service runs, and FastAPI sends a `Response` as it is, without a second validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from starlette.responses import Response

T = TypeVar("T")


class Json(Response, Generic[T]):
    """An answer of encoded JSON."""

    media_type: str | None = "application/json"

    def __init__(
        self, content: bytes, status_code: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(content, status_code, headers)


NOT_MODIFIED: dict[int | str, dict[str, object]] = {304: {"description": "Not Modified"}}
"""For FastAPI's `responses=`, of what a client may have already."""


class NotModified(Json[Any]):
    """What a client has already: 304, with the tag of it."""

    media_type = None

    def __init__(self, tag: str) -> None:
        super().__init__(b"", 304, {"ETag": tag})


class NoContent(Response):
    """An answer without a body: 204."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status_code=204, headers=headers)
