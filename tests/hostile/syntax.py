"""C: bodies that are no JSON, or not the JSON that an operation takes."""

from __future__ import annotations

import json

from .cases import Case, case
from .wire import JSON, book, book_with, chunked, request, send

LIMIT = 1_048_576
WHOLE = ("body",)

NO_JSON = [
    (96, "whitespace", b" \n\t "),
    (103, "truncated", b'{"title": "a", "isbn": '),
    (104, "trailing-comma", b'{"title": "a",}'),
    (105, "single-quotes", b"{'title': 'a'}"),
    (106, "comment", b'{"title": "a"} // comment'),
    (106, "block-comment", b'/* comment */ {"title": "a"}'),
    (107, "nan", book_with("price", "NaN")),
    (108, "infinity", book_with("price", "Infinity")),
    (109, "minus-infinity", book_with("price", "-Infinity")),
    (110, "1e400", book_with("price", "1e400")),
    (110, "minus-1e400", book_with("price", "-1e400")),
    (111, "integer-1e400", book_with("stock", "1e400")),
    (116, "leading-zero", book_with("stock", "01")),
    (116, "plus", book_with("stock", "+1")),
    (116, "hexadecimal", book_with("stock", "0x1")),
    (121, "bom", b"\xef\xbb\xbf" + json.dumps(book()).encode()),
    (122, "utf-16", json.dumps(book()).encode("utf-16")),
    (122, "utf-16-without-bom", json.dumps(book()).encode("utf-16-le")),
    (122, "utf-32", json.dumps(book()).encode("utf-32")),
    (123, "invalid-utf-8", book_with("title", '"@"').replace(b"@", b"\xff\xfe")),
    (123, "overlong-utf-8", book_with("title", '"@"').replace(b"@", b"\xc0\xaf")),
    (124, "latin-1", book_with("title", '"@"').replace(b"@", b"\xe9")),
    (125, "raw-surrogate", book_with("title", '"\ud800"')),
    (125, "lone-surrogate", book_with("title", r'"\ud800"')),
    (125, "surrogates-in-the-wrong-order", book_with("title", r'"\udc00\ud800"')),
    (126, "lone-surrogate-in-a-key", book_with(r"\ud800", "1")),
    (127, "lone-surrogate-in-an-integer", book_with("stock", r'"\ud800"')),
    (128, "lone-surrogate-and-a-pattern", book_with("isbn", r'"\udfff"')),
    (130, "raw-nul", book_with("title", '"a\0b"')),
    (131, "raw-newline", book_with("title", '"a\nb"')),
    (132, "1000-brackets", b"[" * 1000),
    (132, "1000-brackets-closed", b"[" * 1000 + b"]" * 1000),
    (133, "100000-brackets", b"[" * 100_000),
    (134, "100000-objects", b'{"a":' * 100_000),
    (135, "900-levels-in-tags", book_with("tags", "[" * 900 + "]" * 900)),
    (135, "101-levels-in-json", book_with("notes", "[" * 100 + "]" * 100)),
    (139, "bad-escape", book_with("title", r'"\x41"')),
    (139, "two-documents", b'{"title": "a"}{"title": "a"}'),
]

NO_OBJECT = [
    (97, "null", b"null"),
    (98, "true", b"true"),
    (99, "one", b"1"),
    (100, "string", b'"x"'),
    (101, "array", b"[]"),
    (102, "array-of-objects", b"[{}]"),
]

WRONG = [
    (112, "integer-of-4000-digits", "stock", "9" * 4000),
    (114, "two-to-63", "stock", "9223372036854775808"),
    (115, "two-to-31", "stock", "2147483648"),
    (118, "true-for-an-integer", "stock", "true"),
    (119, "string-for-an-integer", "stock", '"5"'),
    (129, "nul-escaped", "title", r'"a\u0000b"'),
    (136, "unknown-key", "unknown", "1"),
    (136, "key-in-capitals", "TITLE", '"a"'),
    (137, "proto", "__proto__", "{}"),
    (137, "constructor", "constructor", "{}"),
    (137, "class", "__class__", "{}"),
    (138, "key-of-the-row", "id", "7"),
    (138, "timestamp", "created_at", '"2026-11-22T10:00:00Z"'),
    (139, "empty-key", "", "1"),
]

