"""E: media types."""

from __future__ import annotations

import json

from .cases import Case, case
from .wire import JSON, book, get, request

NO_JSON = [
    (212, "text", b"text/plain"),
    (213, "xml", b"application/xml"),
    (214, "form", b"application/x-www-form-urlencoded"),
    (215, "multipart-without-boundary", b"multipart/form-data"),
    (216, "multipart-with-an-empty-boundary", b"multipart/form-data; boundary="),
    (217, "utf-16", b"application/json; charset=utf-16"),
    (218, "bogus-charset", b"application/json; charset=bogus"),
    (219, "vendor", b"application/vnd.api+json"),
    (219, "problem", b"application/problem+json"),
    (219, "json5", b"application/json5"),
    (221, "half-a-type", b"application"),
    (222, "slash", b"/"),
    (223, "any", b"*/*"),
    (224, "two-in-one", b"application/json, text/plain"),
    (225, "5-kb", b"a/" + b"b" * 5000),
    (226, "semicolons", b";;;="),
    (226, "empty", b""),
    (227, "non-ascii", b"application/json\xff"),
    (227, "only-non-ascii", b"\xff\xfe"),
]

STILL_JSON = [
    (220, "capitals", b"APPLICATION/JSON"),
    (220, "utf-8", b"application/json; charset=utf-8"),
    (220, "utf-8-quoted-in-capitals", b'application/json;charset="UTF-8"'),
    (220, "semicolon-at-the-end", b"application/json;"),
]

ENCODINGS = [b"gzip", b"br", b"deflate", b"bogus", b"identity, gzip"]

ACCEPTED = [
    (229, "json-too", b"text/html, application/json;q=0.1", 200),
    (229, "any", b"text/html, */*;q=0.1", 200),
    (231, "json-against-any", b"*/*;q=0, application/json", 200),
    (232, "garbage", b"garbage", 200),
    (232, "non-ascii", b"\xff\xfe", 200),
    (232, "bad-quality", b"text/html;q=x", 200),
    (233, "empty", b"", 200),
    (234, "9-kb", b"x" * 9000, 200),
    (229, "html", b"text/html", 406),
    (230, "image", b"image/*", 406),
    (231, "nothing", b"*/*;q=0", 406),
    (231, "anything-but-json", b"application/json;q=0", 406),
]


def post(*headers: bytes) -> bytes:
    """Write the request that creates a book, with headers of its own."""
    return request(b"POST", b"/books", *headers, body=json.dumps(book()).encode())


CASES: list[Case] = [
    case(211, "none", post(), 415),
    *(case(n, about, post(b"Content-Type: " + kind), 415) for n, about, kind in NO_JSON),
    *(case(n, about, post(b"Content-Type: " + kind), 201) for n, about, kind in STILL_JSON),
    case(224, "two", post(JSON, b"Content-Type: text/plain"), 415),
    case(224, "twice-the-same", post(JSON, JSON), 415),
    *(
        case(228, coding.decode(), post(JSON, b"Content-Encoding: " + coding), 415)
        for coding in ENCODINGS
    ),
    case(228, "identity", post(JSON, b"Content-Encoding: identity"), 201),
    *(
        case(n, f"accept-{about}", get("/books/1", b"Accept: " + value), status)
        for n, about, value, status in ACCEPTED
    ),
    case(229, "accept-on-a-write", post(JSON, b"Accept: text/html"), 406),
    case(229, "accept-on-a-delete", request(b"DELETE", b"/books/2", b"Accept: text/html"), 404),
]
