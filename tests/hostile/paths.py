"""A: what stands in the path.

Left out: 48 (rows have no owners) and 49 (there are no nested paths) come with later editions.
"""

from __future__ import annotations

from .cases import Case, case
from .wire import get, request

KEY = ("path", "book_id")
LOAN = ("path", "loan_id")
SHELF = ("path", "shelf_id")

NOT_CANONICAL = [
    (1, "zero", "0"),
    (2, "negative", "-1"),
    (4, "two-to-53", "9007199254740992"),
    (5, "two-to-63-less-one", "9223372036854775807"),
    (6, "two-to-63", "9223372036854775808"),
    (7, "below-minus-two-to-63", "-9223372036854775809"),
    (8, "41-digits", "1" * 41),
    (9, "5000-digits", "9" * 5000),
    (11, "fraction", "1.5"),
    (12, "exponent", "1e3"),
    (13, "plus", "+1"),
    (14, "encoded-space", "%201"),
    (14, "trailing-encoded-space", "1%20"),
    (15, "leading-zero", "01"),
    (16, "underscore", "1_0"),
    (17, "hexadecimal", "0x1"),
    (18, "fullwidth-digit", "%EF%BC%91"),
    (19, "arabic-digit", "%D9%A1"),
    (20, "nan", "NaN"),
    (21, "null", "null"),
    (22, "true", "true"),
    (23, "letters", "abc"),
    (24, "nul", "%00"),
    (25, "one-and-nul", "1%00"),
    (26, "byte-ff", "%ff"),
    (27, "surrogate", "%ed%a0%80"),
    (28, "percent-alone", "%"),
    (29, "percent-zz", "%zz"),
    (30, "encoded-dots", "%2e%2e"),
    (31, "encoded-traversal", "..%2f..%2fetc%2fpasswd"),
    (32, "encoded-slash", "1%2F2"),
    (33, "encoded-backslash", "%5c"),
    (34, "drop-table", "1;DROP%20TABLE%20books"),
    (35, "or-true", "1'%20OR%20'1'='1"),
    (36, "encoded-crlf", "%0d%0aX:y"),
    (36, "trailing-newline", "1%0a"),
    (37, "right-to-left", "%E2%80%AE"),
    (45, "8-kb", "a" * 8192),
]

UUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"

CASES: list[Case] = [
    *(case(n, about, get(f"/books/{key}"), 422, at=KEY) for n, about, key in NOT_CANONICAL),
    case(1, "zero-to-delete", request(b"DELETE", b"/books/0"), 422, at=KEY),
    case(3, "two-to-31", get("/books/2147483648"), 404),
    case(3, "two-to-53-less-one", get("/books/9007199254740991"), 404),
    case(10, "decimal-point", get("/books/1.0"), 404),
    case(30, "dots", get("/books/.."), 422, at=KEY),
    case(31, "traversal", get("/books/../../etc/passwd"), 404),
    case(34, "drop-table-with-spaces", get("/books/1;DROP TABLE books"), 400),
    case(38, "trailing-slash", get("/books/1/"), 404),
    case(38, "trailing-slash-of-a-list", get("/books/"), 404),
    case(38, "encoded-trailing-slash", get("/books%2F"), 404),
    case(39, "two-slashes", get("//books/1"), 400, 404),
    case(40, "dot-segment", get("/./books/1"), 404),
    case(41, "raw-bytes", get(b"/books/\xff\xfe"), 400, 422),
    case(42, "raw-space", get("/books/1 2"), 400),
    case(43, "absolute-form", get("http://elsewhere.example/books/1"), 200, id=1),
    case(44, "options-asterisk", request(b"OPTIONS", b"*"), 400, 404),
    case(46, "80-kb", get("/books/" + "a" * 80_000), 400, 422),
    case(47, "deleted", get("/books/2"), 404),
    case(47, "deleted-again", request(b"DELETE", b"/books/2"), 404),
    case(50, "uuid-in-braces", get(f"/loans/%7B{UUID}%7D"), 422, at=LOAN),
    case(50, "uuid-as-urn", get(f"/loans/urn:uuid:{UUID}"), 422, at=LOAN),
    case(50, "uuid-without-dashes", get(f"/loans/{UUID.replace('-', '')}"), 422, at=LOAN),
    case(50, "uuid-in-capitals", get(f"/loans/{UUID.upper()}"), 404),
    case(50, "uuid-of-nothing", get(f"/loans/{UUID}"), 404),
    case(50, "natural-key-of-dots", get("/shelves/%2E%2E"), 422, at=SHELF),
    case(50, "natural-key-with-a-space", get("/shelves/a%20b"), 422, at=SHELF),
    case(50, "natural-key-too-long", get("/shelves/" + "a" * 65), 422, at=SHELF),
    case(50, "natural-key-with-a-newline", get("/shelves/A1%0A"), 422, at=SHELF),
    case(50, "natural-key-of-the-wrong-case", get("/shelves/a1"), 404),
]
