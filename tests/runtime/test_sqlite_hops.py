"""Reads of SQLite: those of one moment share a hop, and a slow one delays nobody."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from generator.runtime import sqlite_hops, sqlite_reads
from generator.runtime.connections import Lent
from generator.runtime.problems import Problem
from generator.runtime.sqlite_calls import BEHIND, send
from tests.runtime.gate import SLOW, WAIT, opened

pytestmark = pytest.mark.anyio


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[None]]:
    """Count the hops to threads."""
    hops: list[None] = []

    def count(lent: Lent, work: Callable[[], None]) -> None:
        hops.append(None)
        send(lent, work)

    with monkeypatch.context() as patch:
        patch.setattr(sqlite_hops, "send", count)
        yield hops


@pytest.mark.parametrize("memory", [False, True])
async def test_look_ups_share_hops(
    fresh_sqlite_url: str, monkeypatch: pytest.MonkeyPatch, memory: bool
) -> None:
    """Those of one turn of the loop go together, and each has its own rows."""
    async with opened("sqlite://" if memory else fresh_sqlite_url) as (database, _):
        with counted(monkeypatch) as hops:
            found = await asyncio.gather(*(database.look_up("SELECT ?", (n,)) for n in range(32)))
        assert found == [[(number,)] for number in range(32)]
        assert len(hops) == 1
        with counted(monkeypatch) as hops:
            found = await asyncio.gather(*(database.look_up("SELECT ?", (n,)) for n in range(200)))
        assert found == [[(number,)] for number in range(200)]
        assert len(hops) == 4


async def test_an_error_is_one_look_ups_own(fresh_sqlite_url: str) -> None:
    """The others of its hop have their rows."""
    async with opened(fresh_sqlite_url) as (database, _):
        outcomes = await asyncio.gather(
            database.look_up("SELECT 1", ()),
            database.look_up("SELECT * FROM nowhere", ()),
            database.look_up("SELECT ?", ()),
            database.look_up("SELECT 2", ()),
            return_exceptions=True,
        )
        kinds = [type(one).__name__ for one in outcomes]
        assert kinds == ["list", "OperationalError", "ProgrammingError", "list"]


@pytest.mark.parametrize("way", ["look_up", "read"])
async def test_what_was_written_is_read(fresh_sqlite_url: str, way: str) -> None:
    """What is asked for after a write was acknowledged shows it, in any company."""
    async with opened(fresh_sqlite_url) as (database, _):
        read = getattr(database, way)
        await database.write("CREATE TABLE things (id INTEGER PRIMARY KEY)", ())

        async def client(number: int) -> None:
            for step in range(20):
                key = number * 100 + step
                await database.write("INSERT INTO things VALUES (?)", (key,))
                sql = "SELECT id FROM things WHERE id = ?"
                assert await read(sql, (key,)) == [(key,)]

        await asyncio.gather(*map(client, range(32)))


async def test_a_slow_read_delays_nobody(fresh_sqlite_url: str) -> None:
    """Neither those asked for with it, nor later ones, nor look-ups, nor writes."""
    async with opened(fresh_sqlite_url) as (database, go), asyncio.timeout(5):
        before = [asyncio.create_task(database.read("SELECT ?", (n,))) for n in range(5)]
        slow = [asyncio.create_task(database.read(WAIT, ())) for _ in range(5)]
        after = [asyncio.create_task(database.read("SELECT ?", (n,))) for n in range(5)]
        assert await asyncio.gather(*before, *after) == [[(n,)] for n in range(5)] * 2
        assert await database.look_up("SELECT 1", ()) == [(1,)]
        await database.write("CREATE TABLE things (id INTEGER PRIMARY KEY)", ())
        assert await database.read("SELECT 2", ()) == [(2,)]
        assert not any(task.done() for task in slow)
        go.set()
        assert await asyncio.gather(*slow) == [[(1,)]] * 5


async def test_a_read_that_is_known_to_be_slow_is_not_waited_for(
    fresh_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it runs, others have another connection from the start."""
    async with opened(fresh_sqlite_url) as (database, go), asyncio.timeout(5):
        slow = asyncio.create_task(database.read(WAIT, ()))
        while not go.reached.is_set():
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        monkeypatch.setattr(sqlite_hops, "WAIT_SECONDS", 60)
        await asyncio.sleep(0.02)
        for number in range(5):
            assert await database.read("SELECT ?", (number,)) == [(number,)]
        assert not slow.done()
        go.set()
        assert await slow == [(1,)]


