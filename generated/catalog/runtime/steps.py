"""Writes of several statements: a generator that yields each statement and is sent its rows.

It knows no driver, and so runs alike on a thread of SQLite and over the network to PostgreSQL. What
it returns is the result of its transaction; what it raises rolls the transaction back.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from .drivers import Row

T = TypeVar("T")

Statement = tuple[str, Sequence[object]]
"""SQL, and its values as the driver takes them."""

Steps = Generator[Statement, Sequence[Row], T]


def drive(steps: Steps[T], fetch: Callable[[str, Sequence[object]], Sequence[Row]]) -> T:
    """Run steps to their end with a function that runs one statement."""
    try:
        statement = next(steps)
        while True:
            statement = steps.send(fetch(*statement))
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        steps.close()
