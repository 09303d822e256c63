"""Filters with every operator, sorts, pages by number, counts and links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.services import EVERYTHING, client

from .samples import SAMPLES, sample

TOKEN = "00000000-0000-4000-8000-00000000000"
ROWS: list[dict[str, object]] = [
    {"level": -5, "rating": 0, "amount": "0", "day": "2024-01-01", "opens": "00:00:00"},
    {"level": 0, "rating": 2.5, "amount": "1.50", "day": None, "opens": "12:00:00"},
    {"level": 3, "rating": 2.5, "amount": "10.00", "day": "2024-01-02", "status": "done"},
    {"level": 5, "rating": 5, "amount": "9.99", "day": "2024-01-01", "active": False},
]
NAMES = ["a", "aB", "b%_\\", "B"]
MORE: list[dict[str, object]] = [
    {"runs": "PT0S", "contact": "ann@example.org", "body": "Some tools."},
    {"runs": "PT5M", "homePage": "https://example.org/x", "colour": "green"},
    {"runs": "PT5M0.000001S", "contact": "bob@example.org", "body": ""},
    {"runs": "P1D", "moment": "2020-01-01T00:00:00Z", "status": "in-transit"},
]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Talk to a service with four samples: their keys are 1 to 4."""
    file = tmp_path_factory.mktemp("lists") / "everything.db"
    with client(EVERYTHING, f"sqlite+aiosqlite:///{file}") as http:
        for number, (name, row, more) in enumerate(zip(NAMES, ROWS, MORE, strict=True), start=1):
            body = {
                "name": name,
                "token": f"{TOKEN}{number}",
                "moment": f"2025-01-0{number}T00:00:00Z",
            }
            answer = http.post(SAMPLES, json=sample(**(body | row | more)))
            assert answer.json()["id"] == number
        yield http


def keys(http: TestClient, query: str, path: str = SAMPLES) -> list[Any]:
    """List the keys that a query finds."""
    answer = http.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=a", {1}),
        ("name=A", set()),
        ("nameNe=a", {2, 3, 4}),
        ("nameIn=a&nameIn=B&nameIn=c", {1, 4}),
        ("nameGt=a", {2, 3}),
        ("nameGe=a", {1, 2, 3}),
        ("nameLt=a", {4}),
        ("nameLe=a", {1, 4}),
        ("namePrefix=a", {1, 2}),
        ("namePrefix=b%25_", {3}),
        ("namePrefix=%25", set()),
        ("nameContains=B", {2, 4}),
        ("nameContains=_", {3}),
        ("nameContains=%5C", {3}),
        ("level=-5", {1}),
        ("levelNe=0", {1, 3, 4}),
        ("levelIn=0&levelIn=3", {2, 3}),
        ("levelIn=7", set()),
        ("levelGt=0&levelLt=5", {3}),
        ("levelGe=0&levelLe=3", {2, 3}),
        ("ratingGt=0&ratingLt=5", {2, 3}),
        ("ratingGe=2.5&ratingLe=25e-1", {2, 3}),
        ("amount=1.5", {2}),
        ("amountIn=10&amountIn=9.99", {3, 4}),
        ("amountGe=9.99", {3, 4}),
        ("amountLt=9.99", {1, 2}),
        ("active=false", {4}),
        ("active=true", {1, 2, 3}),
        ("day=2024-01-01", {1, 4}),
        ("dayIsNull=true", {2}),
        ("dayIsNull=false", {1, 3, 4}),
        ("momentGe=2025-01-02T00:00:00Z", {2, 3}),
        ("momentLt=2025-01-01T01:00:00%2B01:00", {4}),
        ("opens=12:00:00.000", {2}),
        ("opensLe=11:59:59", {1}),
        ("runsGt=PT5M", {3, 4}),
        ("runsGt=PT300S", {3, 4}),
        (f"token={TOKEN}2", {2}),
        (f"tokenIn={TOKEN}2&tokenIn={TOKEN}4", {2, 4}),
        ("contact=ann@example.org", {1}),
        ("contactPrefix=bob", {3}),
        ("contactIsNull=true", {2, 4}),
        ("homePageContains=org/x", {2}),
        ("status=done", {3}),
        ("statusIn=done&statusIn=draft", {1, 2, 3}),
        ("statusNe=done", {1, 2, 4}),
        ("colour=green", {2}),
        ("bodyContains=tools", {1}),
        ("bodyContains=TOOLS", set()),
        ("bodyIsNull=true", {2, 4}),
        ("bodyIsNull=false", {1, 3}),
        ("createdAtGe=2020-01-01T00:00:00Z", {1, 2, 3, 4}),
        ("createdAtLt=2020-01-01T00:00:00Z", set()),
        ("level=0&dayIsNull=true&active=true&namePrefix=a", {2}),
        ("level=0&active=false", set()),
    ],
)
def test_filters(listed: TestClient, query: str, found: set[int]) -> None:
    """All must hold; text by code point, nulls by name."""
    assert set(keys(listed, query)) == found
    assert listed.get(f"{SAMPLES}?{query}").headers["x-total-count"] == str(len(found))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=name", [4, 1, 2, 3]),
        ("sort=-name", [3, 2, 1, 4]),
        ("sort=level", [1, 2, 3, 4]),
        ("sort=-amount", [3, 4, 2, 1]),
        ("sort=day", [1, 4, 3, 2]),
        ("sort=-day", [2, 3, 4, 1]),
        ("sort=-day&sort=name", [2, 3, 4, 1]),
        ("sort=day&sort=-name", [1, 4, 3, 2]),
        ("sort=createdAt", [1, 2, 3, 4]),
        ("", [4, 3, 2, 1]),
    ],
)
def test_sorts(listed: TestClient, query: str, found: list[int]) -> None:
    """Nulls last ascending and first descending; ties by the key, in the last term's direction."""
    assert keys(listed, query) == found


def test_pages_by_number(listed: TestClient) -> None:
    """A JSON array each, with links and a count of all."""
    query = "sort=level&pageSize=3"
    first, second = (listed.get(f"{SAMPLES}?{query}&page={page}") for page in (1, 2))
    assert ([row["id"] for row in first.json()], [row["id"] for row in second.json()]) == (
        [1, 2, 3],
        [4],
    )
    assert first.headers["x-total-count"] == second.headers["x-total-count"] == "4"
    start = f"<{SAMPLES}?{query}&page="
    assert first.headers["link"] == f'{start}1>; rel="first", {start}2>; rel="next"'
    assert second.headers["link"] == f'{start}1>; rel="first", {start}1>; rel="prev"'
    beyond = listed.get(f"{SAMPLES}?{query}&page=9")
    assert (beyond.json(), beyond.headers["x-total-count"]) == ([], "4")


def test_links_lead_through_all_pages(listed: TestClient) -> None:
    """Filters and sort go with them."""
    following: str | None = f"{SAMPLES}?statusNe=done&nameGe=%20%26&sort=-name&pageSize=1"
    found = []
    while following is not None:
        answer = listed.get(following)
        found += [row["id"] for row in answer.json()]
        following = answer.links.get("next", {}).get("url")
    assert found == [2, 1, 4]


def test_the_size_of_a_page(listed: TestClient) -> None:
    """It has a default, and a bound."""
    assert len(keys(listed, "page=1")) == 4
    assert listed.get(f"{SAMPLES}?pageSize=50").status_code == 200
    assert listed.get(f"{SAMPLES}?pageSize=51").status_code == 422
    assert listed.get(f"{SAMPLES}?page=100001").status_code == 422