async def test_a_look_up_that_turns_out_slow_is_called_off(fresh_sqlite_url: str) -> None:
    """By its time-out alone; the others that went with it have their rows."""
    async with opened(fresh_sqlite_url, statement_timeout=1) as (database, _):
        outcomes = await asyncio.gather(
            database.look_up("SELECT 1", ()),
            database.look_up(SLOW, ()),
            *(database.look_up("SELECT ?", (n,)) for n in range(10)),
            return_exceptions=True,
        )
        assert outcomes[0] == [(1,)]
        assert isinstance(outcomes[1], Problem)
        assert outcomes[2:] == [[(n,)] for n in range(10)]


async def test_look_ups_that_are_cancelled(fresh_sqlite_url: str) -> None:
    """A slow one is stopped, and the next are answered."""
    async with opened(fresh_sqlite_url, pool_timeout=10) as (database, _):
        slow = asyncio.create_task(database.look_up(SLOW, ()))
        others = [asyncio.create_task(database.look_up("SELECT ?", (n,))) for n in range(10)]
        await asyncio.sleep(0.1)
        slow.cancel()
        others[3].cancel()
        async with asyncio.timeout(10):
            outcomes = await asyncio.gather(slow, *others, return_exceptions=True)
        cancelled = [isinstance(one, asyncio.CancelledError) for one in outcomes]
        assert [number for number, one in enumerate(cancelled) if one] == [0, 4]


async def test_who_waits_behind_others_for_too_long_is_told(fresh_sqlite_url: str) -> None:
    """Where all connections are in use: 503 after the time to wait for one, and all is well."""
    options = {"pool_size": 1, "pool_overflow": 0, "pool_timeout": 0.2}
    async with opened(fresh_sqlite_url, **options) as (database, go):
        slow = asyncio.create_task(database.read(WAIT, ()))
        while not go.reached.is_set():
            await asyncio.sleep(0.01)
        for run in (database.read, database.look_up, database.write):
            with pytest.raises(Problem) as problem:
                await run("SELECT 1", ())
            assert problem.value.code == "database-unavailable"
        go.set()
        await slow
        for run in (database.read, database.look_up, database.write):
            assert await run("SELECT 1", ()) == [(1,)]


async def test_one_connection_does_everything(fresh_sqlite_url: str) -> None:
    """Look-ups, reads and writes take turns on it."""
    for url in ("sqlite://", fresh_sqlite_url):
        async with opened(url, pool_size=1, pool_overflow=0) as (database, _):
            await database.write("CREATE TABLE things (id INTEGER PRIMARY KEY)", ())
            await asyncio.gather(
                *(database.write("INSERT INTO things VALUES (?)", (n,)) for n in range(50)),
                *(database.read("SELECT count(*) FROM things", ()) for _ in range(50)),
                *(database.look_up("SELECT * FROM things WHERE id = 1", ()) for _ in range(50)),
            )
            assert await database.read("SELECT count(*) FROM things", ()) == [(50,)]


async def test_a_pool_of_two_leaves_one_to_others(fresh_sqlite_url: str) -> None:
    """Look-ups and writes share it while slow lists take turns on the other."""
    options = {"pool_size": 2, "pool_overflow": 0, "pool_timeout": 5}
    async with opened(fresh_sqlite_url, **options) as (database, go):
        slow = [asyncio.create_task(database.read(WAIT, ())) for _ in range(2)]
        while not go.reached.is_set():
            await asyncio.sleep(0.01)
        for run in (database.look_up, database.write):
            assert await run("SELECT 1", ()) == [(1,)]
        go.set()
        await asyncio.gather(*slow)


