"""Pages by cursor hold every row once and in order, also where most rows tie."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from tests.parity.twin import Twin
from tests.parity.values import VALUES

ROWS = 40
FIELDS = ("label", "whole", "real", "money", "flag", "day", "moment", "opens", "runs", "mode")
SAME_NAME = {"money": "middle"}
SORTS = [
    *([name] for name in FIELDS),
    ["flag", "mode"],
    ["day", "label"],
    ["flag", "whole", "real", "label"],
    [],
]


@pytest.fixture(scope="module")
def marks(extremes: Twin) -> Twin:
    """Fill both databases with few different values, from the edges of every type."""
    chosen = random.Random(4)
    values = {name: [sent for sent, _ in VALUES[SAME_NAME.get(name, name)]][:4] for name in FIELDS}
    for _ in range(ROWS):
        body = {name: chosen.choice(values[name]) for name in FIELDS}
        extremes.create("/marks", body)
    return extremes


def walk(both: Twin, size: int, **params: str | list[str]) -> list[dict[str, Any]]:
    """Follow the cursors to the end."""
    rows: list[dict[str, Any]] = []
    given: dict[str, str | list[str]] = {**params, "page_size": str(size)}
    while True:
        answer = both.send("GET", "/marks", params=given, expect=200)
        page = answer.json
        assert len(page["items"]) <= size
        rows += page["items"]
        if page["next_cursor"] is None:
            assert answer.header("x-total-count") == str(len(rows))
            return rows
        given["cursor"] = page["next_cursor"]


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("sort", SORTS, ids=",".join)
def test_pages_join_to_the_whole(marks: Twin, sort: list[str], sign: str) -> None:
    """Pages of seven are what one page of all rows is, on both databases."""
    params = {"sort": [f"{sign}{name}" for name in sort]} if sort else {}
    whole = walk(marks, 100, **params)
    assert len(whole) == ROWS
    assert walk(marks, 7, **params) == whole


def test_filters_hold_on_every_page(marks: Twin) -> None:
    """What a filter leaves out is on no page, and the total counts what it leaves."""
    rows = walk(marks, 100, sort=["whole"])
    for value in {row["whole"] for row in rows}:
        found = walk(marks, 2, sort=["label"], whole_ge=str(value), whole_lt="9007199254740991")
        assert sorted(row["id"] for row in found) == sorted(
            row["id"] for row in rows if value <= row["whole"] < 9007199254740991
        )


def test_pages_after_deletes_and_creates(marks: Twin) -> None:
    """Rows that come and go elsewhere move no page's begin; nothing is shown twice."""
    sort = ["flag"]
    before = walk(marks, 100, sort=sort)
    first = marks.page("/marks", sort=sort, page_size="10")
    last = first["items"][-1]
    for row in (first["items"][0], last):
        marks.send("DELETE", f"/marks/{row['id']}", expect=204)
    marks.create("/marks", {"label": "late", "flag": True})
    rest = walk_from(marks, first["next_cursor"], sort)
    assert [row["id"] for row in rest][:-1] == [row["id"] for row in before[10:]]
    assert rest[-1]["label"] == "late"
    for row in (first["items"][0], last):
        marks.create("/marks", {name: row[name] for name in FIELDS})
    marks.send("DELETE", f"/marks/{rest[-1]['id']}", expect=204)


def walk_from(both: Twin, cursor: str | None, sort: list[str]) -> list[dict[str, Any]]:
    """Follow the cursors from one on."""
    rows: list[dict[str, Any]] = []
    while cursor is not None:
        page = both.page("/marks", sort=sort, cursor=cursor, page_size="10")
        rows += page["items"]
        cursor = page["next_cursor"]
    return rows


def test_a_cursor_of_another_sort_is_unknown(marks: Twin) -> None:
    """Every pair of different sorts: 404, and 422 where directions are mixed."""
    cursors = {
        name: marks.page("/marks", sort=[name])["next_cursor"]
        for name in ("label", "-label", "day")
    }
    for name, other in itertools.permutations(cursors, 2):
        params = {"sort": [name], "cursor": cursors[other]}
        marks.send("GET", "/marks", params=params, expect=404)
    marks.send("GET", "/marks", params={"sort": ["label", "-day"]}, expect=422)
