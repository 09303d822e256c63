"""Who refers to a table, and what happens to them when a row of it is deleted.

It is read from the foreign keys of all tables when something is first deleted: every table is known
by then, and a deletion may reach tables that the resource's own modules never import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import CheckConstraint, Column, Table

from .drivers import ViolationError
from .problems import Problem

OnDelete = Literal["restrict", "cascade", "set_null"]
RULES: dict[str | None, OnDelete] = {"CASCADE": "cascade", "SET NULL": "set_null"}


@dataclass(frozen=True, slots=True, eq=False)
class Referrer:
    """A column of a resource's table that refers to a table."""

    column: Column[Any]
    on_delete: OnDelete

    @property
    def table(self) -> Table:
        """Whose column it is."""
        return self.column.table

    def problem(self, noun: str) -> Problem:
        """Make the problem of a row that cannot be deleted because of it."""
        resource = str(self.table.info["noun"])
        relation = str(self.column.info["relation"])
        return Problem(
            "still-referenced",
            f"This {noun} is still referred to: by the {relation} of a row of {resource}.",
            relation=relation,
            resource=resource,
        )


@cache
def referrers(table: Table) -> Sequence[Referrer]:
    """Return the columns of resources that refer to a table."""
    return [
        Referrer(column, RULES.get(rule, "restrict"))
        for column, rule in _columns_to(table)
        if "noun" in column.table.info
    ]


@cache
def links(table: Table) -> Sequence[Column[Any]]:
    """Return the columns of tables of links that refer to a table."""
    return [column for column, _ in _columns_to(table) if "noun" not in column.table.info]


def _columns_to(table: Table) -> Iterator[tuple[Column[Any], str | None]]:
    for other in table.metadata.tables.values():
        for column in other.columns:
            for foreign_key in column.foreign_keys:
                if foreign_key.column.table is table:
                    yield column, foreign_key.ondelete


def key_of(table: Table) -> Column[Any]:
    """Return the key of a resource's table."""
    (key,) = table.primary_key.columns
    return key


def blamed(tables: list[Table], violation: ViolationError, noun: str) -> Problem:
    """Tell which reference the database would not let go when rows of tables were deleted."""
    found = [one for table in tables for one in referrers(table)]
    for one in found:
        names = {key.constraint.name for key in one.column.foreign_keys if key.constraint}
        names |= {check.name for check in one.table.constraints if _is_check(check)}
        if any(violation.report.endswith(str(name)) for name in names):
            return one.problem(noun)
    kept = (one for one in found if one.on_delete == "restrict")
    return next(kept, found[0]).problem(noun)


def _is_check(constraint: object) -> bool:
    return isinstance(constraint, CheckConstraint)


def owner_of(column: Column[Any]) -> Table:
    """Return the table whose rows own the links of a table of links."""
    owner = column.table.columns[0]
    (foreign_key,) = owner.foreign_keys
    return foreign_key.column.table
