"""Beyond the list: hostile inputs to what relates, to many rows at once, and to entity tags.

They go to the service of tests/specs/everything.yaml. The numbers begin at 300; each hundred is a
part of a request. `test_relations.py` says which rows are there.
"""

from __future__ import annotations

import json
from itertools import count

from .cases import Case, Location, case
from .headers import with_header
from .wire import JSON, get, request, send

NOBODY = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
MOST = 2**53 - 1
ARTICLE, TAGS = "/v1/articles/1", "/v1/articles/2/tags"
BULK, ORDERS = "/v1/articles:bulk-create", "/v1/orders:bulk-create"
_codes = count(1)


def article(**fields: object) -> dict[str, object]:
    """Make a valid article with a code of its own, but for the fields that are given."""
    return {"title": "t", "code": f"C{next(_codes)}X", "price": "1", "shopId": 1} | fields


def article_with(field: str, literal: str) -> bytes:
    """Write a valid article in which one field has a value as it stands."""
    others = {name: value for name, value in article().items() if name != field}
    return f'{json.dumps(others)[:-1]}, "{field}": {literal}}}'.encode("utf-8", "surrogatepass")


def items(*some: bytes) -> bytes:
    """Write the body of a bulk."""
    return b'{"items": [' + b", ".join(some) + b"]}"


def bulk(*some: object) -> bytes:
    """Write the body of a bulk."""
    return json.dumps({"items": some}).encode()


PATHS: list[tuple[str, bytes, tuple[int, ...], Location | None]] = [
    ("parent-zero", get("/v1/shops/0/articles"), (422,), ("path", "shop_id")),
    ("parent-of-41-digits", get(f"/v1/shops/{'1' * 41}/articles"), (422,), ("path", "shop_id")),
    ("parent-of-nobody", get("/v1/shops/999/articles"), (404,), None),
    ("parent-deleted", get("/v1/categories/3/children"), (404,), None),
    ("parent-uuid", get("/v1/suppliers/%00/supplied"), (422,), ("path", "supplier_id")),
    ("parent-of-capitals", get(f"/v1/suppliers/{NOBODY.upper()}/supplied"), (404,), None),
    ("slash", get("/v1/shops/1/articles/"), (404,), None),
    ("two-slashes", get("/v1/shops//articles"), (404, 422), None),
    ("own-filter", get("/v1/shops/1/articles?shopId=1"), (422,), ("query", "shopId")),
    ("dots", get("/v1/shops/../articles"), (422,), ("path", "shop_id")),
    ("first-key", request(b"PUT", b"/v1/articles/0/tags/sale"), (422,), ("path", "article_id")),
    ("second-key", request(b"PUT", b"/v1/articles/1/tags/SALE"), (422,), ("path", "tag_id")),
    ("both-keys", request(b"PUT", b"/v1/articles/x/tags/%ff"), (422,), None),
    ("second-dots", request(b"PUT", b"/v1/articles/1/tags/%2e%2e"), (422,), ("path", "tag_id")),
    ("second-slash", request(b"PUT", b"/v1/articles/1/tags/a%2Fb"), (422,), ("path", "tag_id")),
    ("second-newline", request(b"PUT", b"/v1/articles/1/tags/sale%0a"), (422,), ("path", "tag_id")),
    ("owner-of-nobody", request(b"PUT", b"/v1/articles/999/tags/sale"), (404,), None),
    ("owner-deleted", request(b"PUT", b"/v1/articles/3/tags/sale"), (404,), None),
    ("member-of-nobody", request(b"PUT", b"/v1/articles/1/tags/nowhere"), (409,), None),
    ("member-not-there", request(b"DELETE", b"/v1/articles/1/tags/nowhere"), (204,), None),
    ("member", request(b"PUT", b"/v1/articles/2/tags/sale"), (204,), None),
    ("member-with-a-body", send("PUT", f"{TAGS}/sale", b'{"x": 1}'), (204,), None),
    ("member-with-junk", request(b"PUT", f"{TAGS}/sale".encode(), body=b"\xff{"), (204,), None),
    ("member-with-a-query", request(b"PUT", b"/v1/articles/1/tags/sale?a=1"), (422,), None),
    ("read-a-member", get(f"{TAGS}/sale"), (405,), None),
    ("post-a-member", send("POST", TAGS, b'{"slug": "sale"}'), (405,), None),
    ("members-sorted", get(f"{TAGS}?sort=slug"), (422,), ("query", "sort")),
    ("read-a-bulk", get(BULK), (405,), None),
    ("bulk-slash", send("POST", f"{BULK}/", b"{}"), (404,), None),
    ("bulk-encoded", send("POST", "/v1/articles%3Abulk-create", b"{}"), (422,), ("body", "items")),
    ("bulk-of-nothing", send("POST", "/v1/articles:bulk-update", b"{}"), (404,), None),
    ("bulk-of-two-colons", send("POST", "/v1/articles::bulk-create", b"{}"), (404,), None),
    ("bulk-in-capitals", send("POST", "/v1/articles:Bulk-Create", b"{}"), (404,), None),
]

