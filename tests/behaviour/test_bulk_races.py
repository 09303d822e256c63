"""Bulk requests beside each other, and bulk requests that are cut short."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import httpx2
import pytest

from tests.services import async_client

from .bulks import BULK, PARTS, WORDS, part
from .related import Answered

pytestmark = pytest.mark.anyio

CLIENTS = 6
LABELS = """
spec: 1
service: {name: labels, version: 1.0.0}
resources:
  Label:
    fields:
      name: {type: string(1..20), unique: true}
      code: {type: string(1..20), unique: true}
    endpoints:
      list: {page: {count: true}}
      bulk_create: {max: 200, on_conflict: {name: keep, code: keep}}
"""


CHANCE = random.Random(1)


def shuffled(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put items into an order of their own."""
    return CHANCE.sample(items, len(items))


async def all_at_once(
    http: httpx2.AsyncClient, path: str, orders: list[list[dict[str, Any]]]
) -> list[list[Answered]]:
    """Send the same items in several orders; all are answered."""
    answers = await asyncio.gather(*(http.post(path, json={"items": one}) for one in orders))
    assert [answer.status_code for answer in answers] == [201] * len(orders)
    return [answer.json()["items"] for answer in answers]


async def test_the_same_rows_in_different_orders(database_url: str) -> None:
    """Nobody waits for somebody who waits for him; each is answered in his own order."""
    async with async_client(BULK, database_url) as (http, _):
        words = [{"text": f"w{at}", "lang": "en", "code": f"c{at}"} for at in range(100)]
        orders = [shuffled(words) for _ in range(CLIENTS)]
        made = await all_at_once(http, WORDS, orders)
        for order, rows in zip(orders, made, strict=True):
            assert [row["text"] for row in rows] == [one["text"] for one in order]
        assert len({row["id"] for rows in made for row in rows}) == 100


async def test_sets_whose_orders_are_opposite(database_url: str) -> None:
    """No order suits several sets: the victim of a deadlock tries again."""
    async with async_client(LABELS, database_url) as (http, _):
        ways = [{"name": f"n{at:03}", "code": f"c{at:03}"} for at in range(50)]
        other = [{"name": f"n{at:03}", "code": f"c{49 - at:03}"} for at in range(50, 100)]
        crossed = [{"name": f"m{49 - at:03}", "code": f"c{at:03}"} for at in range(50)]
        orders = [shuffled(ways + other), shuffled(crossed), shuffled(crossed[::-1])] * 2
        await all_at_once(http, "/labels:bulk-create", orders)


async def test_parents_in_different_orders(database_url: str) -> None:
    """Rows and the deletion of what they refer to do not lock each other out."""
    async with async_client(BULK, database_url) as (http, _):
        answers = [await http.post("/places", json={}) for _ in range(20)]
        places = [answer.json()["id"] for answer in answers]
        marks = [(await http.post("/marks", json={})).json()["id"] for _ in range(3)]
        orders = [
            [part(place_id=place, mark_ids=marks) for place in CHANCE.sample(places, 20)]
            for _ in range(CLIENTS)
        ]
        await all_at_once(http, PARTS, orders)


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
async def test_a_time_out_leaves_all_or_nothing(database_url: str, share: float) -> None:
    """Whenever it strikes: all rows are there, and answered; or none is, and it is a 503."""
    settings = {"statement_timeout": share * await seconds_of_all(database_url)}
    async with async_client(BULK, database_url, settings=settings) as (http, _):
        before = await count(http)
        answer = await http.post(PARTS, json={"items": many()})
        await asyncio.sleep(0.1)
        assert answer.status_code in (201, 503)
        assert await count(http) == before + (MANY if answer.status_code == 201 else 0)


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
async def test_a_client_that_leaves_leaves_all_or_nothing(database_url: str, share: float) -> None:
    """Once the request has ended, nothing more is written."""
    seconds = await seconds_of_all(database_url)
    async with async_client(BULK, database_url) as (http, _):
        before = await count(http)
        request = asyncio.create_task(http.post(PARTS, json={"items": many()}))
        await asyncio.sleep(share * seconds)
        request.cancel()
        await asyncio.gather(request, return_exceptions=True)
        after = await count(http)
        assert after - before in (0, MANY)
        await asyncio.sleep(0.1)
        assert await count(http) == after


MANY = 2_000


def many() -> list[dict[str, object]]:
    """Make thousands of items."""
    return [part() for _ in range(MANY)]


async def seconds_of_all(database_url: str) -> float:
    """Measure how long thousands of items take."""
    clock = asyncio.get_running_loop().time
    async with async_client(BULK, database_url) as (http, _):
        began = clock()
        assert (await http.post(PARTS, json={"items": many()})).status_code == 201
        return clock() - began


async def count(http: httpx2.AsyncClient) -> int:
    """Count the parts that are there."""
    for _ in range(20):
        answer = await http.get("/parts", params={"page_size": 1})
        # A time-out that is short for a write can be short for a read on a busy machine.
        if answer.status_code != 503:
            break
    return int(answer.headers["x-total-count"])
