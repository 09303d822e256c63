"""A database of SQLite with a statement that waits for a test, and one that takes very long."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only

from generator.runtime.database import Database
from tests.runtime.sample import Settings

WAIT = "SELECT wait()"
SLOW = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000000) "
    "SELECT max(x) FROM n"
)


class Gate(threading.Event):
    """An event that tells whether somebody has come to wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()

    def pass_through(self) -> bool:
        """Wait for it."""
        self.reached.set()
        return self.wait(10)


@asynccontextmanager
async def opened(url: str, **settings: object) -> AsyncIterator[tuple[Database, Gate]]:
    """Open a database whose function `wait` waits for an event."""
    go = Gate()

    def teach(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        driver: Any = connection.driver_connection
        await_only(driver.create_function("wait", 0, go.pass_through))

    async with Database(Settings.model_validate({"database_url": url} | settings)) as database:
        event.listen(database.engine.sync_engine, "connect", teach)
        try:
            yield database, go
        finally:
            go.set()
