"""Unique sets: the rows that have given values already, many values at a time.

Values are compared as Python values: what a driver returns need not be what it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.engine import Dialect

from .prepared import Prepared, dialect_name, prepare, stored
from .rows import Rows, Unique
from .steps import Steps

SIZES = (1, 8, 64)
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
    The last of a batch is repeated up to the next of few sizes: few statements are compiled.
    """
    found: dict[Member, object] = {}
    decoders = [
        stored(rows.table.c[name]).decoder(dialect_name(dialect)) for name in unique.columns
    ]
    for batch in _batches(list(members)):
        size = next(one for one in SIZES if one >= len(batch))
        prepared = _lookup(rows, unique, size, own is not None, dialect)
        padded = [*batch, *[batch[-1]] * (size - len(batch))]
        given: dict[str, object] = {
            f"{name}__{at}": value
            for at, member in enumerate(padded)
            for name, value in zip(unique.columns, member, strict=True)
        }
        for key, *raw in (yield prepared.sql, prepared.values(given | {"own__": own})):
            pairs = zip(decoders, raw, strict=True)
            found[tuple(decode(value) for decode, value in pairs)] = key
    return found


def _batches(members: Sequence[Member]) -> list[tuple[Member, ...]]:
    most = SIZES[-1]
    return [tuple(members[start : start + most]) for start in range(0, len(members), most)]


def _lookup(rows: Rows[Any], unique: Unique, size: int, others: bool, dialect: Dialect) -> Prepared:
    """Select the keys and values of rows that have one of the members."""

    def make() -> Prepared:
        columns = [_compared(rows, unique, name) for name in unique.columns]
        conditions = [_any(rows, unique, columns, size)]
        if not unique.primary:
            conditions.extend(rows.live)
        if others:
            conditions.append(rows.key != bindparam("own__"))
        return prepare(select(rows.key, *columns).where(*conditions), dialect)

    return rows.lookups.get((dialect_name(dialect), unique, size, others), make)


def _any(
    rows: Rows[Any], unique: Unique, columns: Sequence[ColumnElement[Any]], size: int
) -> ColumnElement[bool]:
    def value(name: str, at: int) -> ColumnElement[Any]:
        return bindparam(f"{name}__{at}", type_=rows.table.c[name].type)

    if len(columns) == 1:
        return columns[0].in_([value(unique.columns[0], at) for at in range(size)])
    pairs = list(zip(columns, unique.columns, strict=True))
    return or_(
        *(and_(*(column == value(name, at) for column, name in pairs)) for at in range(size))
    )


def _compared(rows: Rows[Any], unique: Unique, name: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = rows.table.c[name]
    return func.lower(column) if unique.ignore_case else column


def _folded(value: object) -> object:
    return value.translate(ASCII_LOWER) if isinstance(value, str) else value
