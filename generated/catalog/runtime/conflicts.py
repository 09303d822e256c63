"""Unique sets: which one a write clashes with, and with which row.

Databases name the set in different ways, and another one where several are broken. So the service
looks for itself, in the order of the spec; the database's report is for races that looking loses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, bindparam, func, select

from .database import Database, UniqueViolationError
from .drivers import Row
from .prepared import Prepared, prepare, stored
from .problems import Problem
from .rows import Rows, Unique, wire_value

ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A write of one row that unique sets may refuse."""

    rows: Rows[Any]
    prepared: Prepared
    """Takes the values as `set__<column>`, and the row's own key as `key`."""
    values: Mapping[str, object]
    """By column."""
    own: object | None
    """The key of the row that is written; None where it is a new one."""
    body: BaseModel


async def write_unique(database: Database, write: Write) -> Sequence[Row]:
    """Run a write; raise the problem `unique-taken` where another row has what it writes."""
    given: dict[str, object] = {f"set__{name}": value for name, value in write.values.items()}
    bound = write.prepared.values(given | {"key": write.own})
    for attempt in (1, 2):
        try:
            return await database.write(write.prepared.sql, bound)
        except UniqueViolationError as error:
            problem = await _find(database, write)
            if problem is None and attempt == 2:
                problem = _reported(write, error.report)
            if problem is not None:
                raise problem from error
    raise AssertionError("the second attempt returns or raises")


async def _find(database: Database, write: Write) -> Problem | None:
    """Look for the first unique set that another row has."""
    rows = write.rows
    values = dict(write.values)
    if write.own is not None:
        values = await _stored_values(database, write) | values
    for unique in rows.unique:
        given = {name: values.get(name) for name in unique.columns}
        if None in given.values() or write.values.keys().isdisjoint(unique.columns):
            continue
        if unique.ignore_case:
            given = {name: _folded(value) for name, value in given.items()}
        prepared = _lookup(database, rows, unique, write.own is not None)
        found = await database.read(prepared.sql, prepared.values(given | {"own__": write.own}))
        if found:
            return _taken(write, unique, wire_value(rows.key, found[0][0], database.dialect))
    return None


async def _stored_values(database: Database, write: Write) -> dict[str, object]:
    """Read what an update leaves as it is in the columns of unique sets."""
    rows = write.rows
    names = sorted({name for unique in rows.unique for name in unique.columns})
    columns = [rows.table.c[name] for name in names]
    prepared = rows.lookups.get(
        (database.dialect, "stored"),
        lambda: prepare(
            select(*columns).where(rows.key == bindparam("key")), database.engine.dialect
        ),
    )
    found = await database.read(prepared.sql, prepared.values({"key": write.own}))
    if not found:
        return {}
    return {
        column.key: None if raw is None else stored(column).decoder(database.dialect)(raw)
        for column, raw in zip(columns, found[0], strict=True)
    }


def _lookup(database: Database, rows: Rows[Any], unique: Unique, others: bool) -> Prepared:
    """Select the key of the row that has given values, of another row than `own__` or of any."""

    def make() -> Prepared:
        conditions = [_equal(rows.table.c[name], unique) for name in unique.columns]
        if others:
            conditions.append(rows.key != bindparam("own__"))
        return prepare(select(rows.key).where(*conditions).limit(1), database.engine.dialect)

    return rows.lookups.get((database.dialect, unique, others), make)


def _equal(column: ColumnElement[Any], unique: Unique) -> ColumnElement[bool]:
    name = str(column.key)
    if unique.ignore_case:
        return func.lower(column) == bindparam(name, type_=column.type)
    return column == bindparam(name)


def _folded(value: object) -> object:
    return value.translate(ASCII_LOWER) if isinstance(value, str) else value


def _reported(write: Write, report: str) -> Problem:
    """Name the set that the database named; the row in the way is gone, or not yet to be seen."""
    table = write.rows.table.name
    for unique in write.rows.unique:
        if unique.reported_in(report, table):
            return _taken(write, unique, None)
    raise LookupError("the database reported a unique set that the service does not know")


def _taken(write: Write, unique: Unique, key: object) -> Problem:
    fields = [write.rows.wire_name(name, write.body) for name in unique.columns]
    what = fields[0] if len(fields) == 1 else f"combination of {', '.join(fields)}"
    detail = f"Another {write.rows.noun} has this {what}."
    if key is None:
        return Problem("unique-taken", detail, constraint=unique.name, fields=fields)
    return Problem("unique-taken", detail, constraint=unique.name, fields=fields, key=key)
