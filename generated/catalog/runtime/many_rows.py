"""One INSERT for many rows: the VALUES of a compiled INSERT of one row, repeated.

The SQL of a thousand rows is put together as text, which costs less than compiling it, and is not
kept. Nothing may rely on the order of the rows that it returns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice

from .drivers import Row
from .prepared import Prepared
from .steps import Steps

MOST_ROWS = 500
MOST_PARAMETERS = 16_000
"""SQLite takes 32,766 in one statement, PostgreSQL 32,767."""

VALUES = " VALUES "
NUMBERED = re.compile(r"\$\d+")


def insert_many(
    one: Prepared, given: Iterable[Mapping[str, object]], returning: str = ""
) -> Steps[list[Row]]:
    """Insert rows of which each gives the parameters of `one`, an INSERT that returns nothing."""
    rows: list[Row] = []
    most = max(1, min(MOST_ROWS, MOST_PARAMETERS // max(1, len(one.parameters))))
    left = iter(given)
    while chunk := list(islice(left, most)):
        values = list(chain.from_iterable(one.values(row) for row in chunk))
        rows.extend((yield repeated(one.sql, len(chunk)) + returning, values))
    return rows


def repeated(sql: str, times: int) -> str:
    """Repeat the VALUES of an INSERT of one row, each with parameters of its own."""
    head, mark, group = sql.partition(VALUES)
    if not mark:
        raise ValueError(f"this is no INSERT of one row: {sql}")
    pieces = NUMBERED.split(group)
    if len(pieces) == 1:
        groups = [group] * times
    else:
        each = len(pieces) - 1
        groups = [_numbered(pieces, at * each + 1) for at in range(times)]
    return f"{head}{VALUES}{', '.join(groups)}"


def _numbered(pieces: Sequence[str], first: int) -> str:
    """Join what stands between parameters with their numbers."""
    rest = (f"${number}{piece}" for number, piece in enumerate(pieces[1:], first))
    return pieces[0] + "".join(rest)
