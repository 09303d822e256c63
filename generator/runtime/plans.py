"""What SQLite has to be told to look rows up by their index rather than read them all in order.

It takes the order that costs no sorting, even where a filter would leave a handful to sort. A term
of the order with a `+` in front is one that no index serves: then the filter's own is taken.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    Column,
    ColumnElement,
    PrimaryKeyConstraint,
    UniqueConstraint,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.expression import UnaryExpression

from .filters import Condition
from .orders import Term

RANGES = (operators.gt, operators.ge, operators.lt, operators.le)

Narrowed = tuple[Condition | ColumnElement[bool], Hashable]
"""A filter, with the shape of its value."""


def prefers_filters(filters: Sequence[Narrowed], terms: Sequence[Term]) -> bool:
    """Tell whether an index that a filter is looked up in does not hold the order.

    One value of a column is the exception: its rows stand in its index in the order of what
    follows, and the planner chooses well by itself.
    """
    searched = [column for one in filters if (column := _ranged(*one)) is not None]
    indexed = [column for column in searched if _leads(column)]
    if any(_is_pinned(*one) for one in filters):
        return False
    return bool(indexed) and not any(column is terms[0].column for column in indexed)


def _ranged(condition: Condition | ColumnElement[bool], shape: Hashable) -> Column[Any] | None:
    if isinstance(condition, Condition):
        return condition.searches(shape)
    ranged = isinstance(condition, BinaryExpression) and condition.operator in RANGES
    column = condition.left if ranged and isinstance(condition, BinaryExpression) else None
    return column if isinstance(column, Column) else None


def _is_pinned(condition: Condition | ColumnElement[bool], shape: Hashable) -> bool:
    """Tell whether a filter leaves one value of a column that an index begins with."""
    if isinstance(condition, Condition):
        column = condition.pins(shape)
    elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
        column = condition.left if isinstance(condition.left, Column) else None
    else:
        column = None
    return column is not None and _leads(column)


def _leads(column: Column[Any]) -> bool:
    """Tell whether an index, or a constraint that has one, begins with a column."""
    indexed = [next(iter(index.expressions)) for index in column.table.indexes]
    first: list[object] = [
        one.element if isinstance(one, UnaryExpression) else one for one in indexed
    ]
    for constraint in column.table.constraints:
        if isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint):
            first += list(constraint.columns)[:1]
    return any(one is column for one in first)
