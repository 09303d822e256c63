"""Beyond the list: hostile `If-Match` and `If-None-Match`."""

from __future__ import annotations

from .bulks import ORDERS
from .cases import Case, case
from .headers import with_header
from .relations import ARTICLE
from .wire import get, request, send

STALE = [
    ("no-quotes", b"1"),
    ("half-a-quote", b'"1'),
    ("one-quote", b'"'),
    ("empty", b""),
    ("comma", b","),
    ("no-comma", b'"1" "1"'),
    ("weak", b'W/"1"'),
    ("small-weak", b'w/"1"'),
    ("leading-zero", b'"01"'),
    ("sign", b'"+1"'),
    ("negative", b'"-1"'),
    ("blank-inside", b'" 1"'),
    ("decimal", b'"1.0"'),
    ("two-to-63", b'"9223372036854775808"'),
    ("5000-digits", b'"' + b"9" * 5000 + b'"'),
    ("other", b'"2"'),
    ("asterisk-in-quotes", b'"*"'),
    ("asterisk-and-more", b'*, "1"'),
    ("asterisk-twice", b"*, *"),
    ("non-ascii", b'"\xff\xfe"'),
    ("non-ascii-without-quotes", b"\xff\xfe"),
    ("arabic-digit", '"\u0661"'.encode()),
    ("1000-others", b", ".join(b'"%d"' % n for n in range(2, 1002))),
    ("junk-behind", b'"1" junk'),
    ("single-quotes", b"'1'"),
]
FITTING = [
    ("right", b'"1"'),
    ("asterisk", b"*"),
    ("list", b'"7", W/"1", "1"'),
    ("empty-elements", b', ,"7",, "1",'),
    ("non-ascii-beside", b'"\xff", "1"'),
    ("two-headers", b'"7"\r\nIf-Match: "1"'),
    ("1000-tags", b", ".join(b'"%d"' % n for n in range(1000))),
]
KNOWN = [
    ("right", b'"1"'),
    ("weak", b'W/"1"'),
    ("asterisk", b"*"),
    ("list", b'"7", W/"1"'),
    ("two-headers", b'"7"\r\nIf-None-Match: "1"'),
    ("1000-tags", b", ".join(b'"%d"' % n for n in range(1000))),
]
UNKNOWN = [one for one in STALE if one[0] not in ("weak",)]

PATCH = send("PATCH", ARTICLE, b"{}")
LONG = b'"' + b"a" * 100_000 + b'"'


def matching(value: bytes, sent: bytes = PATCH) -> bytes:
    """Ask for a change of one version."""
    return with_header(sent, b"If-Match: " + value)


CASES: list[Case] = [
    *(case(700, about, matching(value), 412) for about, value in STALE),
    *(case(701, about, matching(value), 200, id=1) for about, value in FITTING),
    case(702, "100-kb", matching(LONG), 412, 400, 431),
    case(702, "nul", matching(b'"\0"'), 400),
    case(702, "404-first", matching(b"1", send("PATCH", "/v1/articles/999", b"{}")), 404),
    case(702, "422-first", matching(b"1", send("PATCH", ARTICLE, b'{"x": 1}')), 422),
    case(702, "412-before-409", matching(b'"2"', send("PATCH", ARTICLE, b'{"title":"code"}')), 412),
    case(702, "delete", matching(b'"2"', request(b"DELETE", b"/v1/articles/1")), 412),
    case(702, "delete-404", matching(b'"2"', request(b"DELETE", b"/v1/articles/999")), 404),
    case(702, "replace", matching(b"junk", send("PUT", "/v1/shops/1", b'{"title":"t"}')), 422),
    case(702, "on-a-bulk", matching(b"junk", send("POST", ORDERS, b"{}")), 422),
    case(702, "on-a-read", get(ARTICLE, b"If-Match: junk"), 200, id=1),
    case(702, "without-tags", matching(b"junk", request(b"DELETE", b"/v1/tags/nowhere")), 404),
    *(case(703, about, get(ARTICLE, b"If-None-Match: " + value), 304) for about, value in KNOWN),
    *(
        case(704, about, get(ARTICLE, b"If-None-Match: " + value), 200, id=1)
        for about, value in UNKNOWN
    ),
    case(705, "head", request(b"HEAD", ARTICLE.encode(), b'If-None-Match: "1"'), 304),
    case(705, "list", get("/v1/articles", b"If-None-Match: *"), 304),
    case(705, "list-strong", get("/v1/articles", b'If-None-Match: "1"'), 200),
    case(705, "children", get("/v1/categories/1/children", b"If-None-Match: *"), 304),
    case(705, "children-of-nobody", get("/v1/categories/9/children", b"If-None-Match: *"), 404),
    case(705, "nobody", get("/v1/articles/999", b"If-None-Match: *"), 404),
    case(705, "wrong", get("/v1/articles?expand=x", b"If-None-Match: *"), 422),
    case(705, "100-kb", get(ARTICLE, b"If-None-Match: " + LONG), 200, 400, 431),
    case(705, "tags-have-none", get("/v1/tags", b"If-None-Match: *"), 200),
]
