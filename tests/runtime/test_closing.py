"""The end of a database: what is under way is done or called off, and it does end."""

from __future__ import annotations

import asyncio
import sys
import threading
from contextlib import suppress

import pytest

from generator.runtime.problems import Problem
from tests.runtime.gate import SLOW, WAIT, opened

pytestmark = pytest.mark.anyio


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")
async def test_a_slow_read_is_called_off_meanwhile(fresh_sqlite_url: str) -> None:
    """Its connection is closed and does not come back, and closing ends all the same."""
    threads = threading.active_count()
    async with asyncio.timeout(20):
        async with opened(fresh_sqlite_url) as (database, _):
            slow = asyncio.create_task(database.read(SLOW, ()))
            while not any(lent.behind for lent in database._connections._kept):
                await asyncio.sleep(0.01)
            slow.cancel()
        with suppress(asyncio.CancelledError):
            await slow
        while threading.active_count() > threads:
            await asyncio.sleep(0.01)


async def test_what_has_no_connection_yet_is_done(fresh_sqlite_url: str) -> None:
    """The first write of all is waited for."""
    async with opened(fresh_sqlite_url) as (database, _):
        task = asyncio.create_task(database.write("CREATE TABLE t (x INTEGER)", ()))
        await asyncio.sleep(0)
    assert task.done()
    assert list(await task) == []


async def test_what_comes_later_is_refused(fresh_sqlite_url: str) -> None:
    """With 503, at once."""
    async with opened(fresh_sqlite_url) as (database, go):
        waiting = asyncio.create_task(database.read(WAIT, ()))
        while not go.reached.is_set():
            await asyncio.sleep(0.01)
        go.set()
    assert list(await waiting) == [(1,)]
    for run in (database.look_up, database.read, database.write):
        with pytest.raises(Problem) as problem:
            await run("SELECT 1", ())
        assert problem.value.code == "database-unavailable"
