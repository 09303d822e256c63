"""What one walk may miss: searches by every word, and the ends of limits, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.parity.exact import ExactTwin, exact_twin
from tests.services import EVERYTHING

CITIES = [
    *("a", "A", "aB", "Ab c", "ab  cd", "%", "_", "\\", "a%b", "a_b", "100%", "\\\\", "'", "$1?"),
    *("é", "É", "e\u0301", "İ", "ı", "K", "k", "\u212a", "ß", "SS", "ſ", "\u03c2", "\u03a3"),
    *("\ud7ff", "\ue000", "\ufffe", "\U00010000", "\U0010ffff", "\U0001f468\u200d\U0001f469"),
    *("a\u00a0b", "a\u2028b", "a\tb", "\x01", "\x7f", "x" * 40, "\U0010ffff" * 40),
]
BLANKS = re.compile(r"[ \t\n\r\f\v]")
QUESTIONS = [
    *CITIES,
    *("b a", "cd ab", "a b c d", "AB CD", "a a a", "% _", "\\ a", "\U0010ffff x", "\t", "z"),
]


@pytest.fixture
def both(
    fresh_sqlite_url: str, fresh_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ExactTwin]:
    """Run the service that uses every word of the language, under one clock."""
    with exact_twin(EVERYTHING, fresh_sqlite_url, fresh_postgres_url, monkeypatch) as opened:
        yield opened


def folded(text: str) -> str:
    """Ignore the case of ASCII alone."""
    return "".join(one.lower() if one.isascii() else one for one in text)


def test_search(both: ExactTwin) -> None:
    """Every word is in one of the fields; ASCII blanks part words; no letter means another."""
    shops = []
    for at, city in enumerate(CITIES):
        body = {"title": f"T{at} {CITIES[-1 - at][:20]}", "city": city}
        shops.append(both.create("/v1/shops", body))
    for asked in QUESTIONS:
        words = [folded(word) for word in BLANKS.split(asked) if word]
        meant = [
            shop["id"]
            for shop in shops
            if all(word in folded(shop["title"]) or word in folded(shop["city"]) for word in words)
        ]
        found = both.rows("/v1/shops", q=asked, pageSize="100")
        assert [shop["id"] for shop in found] == meant, asked


def test_more_members_than_a_relation_holds(both: ExactTwin) -> None:
    """The one that is too many is a conflict; one that is there already is none."""
    both.create("/v1/countries", {"code": "DE", "name": "d"})
    supplier = both.create("/v1/suppliers", {"title": "s", "countryId": "DE"})["id"]
    visits = [both.create("/v1/visits", {"page": "p"})["id"] for _ in range(4)]
    path = f"/v1/suppliers/{supplier}"
    for visit in [*visits[:3], visits[0].upper()]:
        both.send("PUT", f"{path}/visits/{visit}", expect=204)
    problem = both.send("PUT", f"{path}/visits/{visits[3]}", expect=409).json
    assert problem["type"] == "/problems/too-many-members"
    read = both.send("GET", path, expect=200)
    assert (read.json["seenIn"], read.json["version"]) == (sorted(visits[:3]), 4)
    two = [visits[3], visits[3].upper(), visits[1]]
    change = both.send("PATCH", path, json_body={"seenIn": two}, expect=200).json
    assert change["seenIn"] == [visits[1], visits[3]]
    both.send("DELETE", f"/v1/visits/{visits[3]}", expect=204)
    assert both.send("GET", path, expect=200).json["seenIn"] == [visits[1]]


def test_deletes_in_every_way(both: ExactTwin) -> None:
    """Restricted, cascading, setting null and taking links: the same rows are left on both."""
    for slug in ("sale", "new"):
        both.create("/v1/tags", {"slug": slug})
    shop = both.create("/v1/shops", {"title": "t", "city": "c"})["id"]
    top = both.create("/v1/categories", {"title": "top"})["id"]
    under = both.create("/v1/categories", {"title": "under", "parentId": top})["id"]
    body = {"title": "t", "code": "AAA", "price": "5", "shopId": shop, "categoryId": under}
    article = both.create("/v1/articles", {**body, "tagIds": ["new", "sale"]})
    path = f"/v1/articles/{article['id']}"
    both.send("POST", "/v1/tags:bulk-delete", json_body={"ids": ["new", "none"]}, expect=200)
    read = both.send("GET", path, expect=200).json
    assert (read["tagIds"], read["version"]) == (["sale"], 2)
    both.send("DELETE", f"/v1/categories/{top}", expect=204)
    both.send("GET", f"/v1/categories/{under}", expect=404)
    read = both.send("GET", path, expect=200).json
    assert (read["categoryId"], read["version"]) == (None, 3)
    both.send("DELETE", f"/v1/shops/{shop}", expect=409)
    key = "00000000-0000-4000-8000-000000000001"
    both.create("/v1/orders", {"id": 1, "buyer": "b"})
    line = {"orderId": 1, "articleId": article["id"], "quantity": 2, "unitPrice": "0.5"}
    assert both.create("/v1/order-lines", line)["total"] == "1.00"
    both.create("/v1/warranties", {"id": key, "articleId": article["id"]})
    stock = {"articleId": article["id"], "shopId": shop, "onHand": 4, "reserved": 2}
    both.create("/v1/stock-levels", stock)
    problem = both.send("DELETE", path, expect=409).json
    assert problem["type"] == "/problems/still-referenced"
    both.send("GET", f"/v1/warranties/{key}", expect=200)
    both.send("DELETE", "/v1/orders/1", expect=204)
    assert both.page("/v1/order-lines")["items"] == []
    both.send("DELETE", path, headers={"If-Match": '"2"'}, expect=412)
    both.send("DELETE", path, headers={"If-Match": '"3"'}, expect=204)
    both.send("GET", f"/v1/warranties/{key}", expect=404)
    assert both.rows("/v1/stock-levels") == []
    both.create("/v1/articles", {**body, "categoryId": None})
    both.send("DELETE", f"/v1/shops/{shop}", expect=409)
    both.send("DELETE", "/v1/articles/2", expect=204)
    both.send("DELETE", f"/v1/shops/{shop}", expect=204)
