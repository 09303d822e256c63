"""What rows of everything.yaml that refer to each other may hold: values, keys, queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WORDS = ["a", "A", "b B", "%", "_", "\\", "é", "e\u0301", "\ud7ff", "\ue000", "\U0010ffff", "code"]
"""Text from both planes; the last one breaks a rule of what is titled."""
PRICES = ["0", "0.01", "1", "999.99", "1000", "999999.99", "1000000", "0.001", 1]
COUNTS = [0, 1, 2, 4999, 5000, 5001, 9999, 10_000, 10_001, -1, 3.0, "1"]
DAYS = ["2000-01-01", "1999-12-31", "2024-02-29", "2099-12-31", "2100-01-01", "9999-12-31", None]
STRANGE_KEYS: dict[str, list[Any]] = {
    "integer": [999_999, 2**53 - 1, 2**53, 0, -1, "1", 1.0, True, 10**40],
    "uuid": [
        "00000000-0000-0000-0000-000000000000",
        "F" * 8 + "-FFFF-4FFF-8FFF-" + "F" * 12,
        "",
        1,
    ],
    "country": ["ZZ", "zz", "A", "", 1],
    "tag": ["nowhere", "zz-zz", "-", "A", "x" * 21, 1],
}
"""Of no row, or no key at all."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A resource as a client knows it."""

    path: str
    key: str
    operations: str
    """`C`reate, `L`ist, `R`ead, re`P`lace, `U`pdate, `D`elete, `B`ulk create, bulk `X` delete."""
    must: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    may: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    """The kind that a key refers to; required where it ends in `!`."""
    lists: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By segment, the kind and what can be done: `+`, `-`, `L`ist."""
    under: Mapping[str, str] = field(default_factory=dict)
    """By the kind of the parent, the segment."""
    filters: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Values, or the kind whose keys they are."""
    sort: Sequence[str] = ()
    expand: Sequence[str] = ()
    fixed: Sequence[str] = ()
    """What is sent on create alone."""


TITLED = {"title": [*WORDS, "x" * 60, "x" * 61, "", "\x00"]}
DATED = {"begins": DAYS, "ends": DAYS}

