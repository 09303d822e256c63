"""Connections that somebody has: none is ever lost.

One may go back to the pool a moment after the answer, beside the requests that come next; so a
test waits until all are back, and fails where one never is.
"""

from __future__ import annotations

import asyncio
import time

from sqlalchemy.pool import QueuePool

from generator.runtime.database import Database

PATIENCE = 20
"""Seconds: far less than the statements take that a test calls off, enough on a busy machine."""


def lent(database: Database) -> int:
    """Count the connections that are not in the pool."""
    pool = database.engine.pool
    assert isinstance(pool, QueuePool)  # A service has its own copy of our kind.
    return pool.checkedout()


async def until_lent(database: Database, number: int = 1) -> None:
    """Return as soon as statements have their connections, however busy the machine is."""
    end = time.monotonic() + PATIENCE
    while lent(database) < number:
        assert time.monotonic() < end, "a statement got no connection"
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)


async def until_back(database: Database) -> None:
    """Return as soon as nobody has a connection."""
    end = time.monotonic() + PATIENCE
    while lent(database):
        assert time.monotonic() < end, "a connection is lost"
        await asyncio.sleep(0.01)


def until_back_elsewhere(database: Database) -> None:
    """Return as soon as nobody has a connection of a database that another thread uses."""
    asyncio.run(until_back(database))
