"""The order of a list: terms as `sort=` has them, made total by the key.

One order on both databases: text by code point, nulls last ascending and first descending, ties by
the key in the direction of the last term. That is what an index on the column and the key holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError
from sqlalchemy import Column, ColumnElement
from sqlalchemy.sql.expression import UnaryExpression
from sqlalchemy.sql.operators import custom_op


@dataclass(frozen=True, slots=True)
class Term:
    """A column with a direction."""

    column: Column[Any]
    descending: bool
    indexed: bool = True
    """Whether an index may serve it. (Only SQLite takes a no: see `plans.py`.)"""

    @property
    def expression(self) -> ColumnElement[Any]:
        """Return what is ordered by."""
        if self.indexed:
            return self.column
        return UnaryExpression(self.column, operator=custom_op("+"), type_=self.column.type)

    def clause(self) -> ColumnElement[Any]:
        """Write the term for ORDER BY."""
        clause = self.expression.desc() if self.descending else self.expression.asc()
        if not self.column.nullable:
            return clause
        return clause.nulls_first() if self.descending else clause.nulls_last()

    def without_index(self) -> Term:
        """Return the same term, for which no index is looked at."""
        return replace(self, indexed=False)


def total_order(
    terms: Iterable[str], sortable: Mapping[str, Column[Any]], key: Column[Any]
) -> tuple[Term, ...]:
    """Read terms such as `-title`; of a name that is repeated, the first counts."""
    ordered: list[Term] = []
    seen: set[str] = set()
    for term in terms:
        name = term.removeprefix("-")
        if name not in seen:
            seen.add(name)
            ordered.append(Term(sortable[name], term.startswith("-")))
        if sortable[name] is key:
            return tuple(ordered)
    return (*ordered, Term(key, bool(ordered) and ordered[-1].descending))


def one_direction(terms: list[str]) -> list[str]:
    """Refuse terms of both directions, which a cursor cannot follow."""
    if len({term.startswith("-") for term in terms}) > 1:
        raise PydanticCustomError("mixed_directions", "All terms must have one direction")
    return terms


OneDirection = AfterValidator(one_direction)
"""Marks the `sort` parameter of a list with cursors."""
