"""Cursors: while rows come and go, the pages hold what is after the last row, each row once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio.from_thread
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests.runtime.shop import (
    CURSORS,
    Counting,
    CursorParams,
    open_shop,
)
from tests.runtime.shop_tables import (
    product,
    products,
    put,
    warehouses,
)

Row = tuple[int, str, int]
"""Key, title, stock."""

TITLES = st.sampled_from(["", "a", "A", "aa", "é", "\U0001f600", "\ue000", "z" * 100])
STOCKS = st.integers(-2, 2)
KEYS = st.integers(1, 30)
ROWS = st.builds(lambda key, title, stock: (key, title, stock), KEYS, TITLES, STOCKS)
COLUMNS = {"id": 0, "title": 1, "stock": 2}


@dataclass(frozen=True, slots=True)
class Course:
    """A walk through a list, and what happens to its rows between two pages."""

    sort: tuple[str, ...]
    size: int
    begin: Sequence[Row]
    changes: Sequence[Sequence[tuple[bool, Row]]] = field(default=())
    """Before each page but the first: rows that come (or go, by their keys)."""


COURSES = st.builds(
    Course,
    st.sampled_from(
        [
            (),
            ("-id",),
            ("stock",),
            ("-stock",),
            ("title",),
            ("stock", "title"),
            ("-title", "-stock"),
        ]
    ),
    st.integers(1, 5),
    st.lists(ROWS, max_size=20, unique_by=lambda row: row[0]),
    st.lists(st.lists(st.tuples(st.booleans(), ROWS), max_size=4), max_size=8),
)


def place(row: Row, sort: Sequence[str]) -> tuple[Any, ...]:
    """Return what rows are ordered by, the key last."""
    return tuple(row[COLUMNS[term.removeprefix("-")]] for term in sort) + (row[0],)


async def change(database: Counting, rows: dict[int, Row], come: bool, row: Row) -> None:
    """Let a row come if its key is free, or go if it is there."""
    key, title, stock = row
    if come and key not in rows:
        rows[key] = row
        await put(database, products, product(title, stock=stock, id=key))
    elif not come and key in rows:
        del rows[key]
        async with database.engine.begin() as connection:
            await connection.execute(delete(products).where(products.c.id == key))


async def walk(database: Counting, course: Course) -> None:
    """Follow cursors to the end; compare each page with what is then after the last row."""
    async with database.engine.begin() as connection:
        await connection.execute(delete(products))
    rows: dict[int, Row] = {}
    for row in course.begin:
        await change(database, rows, True, row)
    downwards = bool(course.sort) and course.sort[0].startswith("-")
    params: dict[str, object] = {"page_size": str(course.size)}
    if course.sort:
        params["sort"] = list(course.sort)
    last: tuple[Any, ...] | None = None
    changes = iter(course.changes)
    while True:
        found = await CURSORS.run(database, CursorParams.model_validate(params))
        ordered = sorted(rows.values(), key=lambda row: place(row, course.sort), reverse=downwards)
        rest = [
            row
            for row in ordered
            if last is None
            or (place(row, course.sort) < last if downwards else place(row, course.sort) > last)
        ]
        assert [row[0] for row in found.rows] == [row[0] for row in rest[: course.size]]
        assert found.more == (len(rest) > course.size) == (found.next_cursor is not None)
        if found.next_cursor is None:
            return
        params["cursor"] = found.next_cursor
        last = place(rest[course.size - 1], course.sort)
        for come, row in next(changes, ()):
            await change(database, rows, come, row)


@contextmanager
def shop(url: str) -> Iterator[tuple[anyio.from_thread.BlockingPortal, Counting]]:
    """Open a database, and a loop to use it in."""
    with (
        anyio.from_thread.start_blocking_portal() as portal,
        portal.wrap_async_context_manager(open_shop(url)) as database,
    ):
        portal.call(put, database, warehouses, {"city": "Oslo"})
        yield portal, database


def test_pages_are_stable(database_url: str) -> None:
    """Each page is what comes after the last row of the one before, whatever came or went."""
    with shop(database_url) as (portal, database):

        @given(course=COURSES)
        @settings(max_examples=60)
        def walks(course: Course) -> None:
            portal.call(walk, database, course)

        walks()