KINDS: dict[str, Kind] = {
    "country": Kind(
        "/v1/countries",
        "country",
        "CLRPUD",
        must={"code": ["DE", "FR", "GB", "AA", "ZZ", "aa"], "name": WORDS},
        fixed=["code"],
    ),
    "visit": Kind("/v1/visits", "uuid", "CLRUD", must={"page": WORDS}),
    "event": Kind(
        "/v1/events",
        "uuid",
        "CLR",
        must={
            "id": [f"{n:08X}-0000-4000-8000-00000000000a" for n in range(6)],
            "kind": WORDS,
        },
        sort=["kind", "-kind", "createdAt"],
    ),
    "ticket": Kind(
        "/v1/tickets",
        "integer",
        "CLRUD",
        must={"id": [1, 2, 3, 2**53 - 1, 2**31, 0]},
        may={"type": WORDS, "bytes": [2**53 - 1, -(2**53) + 1, None]},
        fixed=["id"],
    ),
    "shop": Kind(
        "/v1/shops",
        "integer",
        "CLRPUD",
        must={**TITLED, "city": WORDS},
        may={"summary": [*WORDS, None, "x" * 501]},
        filters={"q": [*WORDS, "a b", "% _", "CODE", " ", "b\u00a0B"]},
        sort=["city", "-city"],
    ),
    "tag": Kind(
        "/v1/tags",
        "tag",
        "CLDBX",
        must={"slug": ["sale", "on-sale", "alert", "new", "old", "cold", "A"]},
        may={"colour": ["red", "green", "Red"]},
        filters={"slugIn": "tag", "slugPrefix": ["o", "on-", "%", "_", "O"]},
    ),
    "category": Kind(
        "/v1/categories",
        "integer",
        "CLRUD",
        must=TITLED,
        may={"summary": [*WORDS, None]},
        references={"parentId": "category"},
        under={"category": "children"},
        filters={"parentId": "category", "parentIdIsNull": ["true"], "parentTitle": WORDS},
        sort=["-id"],
        expand=["parent"],
    ),
    "supplier": Kind(
        "/v1/suppliers",
        "uuid",
        "CLRPUDBX",
        must=TITLED,
        may={"email": ["a@b", "A@B", "b@c", "c@d", None, "a"], "rating": [0, 50, 100, 101]},
        references={"countryId": "country!"},
        lists={"seenIn": "visit"},
        members={"visits": ("visit", "+L"), "substitutes": ("supplier", "+-L")},
        filters={
            "countryId": "country",
            "countryIdIn": "country",
            "countryName": WORDS,
            "countryNamePrefix": WORDS,
            "seenInAny": "visit",
            "seenInNone": "visit",
        },
        sort=["rating", "-rating", "title", "-title"],
        expand=["country"],
    ),
    "article": Kind(
        "/v1/articles",
        "integer",
        "CLRPUDBX",
        must={
            **TITLED,
            "code": [*("ABC", "ABD", "X1Y", "AAA", "ZZZ"), *(f"N{n}A" for n in range(60)), "abc"],
            "price": PRICES,
        },
        may={"discount": [*PRICES, None], "summary": [*WORDS, None]},
        references={"shopId": "shop!", "makerId": "supplier", "categoryId": "category"},
        lists={"tagIds": "tag", "partIds": "article"},
        members={"tags": ("tag", "+-L")},
        under={"shop": "articles", "supplier": "supplied"},
        filters={
            "priceGe": ["0", "1.00", "999999.99", "1e3"],
            "priceLt": ["0", "1", "1000"],
            "shopId": "shop",
            "makerId": "supplier",
            "makerIdNe": "supplier",
            "makerIdIn": "supplier",
            "makerIdIsNull": ["true", "false"],
            "shopCity": WORDS,
            "shopCityIn": WORDS,
            "shopCityContains": WORDS,
            "makerRatingGe": ["0", "50", "101"],
            "tagIdsAny": "tag",
            "tagIdsAll": "tag",
            "tagIdsNone": "tag",
            "partIdsAny": "article",
            "q": [*WORDS, "ab", "AB c", "\U0010ffff a"],
        },
        sort=["price", "-price", "title", "-title"],
        expand=["shop", "maker"],
        fixed=["shopId", "partIds"],
    ),
    "stock": Kind(
        "/v1/stock-levels",
        "uuid",
        "CLRUBX",
        may={"onHand": COUNTS, "reserved": COUNTS},
        references={"articleId": "article!", "shopId": "shop!"},
        filters={"availableGe": ["-10000", "0", "1"], "articlePriceLt": ["1", "1000"]},
        sort=["available", "-available"],
    ),
    "warranty": Kind(
        "/v1/warranties",
        "uuid",
        "CLRPUDBX",
        must={"id": [f"{n:08x}-0000-4000-8000-00000000000B" for n in range(9)]},
        may=DATED,
        references={"articleId": "article!", "eventId": "event", "ticketId": "ticket"},
        filters={"eventId": "event", "ticketIdIsNull": ["true", "false"]},
        sort=["createdAt", "-createdAt"],
        expand=["article"],
        fixed=["id"],
    ),
    "order": Kind(
        "/v1/orders",
        "integer",
        "CLRPDBX",
        must={
            "id": [1, 2, 3, 4, 5, 2**53 - 1, 2**53],
            "buyer": [*WORDS, "Nobody", "ANONYMOUS", "nobod\u0131"],
        },
        may={**DATED, "status": ["draft", "done", "in-transit"]},
        fixed=["id"],
    ),
    "line": Kind(
        "/v1/order-lines",
        "uuid",
        "CLPD",
        must={"quantity": [1, 2, 1000, 1001, 0], "unitPrice": PRICES},
        references={"orderId": "order!", "articleId": "article!"},
        under={"order": "lines"},
        filters={"articleShopId": "shop"},
        sort=["id", "-id"],
        fixed=["orderId"],
    ),
}
