"""Unique sets: the rows that have given values already, all that are asked for at a time.

Values are compared as Python values: what a driver returns need not be what it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.engine import Dialect

from .key_lists import any_tuple_of, tuple_values
from .prepared import Prepared, dialect_name, prepare, stored
from .rows import Rows, Unique
from .steps import Steps

ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}

Member = tuple[object, ...]
"""The values of a set in one row, folded where the set ignores case."""


def member_of(unique: Unique, values: Mapping[str, object]) -> Member | None:
    """Return what a row with given values has of a set; None where it cannot clash."""
    found = tuple(values.get(name) for name in unique.columns)
    if None in found:
        return None
    return tuple(_folded(value) for value in found) if unique.ignore_case else found


def holders(
    rows: Rows[Any],
    unique: Unique,
    members: Collection[Member],
    dialect: Dialect,
    own: object | None = None,
) -> Steps[dict[Member, object]]:
    """Return the raw key of the row that has each of the members, where one other than `own` has.

    Dead rows have nothing any more but their primary keys.
    """
    if not members:
        return {}
    name = dialect_name(dialect)
    decoders = [stored(rows.table.c[column]).decoder(name) for column in unique.columns]
    prepared = holder_lookup(rows, unique, dialect, others=own is not None)
    given = tuple_values("members", list(members)) | {"own__": own}
    return {
        tuple(decode(value) for decode, value in zip(decoders, raw, strict=True)): key
        for key, *raw in (yield prepared.sql, prepared.values(given))
    }


def holder_lookup(
    rows: Rows[Any], unique: Unique, dialect: Dialect, *, others: bool = False
) -> Prepared:
    """Compile what selects the keys and values of rows that have one of the members."""
    name = dialect_name(dialect)

    def make() -> Prepared:
        columns = [_compared(rows, unique, column) for column in unique.columns]
        kinds = [stored(rows.table.c[column]) for column in unique.columns]
        conditions = [any_tuple_of(list(zip(columns, kinds, strict=True)), "members", name)]
        if not unique.primary:
            conditions.extend(rows.live)
        if others:
            conditions.append(rows.key != bindparam("own__"))
        return prepare(select(rows.key, *columns).where(*conditions), dialect)

    return rows.lookups.get((name, unique, others), make)


def _compared(rows: Rows[Any], unique: Unique, name: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = rows.table.c[name]
    return func.lower(column) if unique.ignore_case else column


def _folded(value: object) -> object:
    return value.translate(ASCII_LOWER) if isinstance(value, str) else value
