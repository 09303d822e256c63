"""Writes of SQLite that share a COMMIT: each is there as a whole or not at all, as it was told."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import closing
from typing import cast

import pytest

from generator.runtime.drivers import ViolationError
from generator.runtime.problems import Problem
from generator.runtime.sqlite_calls import Asked
from generator.runtime.sqlite_groups import Group, GroupedWrite
from generator.runtime.steps import Steps
from tests.runtime.things import (
    INSERT,
    SLOW_INSERT,
    TABLES,
    insert,
    is_unavailable,
    names,
    opened,
    together,
)

pytestmark = pytest.mark.anyio


async def test_writes_of_one_moment_share_a_commit(fresh_sqlite_url: str) -> None:
    """Each has its own result."""
    async with opened(fresh_sqlite_url) as (database, executed):
        ids = await together(*(database.write(INSERT, (f"n{one}",)) for one in range(100)))
        assert [rows[0][0] for rows in ids] == list(range(1, 101))
        assert executed.count("COMMIT") == 1
        assert not [one for one in executed if "SAVEPOINT" in one]


async def test_a_large_number_is_split(fresh_sqlite_url: str) -> None:
    """No group is larger than its bound, and none is lost."""
    async with opened(fresh_sqlite_url) as (database, executed):
        await together(*(database.write(INSERT, (f"n{one}",)) for one in range(400)))
        assert len(await names(database)) == 400
        assert 4 <= executed.count("COMMIT") < 40


async def test_a_write_that_is_alone_is_its_own_transaction(fresh_sqlite_url: str) -> None:
    """One statement needs no BEGIN."""
    async with opened(fresh_sqlite_url) as (database, executed):
        assert await database.write(INSERT, ("a",)) == [(1,)]
        assert [one.split()[0] for one in executed] == ["INSERT"]
        assert await database.transact(insert("b")) == 2
        assert [one.split()[0] for one in executed[1:]] == ["BEGIN", "INSERT", "SELECT", "COMMIT"]


async def test_an_error_is_one_writes_own(fresh_sqlite_url: str) -> None:
    """A violation, a problem that steps raise, a defect: the others are not touched."""
    async with opened(fresh_sqlite_url) as (database, executed):
        await database.write(INSERT, ("taken",))
        executed.clear()
        outcomes = await together(
            database.transact(insert("no", error=Problem("unknown-key", "mine"))),
            database.transact(insert("a", "b")),
            database.write(INSERT, ("taken",)),
            database.transact(insert("c", "taken")),
            database.transact(insert("d", "e", error=Problem("unknown-key", "mine"))),
            database.write("INSERT INTO nowhere VALUES (1)", ()),
            database.write(INSERT, ("f",)),
        )
        assert executed.count("COMMIT") == 1
        assert [type(one).__name__ for one in outcomes] == [
            *("Problem", "int", "ViolationError", "ViolationError"),
            *("Problem", "OperationalError", "list"),
        ]
        assert outcomes[1] == 3
        assert await names(database) == ["a", "b", "f", "taken"]


async def test_nobody_is_told_before_the_commit(
    fresh_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first write is done, and waits for the others as often as it is looked at."""
    written, go_on = threading.Event(), threading.Event()
    ended, looks = Group.ended, 0

    def counted(group: Group) -> list[Asked]:
        nonlocal looks
        looks += written.is_set()
        return ended(group)

    def slow() -> Steps[None]:
        yield INSERT, ("b",)
        written.set()
        go_on.wait()

    monkeypatch.setattr(Group, "ended", counted)
    async with opened(fresh_sqlite_url) as (database, executed):
        first = asyncio.ensure_future(database.write(INSERT, ("a",)))
        second = asyncio.ensure_future(database.transact(slow))
        try:
            while looks < 3:
                await asyncio.sleep(0.001)
            assert not first.done()
            assert await names(database) == []
        finally:
            go_on.set()
        await together(first, second)
        assert await names(database) == ["a", "b"]
        assert executed.count("COMMIT") == 1


async def test_a_failing_commit_fails_all(fresh_sqlite_url: str) -> None:
    """Nobody is told what did not become durable. Alone, the culprit hears what it did."""
    broken = "INSERT INTO late VALUES (99)"
    async with opened(fresh_sqlite_url) as (database, _):
        outcomes = await together(
            database.write(INSERT, ("a",)),
            database.write(INSERT, ("a",)),
            database.write(broken, ()),
            database.transact(insert("b")),
        )
        assert all(map(is_unavailable, outcomes))
        assert await names(database) == []
        for run in (database.write(broken, ()), database.transact(lambda: late(broken))):
            with pytest.raises(ViolationError):
                await run
        assert await database.transact(insert("c")) == 1


