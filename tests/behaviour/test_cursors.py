"""Pages by cursor."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.services import EVERYTHING, client

from .samples import EVENTS, SAMPLES

SORTS = ["", "&sort=kind", "&sort=-kind", "&sort=kind&sort=createdAt", "&sort=-createdAt"]


@pytest.fixture
def http(tmp_path: Path) -> Iterator[TestClient]:
    """Talk to a service without rows."""
    with client(EVERYTHING, f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as opened:
        yield opened


def create(http: TestClient, number: int, kind: str = "x") -> str:
    """Create an event whose key has a place in the order of keys."""
    key = f"00000000-0000-4000-8000-{number:012}"
    answer = http.post(EVENTS, json={"id": key, "kind": kind})
    assert answer.status_code == 201
    return key


def delete(http: TestClient, key: str) -> None:
    """Delete an event behind the service's back, since it has no such endpoint."""
    app: Any = http.app
    assert http.portal is not None
    http.portal.call(app.state.database.write, "DELETE FROM events WHERE id = ?", (key,))


def pages(http: TestClient, query: str) -> Iterator[list[str]]:
    """Follow cursors from the first page to the last."""
    cursor = ""
    while True:
        page = http.get(f"{EVENTS}?{query}{cursor}").json()
        assert page.keys() == {"items", "nextCursor"}
        yield [row["id"] for row in page["items"]]
        if page["nextCursor"] is None:
            return
        cursor = f"&cursor={page['nextCursor']}"


@pytest.mark.parametrize("sort", SORTS)
def test_pages_are_stable_while_other_rows_come_and_go(http: TestClient, sort: str) -> None:
    """What is there throughout is seen once and in order; so is every page without a change."""
    stay: list[str] = []
    leave: list[str] = []
    for number in range(1000, 1030):
        (leave if number % 2 else stay).append(create(http, number, "abc"[number % 7 % 3]))
    order = [key for page in pages(http, f"pageSize=20{sort}") for key in page]
    assert sorted(order) == sorted(stay + leave)
    seen: list[str] = []
    for number, page in enumerate(pages(http, f"pageSize=4{sort}")):
        seen += page
        create(http, number, "a")  # before all others, and after them
        create(http, 2000 + number, "c")
        gone = next((key for key in reversed(page) if key in leave), leave[0])
        delete(http, gone)
        leave.remove(gone)
    assert len(seen) == len(set(seen))
    assert [key for key in seen if key in stay] == [key for key in order if key in stay]


def test_a_page_says_where_the_next_begins(http: TestClient) -> None:
    """Null on the last page, also where it is full; a cursor is short."""
    first, second = create(http, 1), create(http, 2)
    assert list(pages(http, "pageSize=1")) == [[first], [second]]
    assert list(pages(http, "pageSize=2")) == [[first, second]]
    assert list(pages(http, f"id={second}")) == [[second]]
    assert len(http.get(f"{EVENTS}?pageSize=1").json()["nextCursor"]) < 150


def test_a_cursor_belongs_to_its_sort(http: TestClient) -> None:
    """404 for another one, 422 for what is none."""
    for number in range(3):
        create(http, number)
    cursor = http.get(f"{EVENTS}?pageSize=1&sort=kind").json()["nextCursor"]
    assert http.get(f"{EVENTS}?sort=kind&cursor={cursor}").status_code == 200
    for query in ("", "sort=-kind&", "sort=kind&sort=createdAt&"):
        answer = http.get(f"{EVENTS}?{query}cursor={cursor}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-cursor")
    assert http.get(f"{EVENTS}?cursor=a.b").status_code == 422
    assert http.get(f"{EVENTS}?sort=kind&sort=-createdAt").status_code == 422


def test_a_cursor_that_somebody_changed(http: TestClient) -> None:
    """Whichever character it is: another page or 404, never 5xx."""
    for number in range(3):
        create(http, number, "kind")
    cursor = http.get(f"{EVENTS}?pageSize=1&sort=kind").json()["nextCursor"]
    statuses = set()
    for at in range(len(cursor)):
        for letter in "A0_":
            changed = cursor[:at] + letter + cursor[at + 1 :]
            statuses.add(http.get(f"{EVENTS}?sort=kind&cursor={changed}").status_code)
    assert statuses == {200, 404}


FORGED: list[object] = [
    *(None, True, 0, -1.5, 2**63, 10**40, float("inf"), "", "a", "\0", "\ud800", "2024-02-30"),
    *("0001-01-01T00:00:00+23:59", "2024-01-01T00:00:00Z", "x" * 200, [], {}, [1], ["a"]),
]


@pytest.mark.parametrize("sort", ["kind", "-createdAt"])
def test_a_cursor_that_somebody_made(http: TestClient, sort: str) -> None:
    """Its values are checked as those of filters are: a page or 404, never 5xx."""
    for number in range(3):
        create(http, number)
    cursor = http.get(f"{EVENTS}?pageSize=1&sort={sort}").json()["nextCursor"]
    version, digest, values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    changed = [[*values[:at], one, *values[at + 1 :]] for at in range(2) for one in FORGED]
    for forged in [*changed, *([one] for one in FORGED), [], values * 2, "ab", {"0": 1}, None]:
        text = json.dumps([version, digest, forged]).encode()
        cursor = urlsafe_b64encode(text).decode().rstrip("=")
        answer = http.get(f"{EVENTS}?sort={sort}&cursor={cursor}")
        assert answer.status_code in (200, 404), forged
    for outer in (None, [], [version, digest], [9, digest, values], [version, "x", values], "abc"):
        cursor = urlsafe_b64encode(json.dumps(outer).encode()).decode().rstrip("=")
        assert http.get(f"{EVENTS}?sort={sort}&cursor={cursor}").status_code == 404


def test_an_empty_list(http: TestClient) -> None:
    """Of both styles."""
    assert http.get(EVENTS).json() == {"items": [], "nextCursor": None}
    answer = http.get(SAMPLES)
    assert (answer.json(), answer.headers["x-total-count"]) == ([], "0")
    assert answer.headers["link"] == f'<{SAMPLES}?page=1>; rel="first"'