QUERIES: list[tuple[str, str, int, Location | None]] = [
    ("expand-nothing", "expand=nothing", 422, ("query", "expand", 0)),
    ("expand-a-field", "expand=shopId", 422, ("query", "expand", 0)),
    ("expand-to-many", "expand=tags", 422, ("query", "expand", 0)),
    ("expand-further", "expand=maker.country", 422, ("query", "expand", 0)),
    ("expand-with-a-comma", "expand=shop,maker", 422, ("query", "expand", 0)),
    ("expand-empty", "expand=", 422, ("query", "expand")),
    ("expand-nul", "expand=%00", 422, ("query", "expand", 0)),
    ("expand-brackets", "expand[]=shop", 422, ("query", "expand[]")),
    ("expand-both", "expand=maker&expand=shop", 200, None),
    ("q-empty", "q=", 422, ("query", "q")),
    ("q-nul", "q=a%00b", 422, ("query", "q")),
    ("q-byte-ff", "q=%ff", 422, ("query", "q")),
    ("q-surrogate", "q=%ed%a0%80", 422, ("query", "q")),
    ("q-twice", "q=a&q=b", 422, ("query", "q")),
    ("q-of-201", "q=" + "a" * 201, 422, ("query", "q")),
    ("q-of-100-words", "q=" + "+".join("a" * 100), 200, None),
    ("q-of-200-astral", "q=" + "%F4%8F%BF%BF" * 200, 200, None),
    ("q-percent", "q=%25", 200, None),
    ("q-underscore", "q=_", 200, None),
    ("q-backslash", "q=%5c%25+%5c", 200, None),
    ("q-quotes", "q='%22--+%24%24", 200, None),
    ("q-star", "q=*+NEAR+OR+AND", 200, None),
    ("q-other-blanks", "q=%c2%a0%e2%80%a8", 200, None),
    ("any-of-no-key", "tagIdsAny=SALE", 200, None),
    ("any-empty", "tagIdsAny=", 422, ("query", "tagIdsAny")),
    ("any-second", "tagIdsAny=sale&tagIdsAny=%00", 422, ("query", "tagIdsAny", 1)),
    ("any-of-101", "&".join(["tagIdsAny=sale"] * 101), 422, ("query", "tagIdsAny")),
    ("all-twice-the-same", "tagIdsAll=sale&tagIdsAll=sale", 200, None),
    ("all-of-100", "&".join(["tagIdsAll=sale"] * 100), 200, None),
    ("none-of-nobody", "tagIdsNone=nowhere", 200, None),
    ("parts-zero", "partIdsAny=0", 200, None),
    ("parts-two-to-53", "partIdsAny=9007199254740992", 422, ("query", "partIdsAny", 0)),
    ("parts-largest", f"partIdsAny={MOST}", 200, None),
    ("parts-leading-zero", "partIdsAny=01", 422, ("query", "partIdsAny", 0)),
    ("parts-of-5000-digits", "partIdsAny=" + "9" * 5000, 422, ("query", "partIdsAny", 0)),
    ("reference-zero", "shopId=0", 200, None),
    ("reference-exponent", "shopId=1e0", 422, ("query", "shopId")),
    ("reference-list", "shopId=1&shopId=2", 422, ("query", "shopId")),
    ("reference-braces", f"makerId=%7B{NOBODY}%7D", 422, ("query", "makerId")),
    ("reference-capitals", f"makerIdIn={NOBODY}&makerIdIn={NOBODY.upper()}", 200, None),
    ("reference-differs", f"makerIdNe={NOBODY}", 200, None),
    ("reference-null", "makerIdIsNull=1", 422, ("query", "makerIdIsNull")),
    ("reference-of-null", "makerId=null", 422, ("query", "makerId")),
    ("through-nul", "shopCity=%00", 422, ("query", "shopCity")),
    ("through-of-41", "shopCityContains=" + "a" * 41, 422, ("query", "shopCityContains")),
    ("through-of-40-astral", "shopCity=" + "%F0%90%80%80" * 40, 200, None),
    ("through-percent", "shopCityContains=%25", 200, None),
    ("through-nan", "makerRatingGe=NaN", 422, ("query", "makerRatingGe")),
    ("through-beyond", "makerRatingGe=9007199254740991", 200, None),
    ("through-two", "makerCountryName=a", 422, ("query", "makerCountryName")),
    ("cursor-of-nobody", "cursor=abcd", 404, None),
]