async def test_slow_reads_leave_connections_to_others(fresh_sqlite_url: str) -> None:
    """However many there are: look-ups and writes are as quick as ever."""
    options = {"pool_size": 3, "pool_overflow": 1}
    async with opened(fresh_sqlite_url, **options) as (database, go), asyncio.timeout(5):
        slow = [asyncio.create_task(database.read(WAIT, ())) for _ in range(10)]
        while not go.reached.is_set():
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        assert await database.look_up("SELECT 1", ()) == [(1,)]
        await database.write("CREATE TABLE things (id INTEGER PRIMARY KEY)", ())
        assert not any(task.done() for task in slow)
        go.set()
        assert await asyncio.gather(*slow) == [[(1,)]] * 10


async def test_the_only_connection_is_not_kept_from_others(fresh_sqlite_url: str) -> None:
    """Where look-ups are asked for without end, a write has its turn."""
    options = {"pool_size": 1, "pool_overflow": 0, "pool_timeout": 5}
    brief = SLOW.replace("100000000", "5000")
    async with opened(fresh_sqlite_url, **options) as (database, _):
        asked: set[asyncio.Task[object]] = set()
        writing = True

        async def ask_without_end() -> None:
            while writing:
                if len(asked) < 200:
                    asked.add(task := asyncio.create_task(database.look_up(brief, ())))
                    task.add_done_callback(asked.discard)
                await asyncio.sleep(0)

        load = asyncio.create_task(ask_without_end())
        await asyncio.sleep(0.1)
        await database.write("CREATE TABLE things (id INTEGER PRIMARY KEY)", ())
        assert asked
        writing = False
        await load
        await asyncio.gather(*asked)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")
async def test_a_slow_read_runs_behind_all_else(fresh_sqlite_url: str) -> None:
    """Its thread is of the lowest rank soon, and does nothing else afterwards."""
    threads: list[int] = []

    def note() -> None:
        threads.append(threading.get_native_id())

    def rank() -> int:
        return os.getpriority(os.PRIO_PROCESS, threads[0])

    async with opened(fresh_sqlite_url) as (database, go), asyncio.timeout(10):
        async with database.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            await driver.create_function("note", 0, note)
        waiting = asyncio.create_task(database.read("SELECT note(), wait()", ()))
        while not go.reached.is_set():
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        assert rank() == os.getpriority(os.PRIO_PROCESS, 0)  # It takes no processor from anybody.
        go.set()
        await waiting
        threads.clear()
        slow = asyncio.create_task(database.read(SLOW.replace("SELECT 1", "SELECT note()"), ()))
        while not threads or rank() == os.getpriority(os.PRIO_PROCESS, 0):
            await asyncio.sleep(0.01)
        assert rank() == BEHIND
        slow.cancel()
        with suppress(asyncio.CancelledError):
            await slow
        while any(thread.native_id == threads[0] for thread in threading.enumerate()):
            await asyncio.sleep(0.01)


async def test_nobody_reads_what_is_older_than_his_request(
    fresh_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reads that waited together share a transaction; one that is asked for later sees more."""
    monkeypatch.setattr(sqlite_reads, "READ_SECONDS", 10)
    count = "SELECT count(*) FROM t"
    async with opened(fresh_sqlite_url, pool_size=3, pool_overflow=0) as (database, go):
        await database.write("CREATE TABLE t (x INTEGER)", ())
        await database.write("INSERT INTO t VALUES (1)", ())
        first = asyncio.create_task(database.read("SELECT x, wait() FROM t", ()))
        second = asyncio.create_task(database.read(count, ()))
        while not go.reached.is_set():
            await asyncio.sleep(0.01)
        await database.write("INSERT INTO t VALUES (2)", ())
        third = asyncio.create_task(database.read(count, ()))
        await asyncio.sleep(0)
        go.set()
        await first
        assert await second == [(1,)]
        assert await third == [(2,)]
