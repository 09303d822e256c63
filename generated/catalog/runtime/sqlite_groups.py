"""Writes of SQLite that become durable together: one transaction, one COMMIT, one fsync.

Each write is there as a whole or not at all, whatever becomes of the others, and none of them is
told anything before COMMIT: what an answer says, and what it was based on, is on the disk. A
statement is undone by SQLite where it fails; several are put into a savepoint.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from .connections import UnavailableError
from .drivers import Row
from .sqlite_calls import Asked, is_interrupted, roll_back
from .sqlite_hops import take
from .steps import Steps, drive

MOST_WRITES = 128
GROUP_SECONDS = 0.02
"""A write that comes later, on the thread, is for the next group."""
ATTEMPTS = 4


class GroupedWrite(Asked):
    """One statement, or steps in its place."""

    __slots__ = ("make",)

    def __init__(
        self,
        future: asyncio.Future[Any],
        sql: str = "",
        values: Sequence[object] = (),
        make: Callable[[], Steps[Any]] | None = None,
    ) -> None:
        super().__init__(future, sql, values)
        self.make = make


class Group:
    """The writes of a queue that are committed together."""

    def __init__(self, queue: deque[GroupedWrite]) -> None:
        self._queue = queue
        self.taken: list[Asked] = []
        self.current: Asked | None = None
        self.began_at = 0.0

    def run(self, connection: sqlite3.Connection) -> None:
        """Write what waits, up to a number and a time, on the thread."""
        first = self._take()
        if first is None:
            return
        if first.make is None and not self._queue:
            self._write_alone(connection, first)
            return
        again: list[GroupedWrite] = [first]
        for _ in range(ATTEMPTS):
            again = self._transact(connection, deque(again))
            if not again:
                return
        _fail(again, "SQLite rolled the transaction back again and again")

    def ended(self) -> list[Asked]:
        """Return nothing: nobody is told anything before COMMIT."""
        return []

    def _take(self) -> GroupedWrite | None:
        write = take(self._queue)
        if write is not None:
            self.taken.append(write)
        return write

    def _write_alone(self, connection: sqlite3.Connection, write: GroupedWrite) -> None:
        """Let a statement be its own transaction."""
        while True:
            try:
                self._write(connection, write, kept=False)
            except BaseException as error:
                if _is_meant_for_another(error, write):
                    continue
                write.error = error
            return

    def _transact(
        self, connection: sqlite3.Connection, again: deque[GroupedWrite]
    ) -> list[GroupedWrite]:
        """Run one transaction; return the writes that it undid for the sake of another."""
        begun: list[GroupedWrite] = []
        try:
            if self._fill(connection, again, begun):
                _commit(connection)
                return []
        except BaseException as error:
            roll_back(connection)
            if len(begun) == 1 and not again:
                begun[0].error = error
            else:
                _fail([*begun, *again], f"the transaction failed: {type(error).__name__}: {error}")
            return []
        return [*begun, *again]

    def _fill(
        self, connection: sqlite3.Connection, again: deque[GroupedWrite], begun: list[GroupedWrite]
    ) -> bool:
        """Run writes within a transaction; return whether it still stands."""
        end = monotonic() + GROUP_SECONDS
        kept = False
        while (write := self._next(again, begun, end)) is not None:
            begun.append(write)
            if not connection.in_transaction:
                connection.execute("BEGIN IMMEDIATE")
            try:
                self._write(connection, write, kept=kept)
            except UnavailableError:
                raise  # It could not be undone: nothing of this transaction may be committed.
            except BaseException as error:
                innocent = _is_meant_for_another(error, write)
                if kept and not connection.in_transaction:
                    # SQLite has undone everything, as it does when a disk is full.
                    if not innocent:
                        write.error = error
                        begun.pop()
                    return False
                if innocent:
                    again.appendleft(begun.pop())
                else:
                    write.error = error
            else:
                kept = True
        return True

    def _next(
        self, again: deque[GroupedWrite], begun: Sequence[GroupedWrite], end: float
    ) -> GroupedWrite | None:
        if again:
            return again.popleft()
        if begun and (len(self.taken) >= MOST_WRITES or monotonic() >= end):
            return None
        return self._take()

    def _write(self, connection: sqlite3.Connection, write: GroupedWrite, *, kept: bool) -> None:
        """Run one write as a whole or not at all; in a transaction, other work may be `kept`."""
        write.error = None
        self.began_at = monotonic()
        self.current = write
        try:
            if write.is_off():
                raise TimeoutError("the write was called off before it began")
            if write.make is None:
                write.result = connection.execute(write.sql, write.values).fetchall()
            else:
                write.result = _take_steps(connection, write, write.make(), kept=kept)
        finally:
            self.current = None


def _take_steps(
    connection: sqlite3.Connection, write: GroupedWrite, steps: Steps[Any], *, kept: bool
) -> object:
    def fetch(sql: str, values: Sequence[object]) -> Sequence[Row]:
        if write.is_off():
            raise TimeoutError("the write was called off between two statements")
        return connection.execute(sql, values).fetchall()

    try:
        if kept:
            connection.execute("SAVEPOINT write")
        result: object = drive(steps, fetch)
        if write.is_off():
            raise TimeoutError("the write was called off after its last statement")
        if kept:
            connection.execute("RELEASE write")
    except BaseException:
        _undo(connection, kept=kept)
        raise
    return result


def _undo(connection: sqlite3.Connection, *, kept: bool) -> None:
    """Undo one write. Where that fails, undo all: nothing may be half done."""
    if kept and connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK TO write")
            connection.execute("RELEASE write")
            return
    try:
        roll_back(connection)
    except sqlite3.Error as error:
        raise UnavailableError(f"ROLLBACK failed: {error}") from error


def _commit(connection: sqlite3.Connection) -> None:
    while connection.in_transaction:
        try:
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            # It was meant for the last write, which had ended.
            if not (is_interrupted(error) and connection.in_transaction):
                raise


def _is_meant_for_another(error: BaseException, write: GroupedWrite) -> bool:
    return is_interrupted(error) and not write.is_off()


def _fail(writes: Sequence[GroupedWrite], reason: str) -> None:
    for write in writes:
        write.error = UnavailableError(reason)
