"""Answers that are already bytes.

`Json[Product]` says to readers and type checkers what the bytes hold; nothing looks at it while the
service runs, and FastAPI sends a `Response` as it is, without a second validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from starlette.responses import Response

T = TypeVar("T")


class Json(Response, Generic[T]):
    """An answer of encoded JSON."""

    media_type = "application/json"

    def __init__(
        self, content: bytes, status_code: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(content, status_code, headers)


class NoContent(Response):
    """An answer without a body: 204."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status_code=204, headers=headers)
