"""Search: every word occurs in one of the fields, and no character of a word means anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.services import client, compiled

from .related import Answered, make

SEARCH = """
spec: 1
service: {name: search, version: 1, wire: camel}
resources:
  Shop:
    fields: {name: string(..20) = shop}
    endpoints: [create]
  Thing:
    concurrency: etag
    soft_delete: true
    fields:
      title: string(..60)
      long_text: text?
      mail: email?
      level: {type: integer = 0, index: true}
    relations:
      shop: {to: Shop?, inverse: things}
    endpoints:
      create:
      list:
        search: [title, long_text, mail]
        filter: {level: [eq, ge]}
        sort: [level]
        under: [shop]
        page: {count: true, size: 50}
      delete:
  Entry:
    fields: {title: string(..60)}
    endpoints:
      create:
      list: {search: [title], page: {style: cursor, size: 2}}
  Plain:
    fields: {title: string(..60)}
    endpoints: [create, list]
"""

THINGS: list[dict[str, object]] = [
    {"title": "Blue widget", "longText": "Made of steel.", "mail": "sales@blue.example"},
    {"title": "Red WIDGET", "longText": None, "level": 1},
    {"title": "100% cotton_shirt", "longText": "back\\slash and 'quote' and \"quotes\""},
    {"title": "Straße Écluse", "longText": "İstanbul\nline two\ttabbed"},
    {"title": "ECLUSE strasse", "mail": "Info@Example.org"},
    {"title": "", "longText": "😀 smile e\u0301"},
    {"title": "100 percent", "longText": "cottonXshirt * ? [a-z] ^$ (x) .+ ;--"},
]


@pytest.fixture(scope="module")
def search(module_database_url: str) -> Iterator[TestClient]:
    """Talk to a service that searches, on each database in turn."""
    with client(SEARCH, module_database_url) as http:
        yield http


@pytest.fixture(scope="module")
def things(search: TestClient) -> list[Answered]:
    """Make things to be found."""
    return [make(search, "/things", **fields) for fields in THINGS]


def found(http: TestClient, things: list[Answered], q: str, **params: str | int) -> list[int]:
    """Search; return which things are found, and hold that so many are counted."""
    answer = http.get("/things", params={"q": q, **params})
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["x-total-count"]) == len(answer.json())
    order = {thing["id"]: at for at, thing in enumerate(things)}
    return [order[one["id"]] for one in answer.json()]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("widget", [0, 1]),
        ("WiDgEt", [0, 1]),
        ("idge", [0, 1]),
        ("blue widget", [0]),
        ("widget steel", [0]),
        ("  steel \t widget\n", [0]),
        ("widget widget", [0, 1]),
        ("steel red", []),
        ("blue.example", [0]),
        ("info@example.ORG ecluse", [4]),
        ("%", [2]),
        ("_", [2]),
        ("100%", [2]),
        ("cotton_", [2]),
        ("o_t", []),
        ("\\", [2]),
        ("'quote'", [2]),
        ('"quotes"', [2]),
        ("''", []),
        ("straße", [3]),
        ("STRAße", [3]),
        ("STRAẞE", []),
        ("strasse", [4]),
        ("Écluse", [3]),
        ("écluse", []),
        ("ecluse", [4]),
        ("ÉCLUSE", [3]),
        ("İstanbul", [3]),
        ("istanbul", []),
        ("two\ttabbed", [3]),
        ("😀", [5]),
        ("e\u0301", [5]),
        ("\u00e9", []),
        ("*", [6]),
        ("?", [6]),
        ("[a-z]", [6]),
        ("^$ .+ ;--", [6]),
        (".", [0, 4, 6]),
        ("null", []),
        ("a" * 200, []),
    ],
)
def test_words(search: TestClient, things: list[Answered], q: str, expected: list[int]) -> None:
    """Every word occurs somewhere, ASCII case ignored and nothing else; null holds no word."""
    assert found(search, things, q) == expected


def test_white_space_alone(search: TestClient, things: list[Answered]) -> None:
    """No word is looked for: every row is found."""
    assert found(search, things, "   ") == list(range(len(things)))


def test_with_the_rest_of_a_list(search: TestClient, things: list[Answered]) -> None:
    """Filters hold too, sorts order what is found, and pages cut it."""
    assert found(search, things, "widget", level=1) == [1]
    assert found(search, things, "widget", levelGe=2) == []
    assert found(search, things, "widget", sort="-level") == [1, 0]
    page = search.get("/things", params={"q": "widget", "pageSize": 1, "page": 2})
    assert [one["id"] for one in page.json()] == [things[1]["id"]]
    assert page.headers["x-total-count"] == "2"
    assert "q=widget" in page.headers["link"]


def test_links_carry_the_words(search: TestClient, things: list[Answered]) -> None:
    """Whatever the words are, a page's links lead to the pages of the same search."""
    made = [make(search, "/things", title="x 100%&y=é+\\") for _ in range(3)]
    params: dict[str, Any] = {"q": "100%&y=é+ x", "pageSize": 2}
    first = search.get("/things", params=params)
    assert [one["id"] for one in first.json()] == [one["id"] for one in made[:2]]
    after = search.get(first.links["next"]["url"])
    assert [one["id"] for one in after.json()] == [made[2]["id"]]
    for one in made:
        assert search.delete(f"/things/{one['id']}").status_code == 204


