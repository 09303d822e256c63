"""The pitfall: a session that a failing handler or a client that leaves keeps for ever.

Whatever happens to requests, every connection of the pool is back when they are over, and works.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
import uvicorn
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request

from tests.lent import until_back, until_back_elsewhere, until_lent
from tests.services import CATALOG, async_client, compiled

PATH = "/catalog/products"
BODY = {"sku": "abc", "title": "A title", "unit_price": 1}
SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000000)"
    " SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}
"""A minute of work: whoever waited for its end would be noticed."""


async def failing_dependency() -> AsyncIterator[None]:
    """Fail when the request is over, as a team's own dependency may."""
    yield
    raise RuntimeError("after the answer")


def team_router() -> APIRouter:
    """Make operations that fail in every way a handler can."""
    router = APIRouter(prefix="/own")

    @router.get("/fails")
    async def fails(request: Request) -> None:
        await request.app.state.database.read("SELECT 1", ())
        raise RuntimeError("after a statement")

    @router.get("/wrong-sql")
    async def wrong_sql(request: Request) -> None:
        await request.app.state.database.read("SELECT nothing FROM nowhere", ())

    @router.get("/refuses")
    async def refuses(request: Request) -> None:
        await request.app.state.database.read("SELECT 1", ())
        raise HTTPException(418)

    @router.get("/fails-late", dependencies=[Depends(failing_dependency)])
    async def fails_late(request: Request) -> None:
        await request.app.state.database.read("SELECT 1", ())

    @router.get("/slow")
    async def slow(request: Request) -> None:
        database = request.app.state.database
        await database.read(SLOW[database.dialect], ())

    @router.post("/slow-write")
    async def slow_write(request: Request) -> None:
        database = request.app.state.database
        await database.write(SLOW[database.dialect], ())

    return router


async def assert_usable(http: httpx2.AsyncClient, app: FastAPI, most: int = 15) -> None:
    """As many requests as the pool has connections are answered at once."""
    answers = await asyncio.gather(*(http.get(PATH) for _ in range(most)))
    assert {answer.status_code for answer in answers} == {200}
    await until_back(app.state.database)


@pytest.mark.anyio
async def test_handlers_that_fail(database_url: str) -> None:
    """More often than there are connections: none is lost."""
    async with async_client(CATALOG, database_url, routers=[team_router()]) as (http, app):
        for path, status in [
            ("/own/fails", 500),
            ("/own/wrong-sql", 500),
            ("/own/refuses", 418),
            (f"{PATH}/999", 404),
            (f"{PATH}/0", 422),
            (f"{PATH}?page=0", 422),
        ]:
            answers = await asyncio.gather(*(http.get(path) for _ in range(20)))
            assert {answer.status_code for answer in answers} == {status}, path
            await until_back(app.state.database)
        for _ in range(20):
            answer = await http.post(PATH, json=BODY)
            assert answer.status_code in (201, 409)
            await until_back(app.state.database)
        await assert_usable(http, app)


@pytest.mark.anyio
async def test_a_dependency_that_fails_after_the_answer(database_url: str) -> None:
    """It is logged, and keeps nothing."""
    async with async_client(CATALOG, database_url, routers=[team_router()]) as (http, app):
        for _ in range(20):
            assert (await http.get("/own/fails-late")).status_code in (200, 500)
            await until_back(app.state.database)
        await assert_usable(http, app)


@pytest.mark.anyio
@pytest.mark.parametrize(("method", "path"), [("GET", "/own/slow"), ("POST", "/own/slow-write")])
async def test_requests_that_are_cancelled(database_url: str, method: str, path: str) -> None:
    """In the middle of a statement: it is stopped, and its connection works again."""
    async with async_client(CATALOG, database_url, routers=[team_router()]) as (http, app):
        for _ in range(2):
            requests = [asyncio.create_task(http.request(method, path)) for _ in range(5)]
            await until_lent(app.state.database)
            for request in requests:
                request.cancel()
            await asyncio.wait(requests)
            await until_back(app.state.database)
        await assert_usable(http, app)
        assert (await http.post(PATH, json=BODY)).status_code == 201


@pytest.mark.anyio
async def test_statements_that_take_too_long(database_url: str) -> None:
    """503 with `Retry-After` after the time that a statement may take; it is stopped."""
    settings = {"statement_timeout": 0.3}
    async with async_client(CATALOG, database_url, settings=settings, routers=[team_router()]) as (
        http,
        app,
    ):
        answers = await asyncio.gather(*(http.get("/own/slow") for _ in range(5)))
        for answer in answers:
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "1"
            assert answer.json()["type"] == "/problems/database-unavailable"
        await until_back(app.state.database)
        assert (await http.post(PATH, json=BODY)).status_code == 201


@pytest.mark.anyio
async def test_a_pool_that_is_exhausted(database_url: str) -> None:
    """503 for those who wait too long, `/livez` goes on, and all is well afterwards."""
    size = 1 if database_url.startswith("sqlite") else 2  # SQLite's lists leave others one of two.
    settings = {"pool_size": size, "pool_overflow": 0, "pool_timeout": 0.2}
    async with async_client(CATALOG, database_url, settings=settings, routers=[team_router()]) as (
        http,
        app,
    ):
        slow = [asyncio.create_task(http.get("/own/slow")) for _ in range(size)]
        await until_lent(app.state.database, size)
        answer = await http.get(PATH)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert (await http.get("/livez")).status_code == 200
        assert (await http.get("/readyz")).status_code == 503
        for request in slow:
            request.cancel()
        await asyncio.wait(slow)
        await until_back(app.state.database)
        await assert_usable(http, app, most=size)


@contextmanager
def listening(app: FastAPI) -> Iterator[int]:
    """Serve an application in a thread of this process, so that its pool can be looked at."""
    config = uvicorn.Config(app, port=0, log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def test_clients_that_leave(tmp_path: Path) -> None:
    """Before, while and after their request is answered; then the pool is whole."""
    app = compiled(CATALOG).application(f"sqlite+aiosqlite:///{tmp_path / 'catalog.db'}")
    with listening(app) as port:
        for number in range(60):
            body = b'{"sku": "sku-%d", "title": "A title", "unit_price": 1}' % number
            head = (
                b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" % PATH.encode()
            )
            sent = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(sent[: len(sent) - (number % 3)])
                time.sleep(0.002 * (number % 4))
        until_back_elsewhere(app.state.database)
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", verify=False) as http:
            found = [one["sku"] for one in http.get(PATH, params={"page_size": 100}).json()]
        assert len(found) == len(set(found)) <= 20
