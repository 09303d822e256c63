"""F: methods."""

from __future__ import annotations

from .cases import Case, case
from .wire import JSON, get, request

LIST, ITEM = b"/books", b"/books/1"

NOT_ALLOWED = [
    (237, "trace", b"TRACE", ITEM),
    (239, "patch-on-a-list", b"PATCH", LIST),
    (239, "put-on-a-list", b"PUT", LIST),
    (240, "query", b"QUERY", LIST),
    (243, "propfind", b"PROPFIND", LIST),
    (246, "delete-a-list", b"DELETE", LIST),
    (247, "post-on-an-item", b"POST", ITEM),
    (247, "post-on-an-item-of-no-key", b"POST", b"/books/abc"),
    (247, "put-where-there-is-no-replace", b"PUT", b"/shelves/A1"),
]

NO_METHOD = [
    (241, "foo", b"FOO"),
    (242, "small-letters", b"get"),
    (244, "500-letters", b"X" * 500),
    (245, "non-ascii", b"\xc3\xa9"),
    (245, "nul", b"GE\0T"),
]

CASES: list[Case] = [
    case(235, "head-of-a-list", request(b"HEAD", LIST), 200),
    case(235, "head-of-an-item", request(b"HEAD", ITEM), 200),
    case(235, "head-of-nothing", request(b"HEAD", b"/books/999"), 404),
    case(236, "options-of-a-list", request(b"OPTIONS", LIST), 204),
    case(236, "options-of-an-item", request(b"OPTIONS", ITEM), 204),
    case(236, "options-of-nothing", request(b"OPTIONS", b"/nothing"), 404),
    *(case(n, about, request(how, where), 405) for n, about, how, where in NOT_ALLOWED),
    case(238, "connect", request(b"CONNECT", b"library:80"), 400, 404, 405),
    case(238, "connect-with-a-path", request(b"CONNECT", ITEM), 400, 405),
    *(case(n, about, request(how, ITEM), 400) for n, about, how in NO_METHOD),
    case(248, "get-with-a-body", request(b"GET", ITEM, JSON, body=b'{"title": "x"}'), 200, id=1),
    case(248, "get-with-a-body-of-100-kb", request(b"GET", ITEM, body=b"x" * 100_000), 200, id=1),
    case(249, "delete-with-a-body", request(b"DELETE", b"/books/2", JSON, body=b"{"), 404),
    case(250, "override", get(ITEM, b"X-HTTP-Method-Override: DELETE"), 200, id=1),
    case(
        250, "override-in-the-query", get("/books/1?_method=DELETE"), 422, at=("query", "_method")
    ),
]