LITERALS: list[tuple[str, str, str, int, Location | None]] = [
    ("zero", "shopId", "0", 422, ("body", "shopId")),
    ("negative", "shopId", "-1", 422, ("body", "shopId")),
    ("two-to-53", "shopId", "9007199254740992", 422, ("body", "shopId")),
    ("two-to-63", "shopId", "9223372036854775808", 422, ("body", "shopId")),
    ("4000-digits", "shopId", "9" * 4000, 422, ("body", "shopId")),
    ("string", "shopId", '"1"', 422, ("body", "shopId")),
    ("true", "shopId", "true", 422, ("body", "shopId")),
    ("null", "shopId", "null", 422, ("body", "shopId")),
    ("list", "shopId", "[1]", 422, ("body", "shopId")),
    ("object", "shopId", '{"id": 1}', 422, ("body", "shopId")),
    ("expanded", "shop", '{"id": 1}', 422, ("body", "shop")),
    ("exponent", "shopId", "1e0", 201, None),
    ("largest", "shopId", str(MOST), 409, None),
    ("uuid-of-nobody", "makerId", f'"{NOBODY.upper()}"', 409, None),
    ("uuid-in-braces", "makerId", f'"{{{NOBODY}}}"', 422, ("body", "makerId")),
    ("uuid-with-a-newline", "makerId", f'"{NOBODY}\\n"', 422, ("body", "makerId")),
    ("uuid-empty", "makerId", '""', 422, ("body", "makerId")),
    ("uuid-null", "makerId", "null", 201, None),
    ("deleted", "categoryId", "3", 409, None),
    ("ids-string", "tagIds", '"sale"', 422, ("body", "tagIds")),
    ("ids-object", "tagIds", '{"0": "sale"}', 422, ("body", "tagIds")),
    ("ids-null", "tagIds", "null", 422, ("body", "tagIds")),
    ("ids-of-null", "tagIds", "[null]", 422, ("body", "tagIds", 0)),
    ("ids-of-a-number", "tagIds", "[1]", 422, ("body", "tagIds", 0)),
    ("ids-nested", "tagIds", '[["sale"]]', 422, ("body", "tagIds", 0)),
    ("ids-nul", "tagIds", r'["\u0000"]', 422, ("body", "tagIds", 0)),
    ("ids-twice", "tagIds", '["sale", "sale"]', 422, ("body", "tagIds")),
    ("ids-five", "tagIds", '["sale", "new", "old", "cold", "hot"]', 422, ("body", "tagIds")),
    ("ids-empty", "tagIds", "[]", 201, None),
    ("ids-of-nobody", "tagIds", '["sale", "nowhere"]', 409, None),
    ("ids-zero", "partIds", "[0]", 422, ("body", "partIds", 0)),
    ("ids-huge", "partIds", f"[{10**40}]", 422, ("body", "partIds", 0)),
    ("ids-as-strings", "partIds", '["1"]', 422, ("body", "partIds", 0)),
    ("ids-one-point-zero", "partIds", "[1.0]", 201, None),
    ("ids-in-two-spellings", "partIds", "[1, 1.0]", 422, ("body", "partIds")),
    ("ids-in-three-spellings", "partIds", "[1, 10e-1]", 422, ("body", "partIds")),
    ("ids-largest", "partIds", f"[1, {MOST}]", 409, None),
    ("ids-deleted", "partIds", "[3]", 409, None),
    ("ids-101", "partIds", str([*range(1, 102)]), 422, ("body", "partIds")),
    ("ids-100000", "partIds", str([1] * 100_000), 422, ("body", "partIds")),
    ("computed", "display", '"x"', 422, ("body", "display")),
    ("version", "version", "1", 422, ("body", "version")),
    ("deleted-at", "deletedAt", "null", 422, ("body", "deletedAt")),
    ("rule", "title", '"code"', 409, None),
    ("rule-decimal", "discount", '"1.01"', 409, None),
    ("rule-equal", "discount", '"1.00"', 201, None),
    ("rule-null", "discount", "null", 201, None),
    ("rule-largest", "price", '"999999.99"', 409, None),
    ("compute-longest", "title", '"' + "\U0010ffff" * 60 + '"', 201, None),
]

