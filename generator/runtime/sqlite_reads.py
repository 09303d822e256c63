"""Reads of SQLite on the thread of a connection: several in one hop."""

from __future__ import annotations

import sqlite3
from collections import deque
from contextlib import suppress
from time import monotonic

from .sqlite_calls import Asked, is_interrupted, roll_back
from .sqlite_hops import take

MOST_LOOK_UPS = 64
READ_SECONDS = 0.002
"""What is still waiting after that, on the thread, is for the next hop."""


class Reads:
    """What one hop reads; each has an error or rows of its own.

    Those that waited together share a transaction, since to lock the file costs as much as a brief
    read. What was asked for after it began is read in the next one: nobody reads what is older than
    his request.
    """

    def __init__(self, queue: deque[Asked]) -> None:
        self.taken: list[Asked] = []
        self.current: Asked | None = None
        self.began_at = monotonic()
        self._queue = queue

    def run(self, connection: sqlite3.Connection) -> None:
        """Read what waits, for some time, on the thread."""
        cursor = connection.cursor()
        began = 0.0
        end = monotonic() + READ_SECONDS
        while (asked := take(self._queue)) is not None:
            self.taken.append(asked)
            self.current = asked
            if asked.asked_at > began:
                roll_back(connection)
                began = monotonic()
                if self._queue:
                    _begin(cursor)
            _read(cursor, asked)
            self.began_at = now = monotonic()
            if now >= end:
                break
        self.current = None
        roll_back(connection)

    def ended(self) -> list[Asked]:
        """Return all but the last, which may be slow: the others need not wait for it."""
        return self.taken[:-1]


class LookUps:
    """Reads by key of one hop: a transaction, since to lock the file for each would cost a third.

    It reads the file as it was at a moment after all of them were asked for.
    """

    def __init__(self, queue: deque[Asked]) -> None:
        self.taken: list[Asked] = []
        self.current: Asked | None = None
        self.began_at = 0.0
        self._queue = queue
        self._ended = 0

    def run(self, connection: sqlite3.Connection) -> None:
        """Look up what waits by now, up to a number, on the thread."""
        taken = self.taken
        while len(taken) < MOST_LOOK_UPS and (asked := take(self._queue)) is not None:
            taken.append(asked)
        cursor = connection.cursor()
        if len(taken) > 1:
            _begin(cursor)
        for asked in taken:
            self.began_at = monotonic()
            self.current = asked
            _read(cursor, asked)
            self._ended += 1
        self.current = None
        roll_back(connection)

    def ended(self) -> list[Asked]:
        """Return those that are looked up by now."""
        return self.taken[: self._ended]


def _begin(cursor: sqlite3.Cursor) -> None:
    with suppress(sqlite3.OperationalError):  # Interrupted: then each is its own transaction.
        cursor.execute("BEGIN")


def _read(cursor: sqlite3.Cursor, asked: Asked) -> None:
    while True:
        try:
            if asked.is_off():
                raise TimeoutError("the statement was called off before it began")
            asked.result = cursor.execute(asked.sql, asked.values).fetchall()
        except BaseException as error:
            if is_interrupted(error) and not asked.is_off():
                continue  # The interruption was meant for the one before.
            asked.error = error
        return
