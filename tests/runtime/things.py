"""A small table of SQLite, steps that write into it, and what a connection executes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only

from generator.runtime.database import Database
from generator.runtime.problems import Problem
from generator.runtime.steps import Steps
from tests.runtime.sample import Settings

INSERT = "INSERT INTO things (name) VALUES (?) RETURNING id"
SLOW_INSERT = (
    "INSERT INTO things (name) WITH RECURSIVE n(x) AS "
    "(SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000000) SELECT max(x) FROM n"
)
TABLES = (
    "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE late (thing INTEGER REFERENCES things (id) DEFERRABLE INITIALLY DEFERRED)",
)


@asynccontextmanager
async def opened(url: str, **settings: object) -> AsyncIterator[tuple[Database, list[str]]]:
    """Open a database with a table; return what its connections execute from then on, too."""
    executed: list[str] = []

    def trace(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        driver: Any = connection.driver_connection
        await_only(driver.set_trace_callback(executed.append))

    async with Database(Settings.model_validate({"database_url": url} | settings)) as database:
        event.listen(database.engine.sync_engine, "connect", trace)
        for sql in TABLES:
            await database.write(sql, ())
        executed.clear()
        yield database, executed


async def names(database: Database) -> list[str]:
    """Read what is stored."""
    return [row[0] for row in await database.read("SELECT name FROM things ORDER BY name", ())]


def insert(*names: str, error: Exception | None = None) -> Callable[[], Steps[int]]:
    """Make steps that insert names, and return how many there are or raise something."""

    def steps() -> Steps[int]:
        for name in names:
            yield INSERT, (name,)
        if error is not None:
            raise error
        ((count,),) = yield "SELECT count(*) FROM things", ()
        return int(count)

    return steps


async def together(*writes: Awaitable[object]) -> Sequence[Any]:
    """Write all in one turn of the loop; return each one's result or error."""
    return await asyncio.gather(*writes, return_exceptions=True)


def is_unavailable(outcome: object) -> bool:
    """Tell an answer that nothing was done."""
    return isinstance(outcome, Problem) and outcome.code == "database-unavailable"
