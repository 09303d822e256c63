"""Statements on the threads of SQLite's connections, which can be called off until they are done.

A thread cannot be stopped, and SQLite interrupts only a statement that runs at that very moment. So
the thread looks for itself whether what it is about to do is called off, and who calls it off waits
for what becomes of it: an answer never says other than what is stored.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from .connections import Lent, UnavailableError

BEHIND = 10
"""The niceness of a thread that runs behind others: it has a tenth of their share."""


class Asked:
    """A statement that somebody waits for, or what has become of it."""

    __slots__ = ("asked_at", "error", "future", "late", "left", "result", "sql", "told", "values")

    def __init__(self, future: asyncio.Future[Any], sql: str, values: Sequence[object]) -> None:
        self.future = future
        self.sql = sql
        self.values = values
        self.asked_at = monotonic()
        self.late = False
        """Whether its time was over while it ran."""
        self.result: Any = None
        self.error: BaseException | None = None
        self.told = False
        self.left: asyncio.Future[None] | None = None
        """Who is cancelled, and waits for its end."""

    def is_off(self) -> bool:
        """Tell whether nobody waits for it any more."""
        return self.late or self.future.cancelled()

    def tell(self) -> None:
        """Tell who waits what has become of it, once."""
        if self.told:
            return
        self.told = True
        future = self.future
        if self.left is not None:
            if not self.left.done():
                self.left.set_result(None)
        elif future.done():
            return
        elif self.error is None:
            future.set_result(self.result)
        else:
            future.set_exception(self.error)

    def refuse(self, reason: str) -> None:
        """Tell who waits that nothing was done."""
        self.error = UnavailableError(reason)
        self.tell()

    async def end(self) -> None:
        """Wait for the end of what is called off."""
        if not self.told:
            self.left = self.future.get_loop().create_future()
            await self.left


def send(lent: Lent, work: Callable[[], None]) -> None:
    """Have the thread of a connection do something, which must not fail."""
    # Its own way to do this makes a coroutine and a future for each call.
    lent.driver._tx.put_nowait((None, work))


def connection_of(lent: Lent) -> sqlite3.Connection:
    """Return what the thread works on."""
    connection: sqlite3.Connection = lent.driver._conn
    return connection


def interrupt(lent: Lent) -> None:
    """End the statement that runs at this moment, if one does."""
    with suppress(ValueError, sqlite3.ProgrammingError):  # It is closed.
        connection_of(lent).interrupt()


def roll_back(connection: sqlite3.Connection) -> None:
    """End a transaction without a trace, whatever interruption comes too late."""
    while connection.in_transaction:
        try:
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if not is_interrupted(error):
                raise


def step_back(lent: Lent) -> None:
    """Let the thread of a connection run behind all others, from now on and for good.

    On a busy machine a long scan else takes as much of a processor as the event loop. Only Linux
    knows the priority of a single thread, and nobody may raise it again.
    """
    number = lent.driver._thread.native_id
    if sys.platform == "linux" and number is not None:
        lent.behind = True
        with suppress(OSError):  # The thread has ended.
            os.setpriority(os.PRIO_PROCESS, number, BEHIND)


def seconds_of(lent: Lent) -> float:
    """Return the processor time that the thread of a connection has had. It has to be running.

    Where no system tells it, that is the time of the clock.
    """
    if hasattr(time, "pthread_getcpuclockid"):
        return time.clock_gettime(time.pthread_getcpuclockid(lent.driver._thread.ident))
    return monotonic()


def is_interrupted(error: BaseException) -> bool:
    """Tell whether a statement was interrupted."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
