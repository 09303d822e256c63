"""G: headers.

Edition 1 has no authentication, no ETags on this service and no idempotency keys, so that 251 to
258, 260 to 263, 275 and 276 are headers like any other here: they must change nothing.
"""

from __future__ import annotations

from .cases import Case, case
from .wire import get, post_book, request

ITEM = "/books/1"

IGNORED = [
    (252, "empty-key", b"X-API-Key: "),
    (253, "non-ascii-key", b"X-API-Key: \xff\xfe"),
    (255, "two-keys", b"X-API-Key: a\r\nX-API-Key: b"),
    (256, "empty-bearer", b"Authorization: Bearer "),
    (257, "basic-junk", b"Authorization: Basic !!!"),
    (258, "unsigned-token", b"Authorization: Bearer eyJhbGciOiJub25lIn0.e30."),
    (259, "cookie-junk", b"Cookie: ;;=;a=b;=c;\xff=\xfe"),
    (260, "if-match-without-quotes", b"If-Match: abc"),
    (261, "if-match-weak", b'If-Match: W/"x"'),
    (264, "if-modified-since-junk", b"If-Modified-Since: yesterday"),
    (264, "if-modified-since-the-future", b"If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT"),
    (265, "range-junk", b"Range: bytes=9-1,abc"),
    (265, "range", b"Range: bytes=0-1"),
    (266, "expectation", b"Expect: 200-maybe"),
    (267, "origin-null", b"Origin: null"),
    (267, "origin-of-somebody-else", b"Origin: https://evil.example"),
    (267, "origin-that-begins-alike", b"Origin: https://reader.example.evil.example"),
    (267, "origin-non-ascii", b"Origin: https://\xff"),
    (268, "500-headers", b"\r\n".join(b"X-%d: a" % n for n in range(500))),
    (271, "empty-host", b"Host: "),
    (274, "forwarded-junk", b"X-Forwarded-For: ,,'\"<script>, 999.999.999.999"),
    (274, "forwarded-proto", b"X-Forwarded-Proto: javascript"),
    (274, "forwarded-host", b"X-Forwarded-Host: evil.example\r\nX-Forwarded-Prefix: /evil"),
    (277, "traceparent-junk", b"traceparent: 00-zz-zz-zz"),
    (277, "request-id-too-long", b"X-Request-Id: " + b"a" * 65),
    (277, "request-id-with-markup", b"X-Request-Id: <script>"),
    (277, "two-request-ids", b"X-Request-Id: a\r\nX-Request-Id: b"),
]

NO_HOST = b"GET /books/1 HTTP/1.1\r\nConnection: close\r\n\r\n"


def with_header(sent: bytes, header: bytes) -> bytes:
    """Put a header into a request."""
    return sent.replace(b"Connection: close\r\n", b"Connection: close\r\n" + header + b"\r\n", 1)


CASES: list[Case] = [
    *(case(n, about, get(ITEM, header), 200, id=1) for n, about, header in IGNORED),
    case(254, "key-of-100-kb", get(ITEM, b"X-API-Key: " + b"a" * 100_000), 200, 400, 431),
    case(262, "if-match-any-of-nothing", get("/books/999", b"If-Match: *"), 404),
    case(263, "if-none-match-any", get(ITEM, b"If-None-Match: *"), 200),
    case(267, "listed-origin-on-an-error", get("/books/0", b"Origin: https://reader.example"), 422),
    case(
        269,
        "20000-headers",
        get(ITEM, b"\r\n".join(b"X-%d: a" % n for n in range(20_000))),
        *(200, 400, 431),
    ),
    case(270, "2-mb", get(ITEM, b"X-Long: " + b"a" * 2_000_000), 200, 400, 431),
    case(271, "no-host", NO_HOST, 200, 400),
    case(272, "two-hosts", get(ITEM, b"Host: evil.example"), 200, 400),
    case(273, "host-with-a-space", get(ITEM).replace(b"library", b"lib rary"), 200, 400),
    case(275, "empty-idempotency-key", with_header(post_book(), b"Idempotency-Key: "), 201),
    case(
        275,
        "idempotency-key-of-256",
        with_header(post_book(), b"Idempotency-Key: " + b"a" * 256),
        201,
    ),
    case(276, "idempotency-key", with_header(post_book(), b"Idempotency-Key: a"), 201),
    case(
        276,
        "idempotency-key-and-another-body",
        with_header(post_book(), b"Idempotency-Key: a"),
        201,
    ),
    case(
        277,
        "preflight-junk",
        request(
            b"OPTIONS",
            b"/books",
            b"Origin: https://reader.example",
            b"Access-Control-Request-Method: \xff",
        ),
        204,
    ),
]