BODIES: list[tuple[str, str, bytes, int, Location | None]] = [
    ("no-items", BULK, b"{}", 422, ("body", "items")),
    ("list", BULK, b"[]", 422, ("body",)),
    ("items-of-null", BULK, b'{"items": null}', 422, ("body", "items")),
    ("items-of-text", BULK, b'{"items": "[]"}', 422, ("body", "items")),
    ("items-of-a-number", BULK, b'{"items": 1}', 422, ("body", "items")),
    ("items-of-an-object", BULK, b'{"items": {"0": {}}}', 422, ("body", "items")),
    ("none", BULK, b'{"items": []}', 422, ("body", "items")),
    ("item-of-null", BULK, b'{"items": [null]}', 422, ("body", "items", 0)),
    ("item-of-a-list", BULK, b'{"items": [[]]}', 422, ("body", "items", 0)),
    ("item-of-a-number", BULK, b'{"items": [1]}', 422, ("body", "items", 0)),
    ("more", BULK, b'{"items": [], "unknown": 1}', 422, None),
    ("21-items", BULK, bulk(*(article() for _ in range(21))), 422, ("body", "items")),
    ("5001-items", ORDERS, bulk(*({"id": n, "buyer": "b"} for n in range(1, 5002))), 422, None),
    ("20-empty-items", BULK, bulk(*[{}] * 20), 422, None),
    ("100000-items", BULK, bulk(*[0] * 100_000), 422, ("body", "items")),
    ("900-levels", BULK, items(article_with("title", "[" * 900 + "]" * 900)), 422, ("body",)),
    (
        "50-levels",
        BULK,
        items(article_with("title", "[" * 50 + "]" * 50)),
        422,
        ("body", "items", 0, "title"),
    ),
    ("surrogate", BULK, items(article_with("title", r'"\ud800"')), 422, ("body",)),
    ("nul", BULK, items(article_with("title", r'"\u0000"')), 422, ("body", "items", 0, "title")),
    ("key-of-a-row", BULK, items(article_with("id", "1")), 422, ("body", "items", 0, "id")),
    ("unknown", BULK, items(article_with("", "1")), 422, ("body", "items", 0, "")),
    (
        "second-wrong",
        BULK,
        bulk(article(), article(price=1)),
        422,
        ("body", "items", 1, "price"),
    ),
    ("twice-the-same", BULK, bulk(*[article(code="TWICE1")] * 2), 409, None),
    ("taken", BULK, bulk(article(), article(code="AAA")), 409, None),
    ("second-refers-to-nobody", BULK, bulk(article(), article(shopId=MOST)), 409, None),
    ("second-breaks-a-rule", BULK, bulk(article(), article(title="code")), 409, None),
    ("largest-key", ORDERS, bulk({"id": MOST, "buyer": "b"}), 201, None),
    ("beyond", ORDERS, bulk({"id": MOST + 1, "buyer": "b"}), 422, ("body", "items", 0, "id")),
    ("rule-of-case", ORDERS, bulk({"id": 7, "buyer": "NoBody"}), 409, None),
    ("rule-of-another-case", ORDERS, bulk({"id": 7, "buyer": "nobod\u0131"}), 201, None),
]

