"""Beyond the list: hostile inputs to operations on many rows at once."""

from __future__ import annotations

import json

from .cases import Case, Location, case
from .relations import BULK, MOST, NOBODY, article, article_with
from .wire import JSON, request, send

ORDERS = "/v1/orders:bulk-create"


def items(*some: bytes) -> bytes:
    """Write the body of a bulk."""
    return b'{"items": [' + b", ".join(some) + b"]}"


def bulk(*some: object) -> bytes:
    """Write the body of a bulk."""
    return json.dumps({"items": some}).encode()


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

CASES: list[Case] = [
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
    case(706, "no-type", request(b"POST", BULK.encode(), body=b"{}"), 415),
    case(706, "text", request(b"POST", BULK.encode(), b"Content-Type: text/plain", body=b"x"), 415),
    case(706, "html", request(b"POST", BULK.encode(), JSON, b"Accept: text/html", body=b"{}"), 406),
]
