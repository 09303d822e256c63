"""Which way SQLite is told to find the rows of a list.

It keeps no statistics that would tell a filter that leaves a handful of rows from one that leaves
millions, and takes the order that costs no sorting either way. So the ways are: to leave it alone,
to look rows up by a filter's index and sort them, to merge what it finds for each of several
values, or to have the statement itself look first how many there are (`pages.py` writes all four).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    Column,
    ColumnElement,
    FromClause,
    PrimaryKeyConstraint,
    Select,
    Table,
    UniqueConstraint,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.expression import BooleanClauseList, UnaryExpression
from sqlalchemy.sql.visitors import iterate

from .columns import Integer
from .filters import Condition
from .orders import Term
from .stored import DialectName

RANGES = (operators.gt, operators.ge, operators.lt, operators.le)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A filter that a request gives, with the shape of its value."""

    condition: Condition | ColumnElement[bool]
    shape: Hashable

    def clause(self, dialect: DialectName) -> ColumnElement[bool]:
        """Write it."""
        if isinstance(self.condition, Condition):
            return self.condition.clause(self.shape, dialect)
        return self.condition

    @property
    def ranged(self) -> Column[Any] | None:
        """The column of which it leaves some values, by whose index they can be found."""
        if isinstance(self.condition, Condition):
            return self.condition.searches(self.shape)
        return self._compared(RANGES)

    @property
    def pinned(self) -> Column[Any] | None:
        """The column of which it leaves one value."""
        if isinstance(self.condition, Condition):
            return self.condition.pins(self.shape)
        return self._compared((operators.eq,))

    @property
    def columns(self) -> frozenset[Column[Any]]:
        """The column by whose index it can be looked up, if there is one."""
        return frozenset(one for one in (self.pinned, self.ranged) if one is not None)

    @property
    def each(self) -> Sequence[ColumnElement[bool]]:
        """The conditions of which one has to hold, each of them for one value of a column."""
        return self.condition.each(self.shape) if isinstance(self.condition, Condition) else ()

    def _compared(self, how: Collection[object]) -> Column[Any] | None:
        one = self.condition
        if not isinstance(one, BinaryExpression) or one.operator not in how:
            return None
        return one.left if isinstance(one.left, Column) else None


@dataclass(frozen=True, slots=True)
class Alone:
    """SQLite chooses well by itself."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows are looked up by a filter, and then sorted."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows of each value of the only filter come out of an index in order: they are merged."""

    filter: Narrowed


@dataclass(frozen=True, slots=True)
class Probed:
    """What these filters find together, by one index, is sorted if it is little."""

    filters: Sequence[Narrowed]
    partial: bool
    """Whether that index holds only the rows for which the statement's own condition holds."""


Way = Alone | Sorted | Merged | Probed
Columns = Sequence[tuple[object, bool]]
"""Of an index: what it is of, and whether that is descending."""


def choose(
    statement: Select[*tuple[Any, ...]], filters: Sequence[Narrowed], terms: Sequence[Term]
) -> Way:
    """Choose how SQLite finds the rows that filters leave, in an order."""
    table, where = terms[-1].column.table, statement.whereclause
    pinned = [column for one in filters if (column := one.pinned) is not None]
    ranged = [column for one in filters if (column := one.ranged) is not None]
    usable = list(_indexes(table, where))
    if any(_orders(usable, pinned, terms, first=column) for column in pinned):
        return Alone()
    if any(column is terms[0].column for column in ranged):
        return Alone()
    if _is_simple(statement, filters, terms[-1].column):
        # Beside another filter, which may leave little, all rows of all values could be read.
        if len(filters) == len(terms) == 1 and filters[0].each:
            (among,) = ranged
            if _orders(usable, (among,), terms, first=among):
                return Merged(filters[0])
        whole = list(_indexes(table, None))
        found = [one for one in (*pinned, *_best_first(ranged)) if _leads(one, usable)]
        if found and _orders(whole, (), terms):
            probe = [one for one in filters if found[0] in one.columns]
            return Probed(probe, not _leads(found[0], whole))
    led = {column: _leads(column, _indexes(column.table, where)) for column in (*pinned, *ranged)}
    if any(led[column] for column in pinned):
        return Alone()
    return Sorted() if any(led.values()) else Alone()


def _best_first(columns: Sequence[Column[Any]]) -> list[Column[Any]]:
    """Put those first that more than one filter narrows: a range with two ends finds less."""
    return sorted(columns, key=columns.count, reverse=True)


def _is_simple(
    statement: Select[*tuple[Any, ...]], filters: Sequence[Narrowed], key: Column[Any]
) -> bool:
    """Tell whether a row is held to its own columns, and to subqueries that know nothing of it.

    Those that find its key are none of them: a link is looked up for each row, or all are.
    """
    if any(isinstance(one, Table) and one is not key.table for one in iterate(statement)):
        return False
    whole = statement.where(*(one.clause("sqlite") for one in filters))
    inner = [one for one in iterate(whole) if isinstance(one, Select) and one is not whole]
    if inner and any(one.ranged is key for one in filters):
        return False
    return not any(_mentions(one, key.table) for one in inner)


def _mentions(inner: Select[*tuple[Any, ...]], table: FromClause) -> bool:
    return any(
        part is table or (isinstance(part, Column) and part.table is table)
        for part in iterate(inner)
    )


def _leads(column: Column[Any], indexes: Iterable[Columns]) -> bool:
    """Tell whether an index begins with a column."""
    return any(columns[0][0] is column for columns in indexes)


def _orders(
    indexes: Iterable[Columns],
    pinned: Collection[Column[Any]],
    terms: Sequence[Term],
    first: Column[Any] | None = None,
) -> bool:
    """Tell whether an index holds rows in an order, where some columns have but one value each.

    The index may have to begin with one column. Every index of a table with an integer key ends
    with that.
    """
    single = frozenset(pinned)
    key = terms[-1].column
    wanted = [one for one in terms if one.column not in single]
    for columns in indexes:
        if first is not None and columns[0][0] is not first:
            continue
        left = [one for one in columns if one[0] not in single]
        if isinstance(key.type, Integer) and all(column is not key for column, _ in left):
            left.append((key, False))
        pairs = list(zip(left, wanted, strict=False))
        same = all(column is term.column for (column, _), term in pairs)
        turned = {down is not term.descending for (_, down), term in pairs}
        if same and len(pairs) == len(wanted) and len(turned) <= 1:
            return True
    return False


def _indexes(table: Table, where: ColumnElement[bool] | None) -> Iterator[Columns]:
    """Yield the indexes of a table, and its constraints that have one.

    One that leaves rows out is of use where these rows are not wanted either.
    """
    wanted = where.clauses if isinstance(where, BooleanClauseList) else [where]
    for index in table.indexes:
        holds = index.dialect_options["sqlite"]["where"]
        if holds is None or any(one is not None and holds.compare(one) for one in wanted):
            yield [
                (one.element, one.modifier is operators.desc_op)
                if isinstance(one, UnaryExpression)
                else (one, False)
                for one in index.expressions
            ]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint) and constraint.columns:
            yield [(column, False) for column in constraint.columns]
