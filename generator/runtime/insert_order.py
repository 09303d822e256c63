"""The order in which many new rows are inserted.

Requests that insert the same values wait for each other at the first of them; were each to insert
in an order of its own, one would hold what another waits for and wait for what that one holds.
"""

from __future__ import annotations

from collections.abc import Mapping

from .conflicts import Write
from .references import target
from .unique_sets import member_of


def insert_order(writes: Mapping[int, Write]) -> list[int]:
    """Return the indexes of writes in the order of what they have of the unique sets.

    A row that another of them refers to comes before it, since a foreign key looks for it at once.
    """
    depths = _depths(writes)

    def place(index: int) -> tuple[object, ...]:
        write = writes[index]
        members = [member_of(unique, write.values) for unique in write.rows.unique]
        return (depths[index], *((one is not None, one or ()) for one in members))

    return sorted(writes, key=place)


def _depths(writes: Mapping[int, Write]) -> dict[int, int]:
    """Say of each row how many of the others have to be there before it."""
    rows = next(iter(writes.values())).rows
    columns = (rows.table.c[one.column] for one in rows.references)
    names = [column.key for column in columns if target(column) is rows.key]
    if not names:
        return dict.fromkeys(writes, 0)
    made: dict[object, int] = {}
    depths: dict[int, int] = {}
    for index, write in writes.items():
        depths[index] = max(made.get(write.values.get(name), 0) for name in names)
        key = write.values.get(rows.key.key)
        if key is not None:
            made[key] = depths[index] + 1
    return depths
