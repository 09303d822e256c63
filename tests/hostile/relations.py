"""Beyond the list: hostile inputs to what relates: paths, queries and references.

They go to the service of tests/specs/everything.yaml, as those of `bulks.py` and `entity_tags.py`
do. The numbers begin at 300; each hundred is a part of a request. `test_relations.py` says which
rows are there.
"""

from __future__ import annotations

import json
from itertools import count

from .cases import Case, Location, case
from .wire import get, request, send

NOBODY = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
MOST = 2**53 - 1
ARTICLE, TAGS = "/v1/articles/1", "/v1/articles/2/tags"
BULK = "/v1/articles:bulk-create"
_codes = count(1)


def article(**fields: object) -> dict[str, object]:
    """Make a valid article with a code of its own, but for the fields that are given."""
    return {"title": "t", "code": f"C{next(_codes)}X", "price": "1", "shopId": 1} | fields


def article_with(field: str, literal: str) -> bytes:
    """Write a valid article in which one field has a value as it stands."""
    others = {name: value for name, value in article().items() if name != field}
    return f'{json.dumps(others)[:-1]}, "{field}": {literal}}}'.encode("utf-8", "surrogatepass")


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
]
