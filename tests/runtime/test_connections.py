"""Connections above the pool: lent in order, put back when idle, and there for a team as well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.pool import QueuePool

from generator.runtime import connections as module
from generator.runtime.connections import Connections, Lent, UnavailableError
from generator.runtime.database import Database
from generator.runtime.watchdog import Watchdog
from tests.runtime.sample import Settings

pytestmark = pytest.mark.anyio

ONE = {"pool_size": 1, "pool_overflow": 0, "pool_timeout": 0.3}


@asynccontextmanager
async def lender(url: str, **settings: object) -> AsyncIterator[tuple[Database, Connections]]:
    """Open a database, and connections of its engine."""
    async with Database(Settings.model_validate({"database_url": url} | settings)) as database:
        watchdog = Watchdog(0.1)
        connections = Connections(database.engine, watchdog, database.driver.is_closed)
        yield database, connections
        await connections.close()
        watchdog.close()


def in_pool(database: Database) -> int:
    """Count the connections that SQLAlchemy itself holds."""
    pool: Any = database.engine.sync_engine.pool
    return int(QueuePool.checkedin(pool))


async def test_they_are_lent_in_order(database_url: str) -> None:
    """At most as many as the pool has, and none of them twice at a time."""
    async with lender(database_url, pool_size=2, pool_overflow=1) as (_, connections):
        order: list[int] = []
        used: set[Lent] = set()

        async def use(number: int) -> None:
            lent = await connections.wait(5)
            assert lent not in used
            used.add(lent)
            assert len(used) <= 3
            order.append(number)
            await asyncio.sleep(0.001)
            used.remove(lent)
            connections.give_back(lent)

        await asyncio.gather(*map(use, range(30)))
        assert order == list(range(30))


async def test_who_waits_for_nothing_is_told(database_url: str) -> None:
    """After its time; a connection that comes then is not lost, nor one of who is cancelled."""
    async with lender(database_url, **ONE) as (database, connections):
        lent = await connections.wait()
        with pytest.raises(UnavailableError):
            await connections.wait(0.05)
        for pause in (0, 0.01):
            task = asyncio.create_task(connections.wait())
            await asyncio.sleep(pause)
            connections.give_back(lent)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            lent = await connections.wait(1)
        connections.give_back(lent)
        assert connections.idle == [lent]
        assert in_pool(database) == 0


async def test_a_team_has_the_only_connection_too(database_url: str) -> None:
    """What is idle above the pool goes to who asks the engine, and comes back."""
    async with lender(database_url, **ONE) as (database, connections):
        for _ in range(3):
            lent = await connections.wait(1)
            connections.give_back(lent)
            assert connections.idle
            async with database.engine.connect() as connection:
                assert not connections.idle
                assert (await connection.execute(text("SELECT 1"))).scalar() == 1
                with pytest.raises(UnavailableError):
                    await connections.wait(0.05)


async def test_a_team_that_waits_is_served(database_url: str) -> None:
    """Before those who wait above the pool, since it does not see their queue."""
    async with lender(database_url, **ONE | {"pool_timeout": 5}) as (database, connections):
        lent = await connections.wait(1)

        async def ask() -> object:
            async with database.engine.connect() as connection:
                return (await connection.execute(text("SELECT 1"))).scalar()

        team = asyncio.create_task(ask())
        while not connections.wanted:
            await asyncio.sleep(0.001)
        others = [asyncio.create_task(connections.wait(5)) for _ in range(3)]
        while len(connections._waiting) < 3:
            await asyncio.sleep(0.001)
        connections.give_back(lent)
        assert await team == 1
        for other in others:
            connections.give_back(await other)


async def test_what_is_idle_goes_back(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while without use, the pool has everything, and nothing ticks any more."""
    monkeypatch.setattr(module, "KEEP_SECONDS", 0.05)
    async with lender(database_url, pool_size=2, pool_overflow=3) as (database, connections):
        for lent in [await connections.wait(1) for _ in range(5)]:
            connections.give_back(lent)
        assert len(connections.idle) == 5
        async with asyncio.timeout(5):
            while connections.idle or in_pool(database) < 2:
                await asyncio.sleep(0.02)
        lent = await connections.wait(1)
        assert in_pool(database) == 1
        connections.give_back(lent)