def test_dead_rows_are_not_found(search: TestClient, things: list[Answered]) -> None:
    """A row that was marked as deleted is in no search."""
    made = make(search, "/things", title="ephemeral")
    params = {"q": "ephemeral"}
    assert search.get("/things", params=params).json() == [made]
    search.delete(f"/things/{made['id']}")
    answer = search.get("/things", params=params)
    assert (answer.json(), answer.headers["x-total-count"]) == ([], "0")


def test_below_another_row(search: TestClient, things: list[Answered]) -> None:
    """A nested list is searched as the list is, among its own rows."""
    shop = make(search, "/shops")["id"]
    mine = make(search, "/things", title="nested widget", shopId=shop)
    make(search, "/things", title="nested other", shopId=shop)
    answer = search.get(f"/shops/{shop}/things", params={"q": "WIDGET"})
    assert answer.json() == [mine]
    search.delete(f"/things/{mine['id']}")


def test_pages_by_cursor(search: TestClient) -> None:
    """A search is walked page by page, and what is made meanwhile is found in its place."""
    made = [make(search, "/entries", title=f"entry {at % 2} _%") for at in range(10)]
    seen: list[Answered] = []
    params = {"q": "1 _%"}
    while True:
        page = search.get("/entries", params=params).json()
        seen += page["items"]
        if page["nextCursor"] is None:
            break
        params["cursor"] = page["nextCursor"]
        if len(seen) == 2:
            made.append(make(search, "/entries", title="late 1_%"))
            made.append(make(search, "/entries", title="late 1 _%"))
    assert seen == [*made[1:10:2], made[10], made[11]]


@pytest.mark.parametrize("q", ["", "a" * 201, "é" * 201, "a\0b"])
def test_what_breaks_the_contract(search: TestClient, q: str) -> None:
    """1 to 200 characters."""
    answer = search.get("/things", params={"q": q})
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [["query", "q"]]


def test_length_in_characters(search: TestClient) -> None:
    """Code points count, not bytes."""
    assert search.get("/things", params={"q": "😀" * 200}).status_code == 200


def test_one_search_at_a_time(search: TestClient) -> None:
    """`q` is given once, and only where the spec has a search."""
    assert search.get("/things?q=a&q=b").status_code == 422
    assert search.get("/plains?q=a").status_code == 422


def test_in_the_contract() -> None:
    """The parameter is documented with its bounds."""
    operation = compiled(SEARCH).contract()["paths"]["/things"]["get"]
    (q,) = [one for one in operation["parameters"] if one["name"] == "q"]
    assert (q["schema"]["minLength"], q["schema"]["maxLength"]) == (1, 200)
    assert q["required"] is False
