"""The pitfall: state in a dictionary of the process, gone with it and different in every worker.

Everything is in the database; the schema is made once, and known again.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from tests.services import CATALOG, NotStartedError, Server, client, compiled, served

PATH = "/catalog/products"
OTHER = CATALOG.read_text().replace("title: string(1..200)", "title: string(1..300)")


def product(number: int) -> dict[str, object]:
    """Make a product."""
    return {"sku": f"sku-{number}", "title": "A title", "unit_price": number + 0.5}


def test_state_survives_a_restart(tmp_path: Path) -> None:
    """Also where the process is killed: what was answered is there."""
    url = f"sqlite:///{tmp_path / 'catalog.db'}"
    with served(CATALOG, url) as server, server.client() as http:
        created = http.post(PATH, json=product(1)).json()
        server.process.kill()
    with served(CATALOG, url) as server, server.client() as http:
        found = http.get(f"{PATH}/{created['id']}")
        assert (found.status_code, found.json()) == (200, created)
        assert http.post(PATH, json=product(1)).status_code == 409
        assert http.post(PATH, json=product(2)).json()["id"] > created["id"]


def test_a_kill_under_load_loses_nothing(tmp_path: Path) -> None:
    """Of 32 clients whose writes share commits: every row that was answered with 201 is there."""
    url = f"sqlite:///{tmp_path / 'catalog.db'}"
    acknowledged: list[dict[str, object]] = []

    def create(server: Server, client: int) -> None:
        with server.client() as http, suppress(httpx2.TransportError):
            for step in range(10_000):
                answer = http.post(PATH, json=product(client * 10_000 + step))
                assert answer.status_code == 201
                acknowledged.append(answer.json())

    for turn in range(3):
        with served(CATALOG, url) as server, ThreadPoolExecutor(32) as pool:
            clients = [pool.submit(create, server, turn * 32 + client) for client in range(32)]
            wanted = len(acknowledged) + 300
            while len(acknowledged) < wanted and not any(one.done() for one in clients):
                time.sleep(0.005)
            server.process.kill()
            for one in clients:
                one.result()
        assert len(acknowledged) >= wanted
    with sqlite3.connect(tmp_path / "catalog.db") as connection:
        stored = dict(connection.execute("SELECT id, sku FROM products"))
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    assert all(stored.get(one["id"]) == one["sku"] for one in acknowledged)
    assert len(set(stored.values())) == len(stored)


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Talk to two processes, which start at once on a file that is not there yet.

    Every request has a connection of its own, which either process may take.
    """
    file = tmp_path_factory.mktemp("workers") / "deep" / "catalog.db"
    with served(CATALOG, f"sqlite:///{file}", workers=2) as server:
        with server.client(Connection="close") as http:
            yield http
        log = server.log()
        assert log.count("Application startup complete") == 2
        assert "Traceback" not in log


def test_two_workers_see_one_state(two_workers: httpx2.Client) -> None:
    """What one has answered, the other finds: a read follows each write."""
    for number in range(100, 130):
        created = two_workers.post(PATH, json=product(number))
        assert created.status_code == 201
        found = two_workers.get(created.headers["location"])
        assert (found.status_code, found.json()) == (200, created.json())
    pages = [two_workers.get(f"{PATH}?page_size=100").json() for _ in range(10)]
    assert all(page == pages[0] for page in pages)


def test_two_workers_do_not_both_take_a_unique_value(two_workers: httpx2.Client) -> None:
    """One answers 201, the other 409; nobody waits for a lock until it fails."""

    def create(step: int) -> int:
        return two_workers.post(PATH, json=product(step % 10)).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = Counter(pool.map(create, range(60)))
    assert statuses == {201: 10, 409: 50}


def test_two_workers_write_at_the_same_time(two_workers: httpx2.Client) -> None:
    """The groups of one wait for those of the other; every write is there."""

    def create(step: int) -> tuple[int, str]:
        answer = two_workers.post(PATH, json=product(1_000 + step))
        return answer.status_code, answer.headers["location"]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(create, range(320)))
        assert {status for status, _ in answers} == {201}
        places = {place for _, place in answers}
        assert len(places) == 320
        assert {one.status_code for one in pool.map(two_workers.get, places)} == {200}


@pytest.mark.anyio
async def test_services_that_start_at_once_create_the_schema_once(database_url: str) -> None:
    """Four on an empty database of either kind: none fails, and there is one digest."""
    apps = [compiled(CATALOG).application(database_url) for _ in range(4)]

    async def start(app: FastAPI) -> int:
        async with app.router.lifespan_context(app):
            rows = await app.state.database.read("SELECT digest FROM restwright_schema", ())
            return len(rows)

    assert await asyncio.gather(*map(start, apps)) == [1] * 4


def test_another_schema_is_refused(database_url: str) -> None:
    """By its digest, on both databases; nothing is touched."""
    with client(CATALOG, database_url) as http:
        assert http.post(PATH, json=product(1)).status_code == 201
    mismatch = compiled(OTHER).module("runtime.schema").SchemaMismatchError
    with pytest.raises(mismatch, match="to an empty database"), client(OTHER, database_url):
        pass
    with client(CATALOG, database_url) as http:
        assert len(http.get(PATH).json()) == 1


def test_a_service_that_refuses_says_one_sentence(tmp_path: Path) -> None:
    """It names the variable and says what to do; its log has no traceback."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'catalog.db'}"
    with client(CATALOG, url):
        pass
    with pytest.raises(NotStartedError) as raised, served(OTHER, url):
        pass
    log = str(raised.value)
    [sentence] = [line for line in log.splitlines() if "holds the tables of schema" in line]
    assert "set CATALOG_DATABASE_URL to an empty database" in sentence
    assert "Traceback" not in log


def test_a_foreign_table_is_left_alone(tmp_path: Path) -> None:
    """A database that has one of the tables already is refused."""
    file = tmp_path / "catalog.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE products (x)")
    connection.close()
    mismatch = compiled(CATALOG).module("runtime.schema").SchemaMismatchError
    with (
        pytest.raises(mismatch, match="already has a table 'products'"),
        client(CATALOG, f"sqlite:///{file}"),
    ):
        pass
    with sqlite3.connect(file) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    connection.close()
    assert names == {"products"}


def test_the_digest_follows_the_tables() -> None:
    """Another length of a column is another schema; another description is not."""
    described = CATALOG.read_text().replace("What the warehouse stocks.", "Something else.")
    digests = [
        compiled(text).module("schema").SCHEMA.digest
        for text in (CATALOG.read_text(), described, OTHER)
    ]
    assert digests[0] == digests[1] != digests[2]
