"""The conditions of a list that look beyond the row: through a relation to one, and at links.

A condition on another table is one subquery that knows nothing of the row, so that a database can
begin there and come back by the index on the foreign key.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, Table, bindparam, func, or_, select
from sqlalchemy.sql.visitors import iterate

from .columns import Integer
from .filters import Condition, among
from .stored import DialectName


def through(
    column: Column[Any], target_key: Column[Any], condition: Condition | ColumnElement[bool]
) -> Condition:
    """Hold for rows that refer to one for which a condition holds.

    Where a row refers to nothing, the value there is null, as it is in a row that has none.
    """
    inner = condition if isinstance(condition, Condition) else _compared(condition)

    def clause(shape: Hashable, dialect: DialectName) -> ColumnElement[bool]:
        targets = select(target_key).where(inner.clause(shape, dialect)).correlate(None)
        held = column.in_(targets)
        return or_(column.is_(None), held) if _of_nothing(shape) else held

    def _of_nothing(shape: Hashable) -> bool:
        return bool(column.nullable) and inner.of_nothing(shape)

    return Condition(
        inner.shape,
        clause,
        inner.values,
        of_nothing=_of_nothing,
        searches=lambda shape: None if _of_nothing(shape) else column,
    )


def _compared(condition: ColumnElement[bool]) -> Condition:
    """Treat a comparison with one value as the condition that it is."""
    names = [part.key for part in iterate(condition) if isinstance(part, BindParameter)]
    return Condition(
        lambda _value: None,
        lambda _shape, _dialect: condition,
        lambda value: dict.fromkeys(names, value),
    )


def linked_any(key: Column[Any], links: Table, name: str) -> Condition:
    """Hold for rows that are linked to at least one of the given."""
    owner, member = _ends(links)
    given = among(member, name)

    def clause(shape: Hashable, dialect: DialectName) -> ColumnElement[bool]:
        return key.in_(select(owner).where(given.clause(shape, dialect)).correlate(None))

    return Condition(given.shape, clause, given.values, searches=lambda _shape: key)


def linked_none(key: Column[Any], links: Table, name: str) -> Condition:
    """Hold for rows that are linked to none of the given."""
    owner, member = _ends(links)
    given = among(member, name)

    def clause(shape: Hashable, dialect: DialectName) -> ColumnElement[bool]:
        found = select(owner).where(owner == key, given.clause(shape, dialect)).correlate(key.table)
        return ~found.exists()

    return Condition(given.shape, clause, given.values)


def linked_all(key: Column[Any], links: Table, name: str) -> Condition:
    """Hold for rows that are linked to each of the given."""
    owner, member = _ends(links)
    given = among(member, name)

    def clause(shape: Hashable, dialect: DialectName) -> ColumnElement[bool]:
        count = bindparam(f"{name}__count", type_=Integer())
        found = select(owner).where(given.clause(shape, dialect)).correlate(None)
        return key.in_(found.group_by(owner).having(func.count() == count))

    def values(keys: Sequence[object]) -> Mapping[str, object]:
        return {**given.values(keys), f"{name}__count": len(set(keys))}

    return Condition(given.shape, clause, values, searches=lambda _shape: key)


def _ends(links: Table) -> tuple[Column[Any], Column[Any]]:
    """Return the column of the row that refers, and that of the row that is referred to."""
    owner, member, *_ = links.c
    return owner, member