async def test_what_was_used_for_long_is_closed(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And another is opened when it is wanted."""
    monkeypatch.setattr(module, "KEEP_SECONDS", 0.05)
    async with lender(database_url, pool_size=2, pool_overflow=0) as (database, connections):
        old = await connections.wait(1)
        driver = old.driver
        old.until = 0
        connections.give_back(old)
        async with asyncio.timeout(5):
            while not database.driver.is_closed(old):
                await asyncio.sleep(0.01)
        again = await connections.wait(1)
        assert again.driver is not driver
        connections.give_back(again)


async def test_a_disposed_engine_opens_new_ones(database_url: str) -> None:
    """What is idle is closed at once, what is in use when it comes back."""
    async with lender(database_url, pool_size=3, pool_overflow=0) as (database, connections):
        idle, used = await connections.wait(1), await connections.wait(1)
        drivers = {idle.driver, used.driver}
        connections.give_back(idle)
        await database.engine.dispose()
        assert not connections.idle
        connections.give_back(used)
        async with asyncio.timeout(5):
            while connections.idle:
                await asyncio.sleep(0.01)
        new = await connections.wait(1)
        assert new.driver not in drivers
        connections.give_back(new)


async def test_a_database_in_memory_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it is used, for its one connection is all there is of it."""
    monkeypatch.setattr(module, "KEEP_SECONDS", 0.02)
    start = monotonic()
    async with lender("sqlite+aiosqlite://") as (_, connections):
        lent = await connections.wait(1)
        driver = lent.driver
        connections.give_back(lent)
        connections.look(start + 1_000_000)
        lent = await connections.wait(1)
        assert lent.driver is driver
        connections.give_back(lent)


async def test_who_has_more_to_do_lets_others_pass(database_url: str) -> None:
    """And goes on with no connection that is too old."""
    async with lender(database_url, **ONE) as (database, connections):
        lent = await connections.wait(1)
        assert connections.may_go_on(lent)
        other = asyncio.create_task(connections.wait(1))
        while not connections._waiting:
            await asyncio.sleep(0.001)
        assert not connections.may_go_on(lent)
        connections.give_back(lent)
        lent = await other
        assert connections.may_go_on(lent)
        await database.engine.dispose()
        assert not connections.may_go_on(lent)
        connections.give_back(lent)
        assert lent not in connections.idle


async def test_a_pool_of_another_kind_is_refused() -> None:
    """It would not have back what is idle."""
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine("sqlite+aiosqlite://")
    with pytest.raises(TypeError, match="SharedPool"):
        Connections(engine, Watchdog(1), lambda _: False)


async def test_what_comes_after_the_end_is_refused(database_url: str) -> None:
    """A task that the service has left behind opens no connection that nobody would close."""
    async with lender(database_url, **ONE) as (database, connections):
        connections.give_back(await connections.wait())
        await connections.close()
        with pytest.raises(UnavailableError, match="stopped"):
            await connections.wait(5)
        assert in_pool(database) == 1


async def test_closing_waits_for_what_is_dropped(database_url: str) -> None:
    """It never comes back, and closing ends all the same."""
    async with lender(database_url, pool_size=3) as (_, connections):
        lent = await connections.wait()
        closing = asyncio.create_task(connections.close())
        await asyncio.sleep(0.02)
        assert not closing.done()
        connections.drop(lent)
        async with asyncio.timeout(5):
            await closing


async def test_closing_waits_for_what_is_opened(database_url: str) -> None:
    """Who waits for a connection by then gets it, and is waited for."""
    async with lender(database_url, **ONE) as (_, connections):
        asked = [asyncio.create_task(connections.wait(5)) for _ in range(2)]
        await asyncio.sleep(0)
        closing = asyncio.create_task(connections.close())
        for one in asked:
            lent = await one
            assert not closing.done()
            connections.give_back(lent)
        async with asyncio.timeout(5):
            await closing
        with pytest.raises(UnavailableError, match="stopped"):
            await connections.wait(5)


async def test_closing_ends_where_others_never_do(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while who only waits is refused, and who has a connection cannot go on."""
    monkeypatch.setattr(module, "CLOSING_SECONDS", 0.05)
    async with lender(database_url, **ONE) as (_, connections):
        lent = await connections.wait()
        waiting = asyncio.create_task(connections.wait(60))
        closing = asyncio.create_task(connections.close())
        with pytest.raises(UnavailableError, match="stopped"):
            await waiting
        assert not closing.done()
        assert not connections.may_go_on(lent)
        connections.give_back(lent)
        async with asyncio.timeout(5):
            await closing
        assert not connections.idle


async def test_closing_waits_without_more_connections(database_url: str) -> None:
    """For the one that is still busy, whatever the pool would allow."""
    async with lender(database_url, pool_size=3) as (_, connections):
        lent = await connections.wait()
        closing = asyncio.create_task(connections.close())
        await asyncio.sleep(0.05)
        assert not closing.done()
        assert len(connections._kept) == 1
        connections.give_back(lent)
        async with asyncio.timeout(5):
            await closing
