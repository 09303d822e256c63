"""Just enough of HTTP/1.1 for a load generator: requests as bytes, and where an answer ends.

It is not a client: no redirects, no trailers, one answer in the buffer at a time.
"""

from __future__ import annotations

import re

LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"
ORIGIN = "https://admin.internal.corp"
"""The page that all requests say they are from: each server allows it."""


def request(method: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
    """Write a request; `content_type="..."` becomes the header `Content-Type`."""
    lines = [
        *(f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Origin: {ORIGIN}"),
        "Accept: application/json",
    ]
    if body is not None:
        headers = {"content_type": "application/json", **headers}
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def status(answer: bytes) -> bytes:
    """Read the three digits."""
    return answer[9:12]


def length(buffer: bytes) -> int:
    """Return how many bytes the answer in the buffer has, or 0 while it is not whole."""
    end = buffer.find(HEAD_END)
    if end < 0:
        return 0
    if found := LENGTH.search(buffer, 0, end):
        whole = end + 4 + int(found[1])
        return whole if len(buffer) >= whole else 0
    if CHUNKED.search(buffer, 0, end):
        return len(buffer) if buffer.endswith(b"\r\n0\r\n\r\n") else 0
    return end + 4


def body(answer: bytes) -> bytes:
    """Take the body out of a whole answer."""
    head, _, rest = answer.partition(HEAD_END)
    return _joined(rest) if CHUNKED.search(head) else rest


def closes(answer: bytes) -> bool:
    """Tell whether the server closes the connection after this answer."""
    # The plain search costs a tenth of the other, and is nearly always enough.
    return b"lose\r\n" in answer and CLOSE.search(answer, 0, answer.find(HEAD_END) + 2) is not None


def _joined(rest: bytes) -> bytes:
    """Put the chunks of a body together."""
    parts: list[bytes] = []
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        count = int(size.split(b";")[0], 16)
        parts.append(rest[:count])
        rest = rest[count + 2 :] if count else b""
    return b"".join(parts)