def late(sql: str) -> Steps[None]:
    """Run one statement."""
    yield sql, ()


async def test_an_interrupted_write_takes_nobody_along(fresh_sqlite_url: str) -> None:
    """SQLite then undoes the whole transaction; the others are written again."""
    async with opened(fresh_sqlite_url, statement_timeout=1) as (database, _):
        outcomes = await together(
            *(database.write(INSERT, (f"a{one}",)) for one in range(5)),
            database.write(INSERT, ("a1",)),
            database.write(SLOW_INSERT, ()),
            *(database.transact(insert(f"b{one}")) for one in range(5)),
        )
        assert is_unavailable(outcomes[6])
        assert isinstance(outcomes[5], ViolationError)
        assert outcomes[7:] == [6, 7, 8, 9, 10]
        assert len(await names(database)) == 10


class Interrupted:
    """A connection that is interrupted at its first COMMIT, and when it first inserts a name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.left = {"COMMIT", "b"}

    @property
    def in_transaction(self) -> bool:
        """Tell as the connection does."""
        return self.connection.in_transaction

    def execute(self, sql: str, values: Sequence[str] = ()) -> sqlite3.Cursor:
        """Fail once for each."""
        for one in self.left & {sql, *values}:
            self.left.remove(one)
            error = sqlite3.OperationalError("interrupted")
            error.sqlite_errorcode = sqlite3.SQLITE_INTERRUPT
            raise error
        return self.connection.execute(sql, values)


async def test_an_interruption_that_comes_too_late_hurts_nobody() -> None:
    """It was meant for a write that had ended: what runs by then runs again."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(TABLES[0])
        interrupted = Interrupted(connection)
        loop = asyncio.get_running_loop()
        writes = deque(GroupedWrite(loop.create_future(), INSERT, (name,)) for name in "abc")
        group = Group(writes)
        group.run(cast(sqlite3.Connection, interrupted))
        assert [(one.result, one.error) for one in group.taken] == [
            ([(number,)], None) for number in (1, 2, 3)
        ]
        assert not interrupted.left
        assert not connection.in_transaction
        assert connection.execute("SELECT name FROM things").fetchall() == [("a",), ("b",), ("c",)]


class Stuck(Interrupted):
    """A connection whose disk fails at a name, and cannot undo anything then."""

    failing = False

    def execute(self, sql: str, values: Sequence[str] = ()) -> sqlite3.Cursor:
        """Fail from then on whenever something is to be undone."""
        self.failing = self.failing or "b" in values
        if "b" in values or (self.failing and sql.startswith("ROLLBACK")):
            raise sqlite3.OperationalError("disk I/O error")
        return self.connection.execute(sql, values)


async def test_what_cannot_be_undone_is_not_committed() -> None:
    """The whole group fails, and its connection is of no use any more."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(TABLES[0])
        loop = asyncio.get_running_loop()

        def steps() -> Steps[None]:
            yield INSERT, ("a",)
            yield INSERT, ("b",)

        writes = deque([GroupedWrite(loop.create_future(), make=steps)])
        writes += [GroupedWrite(loop.create_future(), INSERT, (name,)) for name in "cd"]
        with pytest.raises(sqlite3.OperationalError, match="disk I/O"):
            Group(writes).run(cast(sqlite3.Connection, Stuck(connection)))
        connection.rollback()
        assert connection.execute("SELECT count(*) FROM things").fetchone() == (0,)


async def test_a_full_disk_leaves_what_was_told(fresh_sqlite_url: str) -> None:
    """SQLite's own bound on pages stands for a disk that is full."""
    async with opened(fresh_sqlite_url, pool_size=1, pool_overflow=0) as (database, _):
        await database.read("PRAGMA max_page_count = 30", ())
        texts = [f"{one:03}" + "x" * (3000 if one % 3 else 10) for one in range(60)]
        outcomes = await together(
            *(database.write(INSERT, (text,)) for text in texts[:30]),
            *(database.transact(insert(text)) for text in texts[30:]),
        )
        stored = set(await names(database))
        assert 0 < len(stored) < len(texts)
        for text, outcome in zip(texts, outcomes, strict=True):
            assert (text in stored) is not is_unavailable(outcome)
            assert text in stored or is_unavailable(outcome)
