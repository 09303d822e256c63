"""Keys that the database makes, taken before the rows are inserted.

What an INSERT of many rows returns is in no promised order: rows that have their keys beforehand
are known by them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column
from sqlalchemy.engine import Dialect

from .steps import Steps


def new_keys(key: Column[Any], count: int, dialect: Dialect) -> Steps[list[int]]:
    """Take keys that no row ever had, ascending."""
    if dialect.name == "sqlite":
        # The table is locked, and AUTOINCREMENT goes on after the largest key that it is given.
        sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?"
        ((last,),) = yield sql, [key.table.name]
        return list(range(last + 1, last + count + 1))
    table = dialect.identifier_preparer.quote_identifier(key.table.name)
    sql = "SELECT nextval(pg_get_serial_sequence($1, $2)) FROM generate_series(1, $3::bigint)"
    return sorted(row[0] for row in (yield sql, [table, key.name, count]))