MANY_KEYS = json.dumps(book() | {f"key_{n}": n for n in range(10_000)}).encode()
LONG_KEY = json.dumps(book() | {"k" * 100_000: 1}).encode()


def filled(size: int) -> bytes:
    """Make a valid body of a size."""
    return json.dumps(book()).encode().ljust(size)


def in_chunks(body: bytes) -> bytes:
    """Write the request that sends a body in chunks of 64 KiB."""
    parts = [body[start : start + 65536] for start in range(0, len(body), 65536)]
    coding = b"Transfer-Encoding: chunked"
    return request(b"POST", b"/books", JSON, coding) + chunked(*parts)


CASES: list[Case] = [
    *(
        case(n, about, send("POST", "/books", body), 422, at=WHOLE)
        for n, about, body in [*NO_JSON, *NO_OBJECT]
    ),
    *(
        case(n, about, send("POST", "/books", book_with(key, value)), 422, at=("body", key))
        for n, about, key, value in WRONG
    ),
    case(95, "empty", send("POST", "/books", b""), 422, at=WHOLE),
    case(95, "empty-without-a-type", request(b"POST", b"/books", body=b""), 422, at=WHOLE),
    case(95, "no-length-either", request(b"POST", b"/books"), 422, at=WHOLE),
    case(103, "truncated-to-update", send("PATCH", "/books/1", b'{"title":'), 422, at=WHOLE),
    case(97, "null-to-update", send("PATCH", "/books/1", b"null"), 422, at=WHOLE),
    case(112, "number-of-400-digits", send("POST", "/books", book_with("price", "9" * 400)), 422),
    case(
        113, "integer-of-5000-digits", send("POST", "/books", book_with("stock", "9" * 5000)), 422
    ),
    case(113, "json-of-4000-digits", send("POST", "/books", book_with("notes", "9" * 4000)), 201),
    # A `json` field takes any JSON, and keeps it.
    case(
        129, "nul-in-json", send("POST", "/books", book_with("notes", r'{"\u0000": "\u0000"}')), 201
    ),
    case(116, "minus-zero", send("POST", "/books", book_with("stock", "-0")), 201, stock=0),
    case(116, "minus-zero-price", send("POST", "/books", book_with("price", "-0.0")), 201, price=0),
    case(117, "point-zero", send("POST", "/books", book_with("stock", "1.0")), 201, stock=1),
    case(117, "exponent", send("POST", "/books", book_with("stock", "1e2")), 201, stock=100),
    case(
        120,
        "duplicate-keys",
        send("POST", "/books", book_with("stock", '1, "stock": 2')),
        201,
        stock=2,
    ),
    case(
        120,
        "duplicate-keys-the-last-wrong",
        send("POST", "/books", book_with("stock", '1, "stock": "x"')),
        422,
        at=("body", "stock"),
    ),
    case(
        125,
        "pair-of-surrogates",
        send("POST", "/books", book_with("title", r'"\ud83d\ude00"')),
        201,
        title="\U0001f600",
    ),
    case(
        135,
        "99-levels-in-json",
        send("POST", "/books", book_with("notes", "[" * 99 + "]" * 99)),
        201,
    ),
    case(140, "10000-keys", send("POST", "/books", MANY_KEYS), 422),
    case(141, "key-of-100-kb", send("POST", "/books", LONG_KEY), 422),
    case(142, "at-the-limit", send("POST", "/books", filled(LIMIT)), 201),
    case(143, "above-the-limit", send("POST", "/books", filled(LIMIT + 1)), 413),
    case(143, "far-above-the-limit", send("POST", "/books", filled(8 * LIMIT)), 413),
    case(144, "chunked-at-the-limit", in_chunks(filled(LIMIT)), 201),
    case(144, "chunked-above-the-limit", in_chunks(filled(LIMIT + 1)), 413),
    case(144, "chunked-far-above", in_chunks(filled(8 * LIMIT)), 413),
    case(144, "chunked-and-empty", in_chunks(b""), 422, at=WHOLE),
]  # 145, a client that leaves in the middle of its body, is in test_connections.py
