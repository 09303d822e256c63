"""The pitfall: one slow query in an `async def` handler stops the service for everybody.

Here every statement runs outside of the event loop, and so does the hashing of secrets.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request
from sqlalchemy import event

from tests.services import CATALOG, EVERYTHING, async_client

from .samples import SAMPLES, sample

SECONDS = 2
SLOW = {"sqlite": f"SELECT sleep({SECONDS})", "postgresql": f"SELECT pg_sleep({SECONDS})"}
PATH = "/catalog/products"
PATIENCE = 1.5
"""Seconds: less than the slow work takes, and far more than a read does on a busy machine."""


def slow_router() -> APIRouter:
    """Make a router as a team would, whose one operation runs a slow query."""
    router = APIRouter()

    @router.get("/report")
    async def report(request: Request) -> int:
        database = request.app.state.database
        return len(await database.read(SLOW[database.dialect], ()))

    return router


async def teach_to_sleep(app: FastAPI) -> None:
    """Give SQLite the function that PostgreSQL has; connections are opened anew to learn it."""
    engine = app.state.database.engine
    if app.state.database.dialect == "sqlite":
        event.listen(
            engine.sync_engine,
            "connect",
            lambda connection, _: connection.create_function("sleep", 1, time.sleep),
        )
        await engine.dispose()


async def slowest_while(http: httpx2.AsyncClient, path: str, work: asyncio.Task[Any]) -> float:
    """Read again and again until some work is done; return how long the slowest read took."""
    slowest, reads = 0.0, 0
    while not work.done():
        began = time.perf_counter()
        assert (await http.get(path)).status_code == 200
        slowest = max(slowest, time.perf_counter() - began)
        reads += 1
        await asyncio.sleep(0)  # In one process, a request that waits for nothing lets nobody in.
    assert reads > 10
    return slowest


@pytest.mark.anyio
async def test_reads_are_answered_beside_a_slow_query(database_url: str) -> None:
    """Of the same database, on other connections."""
    async with async_client(CATALOG, database_url, routers=[slow_router()]) as (http, app):
        await teach_to_sleep(app)
        assert (await http.get(PATH)).status_code == 200
        began = time.perf_counter()
        report = asyncio.create_task(http.get("/report"))
        slowest = await slowest_while(http, PATH, report)
        assert (await report).json() == 1
        assert time.perf_counter() - began >= SECONDS
        assert slowest < PATIENCE


@pytest.mark.anyio
async def test_the_loop_turns_while_secrets_are_hashed(fresh_sqlite_url: str) -> None:
    """Hashing takes a processor for a tenth of a second and more."""
    async with async_client(EVERYTHING, fresh_sqlite_url) as (http, _):
        assert (await http.get("/livez")).status_code == 200
        creates = asyncio.gather(*(http.post(SAMPLES, json=sample()) for _ in range(4)))
        work = asyncio.create_task(asyncio.wait([creates]))
        assert await slowest_while(http, "/livez", work) < PATIENCE
        assert {answer.status_code for answer in await creates} == {201}


@pytest.mark.anyio
async def test_reads_are_answered_beside_writes(fresh_sqlite_url: str) -> None:
    """The one writer of SQLite does not stop readers."""
    async with async_client(CATALOG, fresh_sqlite_url) as (http, _):

        async def write(client: int) -> None:
            for step in range(50):
                body = {"title": "A title", "unit_price": 1, "sku": f"sku-{client}-{step}"}
                assert (await http.post(PATH, json=body)).status_code == 201

        writes = asyncio.gather(*map(write, range(8)))
        work = asyncio.create_task(asyncio.wait([writes]))
        assert await slowest_while(http, PATH, work) < PATIENCE
        await writes
