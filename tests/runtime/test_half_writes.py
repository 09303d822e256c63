"""A write of several statements in a group whose own undoing, or end, is interrupted.

SQLite interrupts whatever runs at the moment, and that may be a statement of ours.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, cast

import pytest

from generator.runtime.sqlite_groups import Group, GroupedWrite
from generator.runtime.steps import Steps

pytestmark = pytest.mark.anyio

INSERT = "INSERT INTO things VALUES (?)"


class Interrupted(sqlite3.Connection):
    """A connection that interrupts the first statement of a kind."""

    kind = "-"
    before: Callable[[], object] = staticmethod(lambda: None)

    def execute(self, sql: str, values: object = (), /) -> sqlite3.Cursor:
        """Fail once, having done nothing."""
        if not sql.startswith(self.kind):
            return super().execute(sql, cast(Any, values))
        self.kind = "-"
        self.before()
        error = sqlite3.OperationalError("interrupted")
        error.sqlite_errorcode = sqlite3.SQLITE_INTERRUPT
        raise error


@pytest.fixture
def connection() -> Iterator[Interrupted]:
    """Open a database with a table."""
    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=Interrupted)) as opened:
        opened.execute("CREATE TABLE things (name TEXT)")
        yield opened


def write(*names: str, error: Exception | None = None) -> GroupedWrite:
    """Write names one by one, and perhaps fail then."""

    def steps() -> Steps[int]:
        for name in names:
            yield INSERT, (name,)
        if error is not None:
            raise error
        return len(names)

    return GroupedWrite(asyncio.get_running_loop().create_future(), make=steps)


def stored(connection: Interrupted) -> list[str]:
    """Read what is there once all is committed."""
    assert not connection.in_transaction
    return [name for (name,) in connection.execute("SELECT name FROM things")]


@pytest.mark.parametrize("kind", ["SAVEPOINT", "RELEASE", "INSERT"])
async def test_an_interruption_meant_for_another(connection: Interrupted, kind: str) -> None:
    """All is done, and once."""
    first, second, third = write("a", "b"), write("c", "d"), write("e")
    connection.kind = kind
    Group(deque([first, second, third])).run(connection)
    assert [one.error for one in (first, second, third)] == [None] * 3
    assert sorted(stored(connection)) == ["a", "b", "c", "d", "e"]


async def test_an_interruption_when_all_was_done(connection: Interrupted) -> None:
    """Who is told that time was over has written nothing."""
    first, second = write("a"), write("b", "c")

    def is_late() -> None:
        second.late = True

    connection.kind, connection.before = "RELEASE", is_late
    Group(deque([first, second])).run(connection)
    assert first.error is None
    assert isinstance(second.error, sqlite3.OperationalError)
    assert stored(connection) == ["a"]


@pytest.mark.parametrize("kind", ["ROLLBACK TO", "RELEASE"])
async def test_an_interruption_of_the_undoing(connection: Interrupted, kind: str) -> None:
    """Nothing is half done, and the others do not suffer."""
    first, second, third = write("a"), write("b", "c", error=ValueError("mine")), write("d")
    connection.kind = kind
    Group(deque([first, second, third])).run(connection)
    assert (first.error, third.error) == (None, None)
    assert isinstance(second.error, ValueError)
    assert stored(connection) == ["a", "d"]


async def test_an_interruption_of_the_only_undoing(connection: Interrupted) -> None:
    """It is repeated, so that the next transaction begins with nothing."""
    first, second = write("a", error=ValueError("mine")), write("b")
    connection.kind = "ROLLBACK"
    Group(deque([first, second])).run(connection)
    assert isinstance(first.error, ValueError)
    assert stored(connection) == ["b"]
