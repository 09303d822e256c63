"""Statements on the thread of a SQLite connection, which can be called off until they are done.

A thread cannot be stopped, and SQLite interrupts only a statement that runs at that very moment. So
a call looks for itself whether it is called off, before each statement and before COMMIT; and who
calls it off waits for what becomes of it, so that an answer never says other than what is stored.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event
from typing import Any

from sqlalchemy.pool import PoolProxiedConnection

from .drivers import Row, T
from .steps import Steps, drive

INTERRUPT_SECONDS = 0.02
"""How soon a call is interrupted again that was between two statements before."""


class Call:
    """One use of a connection by its thread."""

    def __init__(self, connection: PoolProxiedConnection) -> None:
        self._driver: Any = connection.driver_connection
        self._off = Event()

    async def run(self, seconds: float, work: Callable[..., T], *arguments: object) -> T:
        """Have the thread do some work of this call; what comes of it is what has happened.

        When the time is over it is called off, which fails unless the work was done by then. Who
        is cancelled does not wait: the connection has to be stopped before it is used again.
        """
        self._timer = asyncio.get_running_loop().call_later(seconds, self._call_off_again)
        try:
            result: T = await self._driver._execute(work, *arguments)
        except asyncio.CancelledError:
            self._call_off()
            raise
        finally:
            self._timer.cancel()
        return result

    def fetch(self, sql: str, values: Sequence[object]) -> Sequence[Row]:
        """Run one statement, on the thread."""
        if self._off.is_set():
            raise TimeoutError("the call was called off before a statement")
        connection: sqlite3.Connection = self._driver._conn
        return connection.execute(sql, values).fetchall()

    def transact(self, steps: Steps[T]) -> T:
        """Run a transaction as the one writer, on the thread."""
        self.fetch("BEGIN IMMEDIATE", ())
        connection: sqlite3.Connection = self._driver._conn
        try:
            result = drive(steps, self.fetch)
            self.fetch("COMMIT", ())
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _call_off(self) -> None:
        self._off.set()
        with suppress(ValueError, sqlite3.ProgrammingError):  # It is closed.
            self._driver._conn.interrupt()

    def _call_off_again(self) -> None:
        self._call_off()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(INTERRUPT_SECONDS, self._call_off_again)


async def settle(connection: PoolProxiedConnection) -> None:
    """Wait until a call that is called off has ended, and nothing of it is left."""
    driver: Any = connection.driver_connection
    # It waits in the thread's queue.
    rolled_back = asyncio.ensure_future(driver.rollback())
    while not rolled_back.done():
        await driver.interrupt()
        await asyncio.wait([rolled_back], timeout=INTERRUPT_SECONDS)
    await rolled_back
