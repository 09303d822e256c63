"""H: framing. Mostly it is the server that answers, with 400.

Left out: 292 to 294 (slow and idle connections), which a server in front has to end; that they do
not keep others from being served is in test_connections.py, and so are 278, 295, 296 and 297.
"""

from __future__ import annotations

from .cases import Case, case
from .wire import JSON, get, request

POST = (b"POST", b"/books", JSON)
TWO_LENGTHS = [b"Content-Length: 2", b"Content-Length: 3"]
BOTH = [b"Content-Length: 2", b"Transfer-Encoding: chunked"]
SOCKET = [
    b"Upgrade: websocket",
    b"Sec-WebSocket-Version: 13",
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
]
CHUNKED = request(*POST, b"Transfer-Encoding: chunked")

CASES: list[Case] = [
    case(279, "negative-length", request(*POST, b"Content-Length: -1") + b"{}", 400),
    case(280, "length-of-letters", request(*POST, b"Content-Length: abc") + b"{}", 400),
    case(280, "length-beyond-64-bits", request(*POST, b"Content-Length: " + b"9" * 30), 400, 413),
    case(281, "two-lengths", request(*POST, *TWO_LENGTHS) + b"{}x", 400),
    case(282, "length-and-chunks", request(*POST, *BOTH) + b"0\r\n\r\n", 400),
    case(283, "bad-chunk-size", CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n", 400),
    case(283, "negative-chunk-size", CHUNKED + b"-1\r\n{}\r\n0\r\n\r\n", 400),
    case(283, "chunk-size-too-large", CHUNKED + b"f" * 17 + b"\r\n{}", 400),
    case(284, "unknown-coding", request(*POST, b"Transfer-Encoding: bogus") + b"{}", 400, 501, 415),
    case(285, "http-1.0", b"GET /books/1 HTTP/1.0\r\n\r\n", 200, id=1),
    case(286, "http-9.9", b"GET /books/1 HTTP/9.9\r\nHost: x\r\n\r\n", 400, 505),
    case(286, "http-2-preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 505),
    case(287, "tls-hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64, 400),
    case(288, "folded-header", get("/books/1", b"X-A: a\r\n b"), 200, 400),
    case(289, "space-before-the-colon", get("/books/1", b"X-A : a"), 400),
    case(290, "nul-in-a-header", get("/books/1", b"X-A: a\0b"), 400),
    case(290, "nul-in-a-header-name", get("/books/1", b"X\0A: a"), 400),
    case(291, "bare-newlines", b"GET /books/1 HTTP/1.1\nHost: x\nConnection: close\n\n", 200, 400),
    case(298, "upgrade-to-h2c", get("/books/1", b"Upgrade: h2c"), 200, id=1),
    case(
        298,
        "upgrade-to-a-web-socket",
        get("/books/1", *SOCKET).replace(b"Connection: close", b"Connection: Upgrade"),
        *(400, 403, 404, 426),
    ),
]
