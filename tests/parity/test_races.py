"""Creates of one sku at once: one wins, and all others are told whose it is."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from tests.parity.availability import PATH, catalog, product
from tests.services import CATALOG, served

pytestmark = pytest.mark.anyio

RIVALS = 50
PATIENT = {"pool_timeout": 60, "connect_timeout": 60, "busy_timeout": 60}
"""Who wins is what counts; on a busy machine the usual time-outs would answer some with 503."""


async def race(http: httpx2.AsyncClient) -> None:
    """Create the same thing fifty times at once."""
    answers = await asyncio.gather(*(http.post(PATH, json=product("ONE")) for _ in range(RIVALS)))
    (winner,) = [one for one in answers if one.status_code == 201]
    losers = [one for one in answers if one is not winner]
    assert {one.status_code for one in losers} == {409}, losers
    for one in losers:
        problem = one.json()
        assert problem["constraint"] == "sku"
        assert problem["fields"] == ["sku"]
        assert problem["key"] == winner.json()["id"]
    assert (await http.get(PATH)).json() == [winner.json()]


async def test_one_of_fifty_creates_wins(database_url: str) -> None:
    """In one process: one 201, forty-nine 409 with the key of the row in the way."""
    async with catalog(database_url, **PATIENT) as (http, _):
        await race(http)


async def test_one_of_fifty_creates_wins_across_workers(database_url: str) -> None:
    """The same between two processes, on one database."""
    environment = {f"CATALOG_{name.upper()}": str(value) for name, value in PATIENT.items()}
    with served(CATALOG, database_url, workers=2, environment=environment) as server:
        async with httpx2.AsyncClient(base_url=server.url, timeout=30) as http:
            await race(http)


async def test_deletes_and_creates_of_one_sku_never_clash_badly(database_url: str) -> None:
    """A row that comes and goes while others look for it costs no request a 500."""
    async with catalog(database_url, **PATIENT) as (http, _):

        async def come_and_go() -> set[int]:
            statuses = set()
            for _ in range(10):
                created = await http.post(PATH, json=product("ONE"))
                statuses.add(created.status_code)
                if created.status_code == 201:
                    gone = await http.delete(created.headers["Location"])
                    statuses.add(gone.status_code)
            return statuses

        seen = set().union(*await asyncio.gather(*(come_and_go() for _ in range(8))))
        assert seen <= {201, 204, 409}
        assert {201, 204} <= seen
