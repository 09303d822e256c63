"""Items whose rows are there already: kept in their place where the spec says so."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.testclient import TestClient

from tests.services import async_client

from .bulks import BULK, PARTS, WORDS, part, send, total
from .related import conflict, make

TALLIES = "/tallies:bulk-create"
PATIENT = {"pool_timeout": 60, "busy_timeout": 60}


def test_rows_that_are_kept(bulk: TestClient) -> None:
    """A kept row stands in its place as it is stored; equal items are one row; a null is none."""
    there = make(bulk, "/words", text="tree", lang="en", note="old")
    none = make(bulk, "/words", text="tree", note="no language")
    made = send(
        bulk,
        WORDS,
        {"text": "house", "lang": "en", "note": "first"},
        {"text": "tree", "lang": "en", "note": "new"},
        {"text": "house", "lang": "en", "note": "second"},
        {"text": "tree"},
        {"text": "tree"},
        {"text": "tree", "lang": "de"},
    )
    assert made[1] == there
    assert made[0] == made[2]
    assert (made[0]["note"], made[5]["lang"]) == ("first", "de")
    assert len({row["id"] for row in [*made, none]}) == 6


def test_other_sets_are_refused(bulk: TestClient) -> None:
    """Only what `on_conflict` names is kept; a kept item's other values are in nobody's way."""
    there = make(bulk, "/words", text="stone", lang="en", code="ST")
    before = total(bulk, "/words")
    items: list[dict[str, object]] = [
        {"text": "stone", "lang": "en", "code": "st"},
        {"text": "rock", "lang": "en", "code": "st"},
    ]
    problem = conflict(bulk.post(WORDS, json={"items": items}), "unique-taken", index=1)
    assert (problem["constraint"], problem["key"]) == ("code", there["id"])
    assert total(bulk, "/words") == before
    assert send(bulk, WORDS, items[0]) == [there]


def test_counts(bulk: TestClient) -> None:
    """How many were made and how many were there; the items are not answered."""
    items = [{"id": at, "name": f"n{at}"} for at in (1, 2, 3)]
    answer = bulk.post(TALLIES, json={"items": items})
    assert (answer.status_code, answer.json()) == (201, {"created": 3, "kept": 0})
    again = [*items, {"id": 4, "name": "N1"}, {"id": 1, "name": "other"}, {"id": 5, "name": "n5"}]
    assert bulk.post(TALLIES, json={"items": again}).json() == {"created": 1, "kept": 5}
    assert [row["id"] for row in bulk.get("/tallies").json()] == [1, 2, 3, 5]


@pytest.mark.anyio
async def test_two_requests_with_the_same_items(database_url: str) -> None:
    """Whoever comes second keeps what the first has made; refused, it is all of one request."""
    async with async_client(BULK, database_url, settings=PATIENT) as (http, _):
        words = [{"text": f"w{at}", "lang": "en"} for at in range(50)]
        orders = [words, words[::-1], words[25:] + words[:25], words[:30]]
        answers = await asyncio.gather(*(http.post(WORDS, json={"items": one}) for one in orders))
        assert [answer.status_code for answer in answers] == [201] * 4
        rows = [row for answer in answers for row in answer.json()["items"]]
        assert len({json.dumps(row) for row in rows}) == 50
        for order, answer in zip(orders, answers, strict=True):
            assert [row["text"] for row in answer.json()["items"]] == [one["text"] for one in order]

        parts = [part() for _ in range(20)]
        ways = [[part(), *parts], [*parts[::-1], part()]]
        answers = await asyncio.gather(*(http.post(PARTS, json={"items": one}) for one in ways))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        (lost,) = [answer.json() for answer in answers if answer.status_code == 409]
        assert len(lost["conflicts"]) == 20
        assert (await http.get("/parts")).headers["x-total-count"] == "21"
