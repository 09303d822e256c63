"""What is acknowledged is on the disk: the settings of every connection, read back."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

import pytest
from fastapi import FastAPI

from tests.parity.availability import catalog

pytestmark = pytest.mark.anyio

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 7000,
}
SETTINGS = {
    "synchronous_commit": "on",
    "TimeZone": "UTC",
    "lock_timeout": "7s",
    "statement_timeout": "9s",
    "default_transaction_isolation": "read committed",
}


async def connections(app: FastAPI, stack: AsyncExitStack, number: int) -> list[Any]:
    """Borrow connections of the pool, all at once, so that each is another one."""
    return [
        (
            await (
                await stack.enter_async_context(app.state.database.engine.connect())
            ).get_raw_connection()
        ).driver_connection
        for _ in range(number)
    ]


async def test_every_connection_to_sqlite_is_durable(fresh_sqlite_url: str) -> None:
    """WAL with a sync at every commit, references minded, and a wait for the lock."""
    async with catalog(fresh_sqlite_url, busy_timeout=7) as (_, app):
        for _ in range(2):  # the second time they come from the pool
            async with AsyncExitStack() as stack:
                borrowed = await connections(app, stack, 15)
                assert len({id(one) for one in borrowed}) == 15
                for one in borrowed:
                    for pragma, value in PRAGMAS.items():
                        assert await one.execute_fetchall(f"PRAGMA {pragma}") == [(value,)]
                    assert one.isolation_level is None


async def test_every_connection_to_postgresql_is_durable(fresh_postgres_url: str) -> None:
    """Commits wait for the disk, sessions are in UTC, and nothing waits for ever."""
    settings = {"busy_timeout": 7, "statement_timeout": 9}
    async with catalog(fresh_postgres_url, **settings) as (_, app), AsyncExitStack() as stack:
        for one in await connections(app, stack, 15):
            for name, value in SETTINGS.items():
                assert await one.fetchval(f"SHOW {name}") == value
