"""Writes of SQLite that nobody waits for any more: what was told is what is stored."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from generator.runtime.database import Database
from generator.runtime.steps import Steps
from tests.runtime.things import (
    INSERT,
    insert,
    is_unavailable,
    names,
    opened,
    together,
)

pytestmark = pytest.mark.anyio


async def test_who_leaves_the_queue_has_done_nothing(fresh_sqlite_url: str) -> None:
    """A write that has not begun is taken out; one that has begun is undone or done."""
    began, go = threading.Event(), threading.Event()

    def waiting() -> Steps[None]:
        yield INSERT, ("first",)
        began.set()
        go.wait(10)

    async with opened(fresh_sqlite_url) as (database, _):
        first = asyncio.create_task(database.transact(waiting))
        await asyncio.to_thread(began.wait, 10)
        left = [asyncio.create_task(database.write(INSERT, (f"n{one}",))) for one in range(5)]
        await asyncio.sleep(0.02)
        for task in left[:4]:
            task.cancel()
        async with asyncio.timeout(10):
            await asyncio.wait(left[:4])
        assert all(task.cancelled() for task in left[:4])
        go.set()
        await first
        await left[4]
        assert await names(database) == ["first", "n4"]


async def test_who_waits_too_long_has_done_nothing(fresh_sqlite_url: str) -> None:
    """503 before its turn means that its turn never comes."""
    began, go = threading.Event(), threading.Event()

    def waiting() -> Steps[None]:
        yield INSERT, ("first",)
        began.set()
        go.wait(10)

    async with opened(fresh_sqlite_url, busy_timeout=0.2) as (database, _):
        first = asyncio.create_task(database.transact(waiting))
        await asyncio.to_thread(began.wait, 10)
        assert is_unavailable((await together(database.write(INSERT, ("late",))))[0])
        go.set()
        await first
        assert await names(database) == ["first"]


async def test_writes_that_are_cancelled_are_there_as_they_were_told(fresh_sqlite_url: str) -> None:
    """At any moment; whoever was not cancelled is answered, and truly."""
    async with opened(fresh_sqlite_url) as (database, _):
        told: set[str] = set()
        for turn in range(30):
            batch = [f"{turn}-{number}" for number in range(20)]
            tasks = [
                asyncio.create_task(
                    database.transact(insert(name))
                    if number % 2
                    else database.write(INSERT, (name,))
                )
                for number, name in enumerate(batch)
            ]
            await asyncio.sleep(turn * 0.0001)
            for task in tasks[::3]:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            told |= {
                name
                for name, outcome in zip(batch, outcomes, strict=True)
                if not isinstance(outcome, BaseException)
            }
            assert len(told) >= (turn + 1) * 13
        stored = await names(database)
        assert told <= set(stored)
        assert len(stored) == len(set(stored))


async def test_two_writers_on_one_file(fresh_sqlite_url: str) -> None:
    """As two workers are: their groups wait for each other, and nobody fails."""
    async with opened(fresh_sqlite_url) as (one, _), Database(one.settings) as other:

        async def write(database: Database, name: str) -> None:
            for number in range(10):
                await database.transact(insert(f"{name}-{number}"))

        await asyncio.gather(
            *(write(one, f"one-{number}") for number in range(20)),
            *(write(other, f"other-{number}") for number in range(20)),
        )
        assert len(await names(one)) == 400


async def test_closing_lets_writes_end(fresh_sqlite_url: str) -> None:
    """What is under way is done and answered, and no thread is left."""
    threads = threading.active_count()
    began = threading.Event()
    async with opened(fresh_sqlite_url) as (database, _):

        def slowly() -> Steps[str]:
            yield INSERT, ("slow",)
            began.set()
            time.sleep(0.2)
            return "done"

        task = asyncio.create_task(database.transact(slowly))
        while not began.is_set():
            await asyncio.sleep(0.001)
    assert await task == "done"
    async with asyncio.timeout(5):
        while threading.active_count() > threads:
            await asyncio.sleep(0.01)
    async with Database(database.settings) as again:
        assert await names(again) == ["slow"]