DELETED: list[tuple[str, str, str, int, Location | None]] = [
    ("no-ids", "articles", "{}", 422, ("body", "ids")),
    ("ids-of-text", "articles", '{"ids": "1"}', 422, ("body", "ids")),
    ("ids-of-null", "articles", '{"ids": null}', 422, ("body", "ids")),
    ("none", "articles", '{"ids": []}', 422, ("body", "ids")),
    ("zero", "articles", '{"ids": [0]}', 422, ("body", "ids", 0)),
    ("text", "articles", '{"ids": [999, "1"]}', 422, ("body", "ids", 1)),
    ("true", "articles", '{"ids": [true]}', 422, ("body", "ids", 0)),
    ("fraction", "articles", '{"ids": [1.5]}', 422, ("body", "ids", 0)),
    ("two-to-53", "articles", f'{{"ids": [{MOST + 1}]}}', 422, ("body", "ids", 0)),
    ("huge", "articles", f'{{"ids": [{"9" * 4000}]}}', 422, ("body", "ids", 0)),
    ("twice", "articles", '{"ids": [999, 999]}', 422, ("body", "ids")),
    ("two-spellings", "articles", '{"ids": [999, 999.0]}', 422, ("body", "ids")),
    ("nobody", "articles", f'{{"ids": [999, {MOST}, 998.0]}}', 200, None),
    ("101", "articles", f'{{"ids": {[*range(900, 1001)]}}}', 422, ("body", "ids")),
    ("tag-in-capitals", "tags", '{"ids": ["SALE"]}', 422, ("body", "ids", 0)),
    ("tag-nul", "tags", r'{"ids": ["\u0000"]}', 422, ("body", "ids", 0)),
    ("tag-of-nobody", "tags", '{"ids": ["nowhere"]}', 200, None),
    ("uuid-twice", "warranties", f'{{"ids": ["{NOBODY}", "{NOBODY}"]}}', 422, ("body", "ids")),
    ("uuid-text", "warranties", '{"ids": ["1"]}', 422, ("body", "ids", 0)),
    ("uuid-two-cases", "warranties", f'{{"ids": ["{NOBODY}", "{NOBODY.upper()}"]}}', 200, None),
]
"""Ids that differ as JSON are no breach of the contract, also where they are one key."""

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
    *(case(300, about, sent, *statuses, at=at) for about, sent, statuses, at in PATHS),
    *(
        case(400, about, get(f"/v1/articles?{query}"), status, at=at)
        for about, query, status, at in QUERIES
    ),
    case(401, "expand-on-read", get(f"{ARTICLE}?expand=shop&expand=maker"), 200, id=1),
    case(401, "expand-on-a-write", send("PATCH", f"{ARTICLE}?expand=shop", b"{}"), 422),
    case(401, "q-where-nothing-is-searched", get("/v1/tags?q=a"), 422, at=("query", "q")),
    case(401, "slug-in-capitals", get("/v1/tags?slugIn=A"), 200, items=[]),
    case(401, "slug-prefix-percent", get("/v1/tags?slugPrefix=%25"), 200, items=[]),
    case(401, "parent-of-null", get("/v1/categories?parentIdIsNull=TRUE"), 422),
    *(
        case(500, about, send("POST", "/v1/articles", article_with(field, literal)), status, at=at)
        for about, field, literal, status, at in LITERALS
    ),
    case(501, "parent-itself", send("PATCH", "/v1/categories/1", b'{"parentId": 1}'), 200, id=1),
    case(501, "parent-huge", send("PATCH", "/v1/categories/1", b'{"parentId": 1e30}'), 422),
    *(
        case(600, about, send("POST", path, body), status, at=at)
        for about, path, body, status, at in BODIES
    ),
    *(
        case(
            601,
            f"{about}-of-{of}",
            send("POST", f"/v1/{of}:bulk-delete", body.encode()),
            status,
            at=at,
        )
        for about, of, body, status, at in DELETED
    ),
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
    case(706, "no-type", request(b"POST", BULK.encode(), body=b"{}"), 415),
    case(706, "text", request(b"POST", BULK.encode(), b"Content-Type: text/plain", body=b"x"), 415),
    case(706, "html", request(b"POST", BULK.encode(), JSON, b"Accept: text/html", body=b"{}"), 406),
]
