"""SQLite's file locked, read-only or in use by all connections: 503 that says when to retry."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.lent import until_back
from tests.parity.availability import PATH, assert_back, assert_unavailable, catalog, product

pytestmark = pytest.mark.anyio

LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


@contextmanager
def locked(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold the lock of the writer, until it is told or the block ends."""
    with subprocess.Popen(
        [sys.executable, "-c", LOCK, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        try:
            yield other
        finally:
            other.communicate("\n")


async def test_a_lock_that_is_kept_is_an_outage_for_writes(
    fresh_sqlite_url: str, tmp_path: Path
) -> None:
    """A write waits for its time-out and is told to come again; reads are answered meanwhile."""
    async with catalog(fresh_sqlite_url, busy_timeout=0.5) as (http, app):
        with locked(tmp_path / "test.db"):
            began = time.monotonic()
            write = asyncio.create_task(http.post(PATH, json=product("ONE")))
            for _ in range(5):
                assert (await http.get(PATH)).json() == []
            assert_unavailable(await write)
            assert 0.4 < time.monotonic() - began < 10
            assert_unavailable(await http.delete(f"{PATH}/1"))
            assert (await http.get("/readyz")).status_code == 200
        await assert_back(http, app, "ONE")


async def test_a_lock_that_is_given_back_in_time_is_waited_for(
    fresh_sqlite_url: str, tmp_path: Path
) -> None:
    """Ten writes that meet the lock of another process succeed when it goes."""
    async with catalog(fresh_sqlite_url, busy_timeout=20) as (http, app):
        with locked(tmp_path / "test.db"):
            writes = [
                asyncio.create_task(http.post(PATH, json=product(f"SKU-{number}")))
                for number in range(10)
            ]
            await asyncio.sleep(0.3)
            assert not any(write.done() for write in writes)
        assert {one.status_code for one in await asyncio.gather(*writes)} == {201}
        await assert_back(http, app, "LAST")


async def test_a_read_only_file_is_an_outage_for_writes(
    fresh_sqlite_url: str, tmp_path: Path
) -> None:
    """Reads are answered, writes are told to come again."""
    async with catalog(fresh_sqlite_url) as (http, app):
        await assert_back(http, app, "ONE")
    url = f"sqlite+aiosqlite:///file:{tmp_path / 'test.db'}?mode=ro&uri=true"
    async with catalog(url) as (http, app):
        assert [row["sku"] for row in (await http.get(PATH)).json()] == ["ONE"]
        assert_unavailable(await http.post(PATH, json=product("TWO")))
        assert_unavailable(await http.delete(f"{PATH}/1"))
        assert (await http.get(f"{PATH}/1")).status_code == 200
        assert (await http.get("/livez")).status_code == 200
        await until_back(app.state.database)


async def test_an_exhausted_pool_is_an_outage(database_url: str) -> None:
    """Who waits too long for a connection is told to come again, on either database."""
    settings = {"pool_size": 1, "pool_overflow": 0, "pool_timeout": 0.2}
    async with catalog(database_url, **settings) as (http, app):
        async with app.state.database.engine.connect():
            for path in (PATH, f"{PATH}/1", "/readyz"):
                assert_unavailable(await http.get(path))
            assert_unavailable(await http.post(PATH, json=product("ONE")))
            assert (await http.get("/livez")).status_code == 200
        await assert_back(http, app, "ONE")


async def test_more_requests_than_connections_wait_their_turn(database_url: str) -> None:
    """A hundred requests at once share two connections, and all are answered."""
    settings = {"pool_size": 2, "pool_overflow": 0, "pool_timeout": 30}
    async with catalog(database_url, **settings) as (http, app):
        answers = await asyncio.gather(
            *(http.post(PATH, json=product(f"SKU-{number}")) for number in range(50)),
            *(http.get(PATH) for _ in range(50)),
        )
        assert [one.status_code for one in answers] == [201] * 50 + [200] * 50
        await assert_back(http, app, "LAST")
