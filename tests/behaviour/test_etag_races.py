"""Writes of every kind to one row at once, by clients that have read the same version of it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from uuid import UUID

import httpx2
import pytest

from tests.services import async_client

from .test_etags import ETAGS, ITEMS

pytestmark = pytest.mark.anyio

WRITERS = 4
"""So many of each kind."""
SPREADS = [at / 1000 for at in range(24)]
"""Seconds within which they begin, by round: no kind is always the first at the database."""

CHANCE = random.Random(1)

Bodies = Mapping[str, object]
"""What is sent, by method."""


async def race(
    http: httpx2.AsyncClient, path: str, tag: str, bodies: Bodies, spread: float
) -> tuple[str, httpx2.Response]:
    """Write to a row by all methods at once; return that of the only winner, and its answer."""
    order = [*bodies] * WRITERS

    async def write(method: str) -> httpx2.Response:
        await asyncio.sleep(CHANCE.uniform(0, spread))
        return await http.request(method, path, json=bodies[method], headers={"If-Match": tag})

    answers = list(zip(order, await asyncio.gather(*map(write, order)), strict=True))
    told = Counter((method, answer.status_code) for method, answer in answers)
    won = [one for one in answers if one[1].is_success]
    assert len(won) == 1, told
    refused = {404, 412} if won[0][0] == "DELETE" else {412}
    assert {answer.status_code for _, answer in answers if not answer.is_success} <= refused, told
    return won[0]


@pytest.mark.parametrize(
    ("rows", "whole", "bodies"),
    [
        (ITEMS, {"code": "c"}, {"PUT": {"code": "d"}, "PATCH": {"low": 1}, "DELETE": None}),
        ("/notes", {"id": str(UUID(int=7))}, {"PATCH": {"text": "x"}, "DELETE": None}),
    ],
    ids=["rows-that-others-refer-to", "rows-to-which-none-refers"],
)
async def test_one_writer_of_any_kind_wins(
    database_url: str, rows: str, whole: object, bodies: Bodies
) -> None:
    """One is answered 2xx, and that is stored; all others 412, or 404 where the row was deleted."""
    patient = {"pool_timeout": 60, "busy_timeout": 60}
    async with async_client(ETAGS, database_url, settings=patient) as (http, _):
        for spread in SPREADS:
            made = await http.post(rows, json=whole)
            path, tag = made.headers["location"], made.headers["etag"]
            method, answer = await race(http, path, tag, bodies, spread)
            stored = await http.get(path)
            if method == "DELETE":
                assert (answer.status_code, stored.status_code) == (204, 404)
                continue
            assert (answer.status_code, stored.json()) == (200, answer.json())
            assert stored.headers["etag"] == answer.headers["etag"] != tag
            assert (await http.delete(path)).status_code == 204
