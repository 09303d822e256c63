"""Who refers to a table, and what happens to them when a row of it is deleted.

It is read from the foreign keys of all tables when something is first deleted: every table is known
by then, and a deletion may reach tables that the resource's own modules never import.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Column, MetaData, Table

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
            f"{_article(resource)} {resource} still refers to this {noun} as its {relation}.",
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


def _columns_to(table: Table) -> Sequence[tuple[Column[Any], str | None]]:
    metadata = table.metadata
    return _columns_by_target(metadata, len(metadata.tables)).get(table, ())


@cache
def _columns_by_target(
    metadata: MetaData, _tables: int
) -> Mapping[Table, Sequence[tuple[Column[Any], str | None]]]:
    """Look through all tables, of which there are so many, once for all."""
    found: dict[Table, list[tuple[Column[Any], str | None]]] = {}
    for table in metadata.tables.values():
        for column in table.columns:
            for foreign_key in column.foreign_keys:
                target = foreign_key.column.table
                found.setdefault(target, []).append((column, foreign_key.ondelete))
    return found


def key_of(table: Table) -> Column[Any]:
    """Return the key of a resource's table."""
    (key,) = table.primary_key.columns
    return key


def owner_of(column: Column[Any]) -> Table:
    """Return the table whose rows own the links of a table of links."""
    owner = column.table.columns[0]
    (foreign_key,) = owner.foreign_keys
    return foreign_key.column.table


@cache
def lock_order(metadata: MetaData) -> Mapping[Table, int]:
    """Put all tables in the order in which every deletion locks their rows.

    What a deletion reaches comes after that from where it is reached, but for circles. Names decide
    where nothing else does, so that all processes keep the same order.
    """
    done: dict[Table, None] = {}
    begun: set[Table] = set()

    def visit(table: Table) -> None:
        if table not in begun:
            begun.add(table)
            for other in sorted(_reached(table), key=_name):
                visit(other)
            done[table] = None

    for table in sorted(metadata.tables.values(), key=_name):
        visit(table)
    return {table: place for place, table in enumerate(reversed(done))}


@cache
def reaches_itself(table: Table) -> bool:
    """Tell whether deleting a row can reach others of its table, by any way."""
    found: set[Table] = set()
    pending = _reached(table)
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending += _reached(one)
    return table in found


def _reached(table: Table) -> list[Table]:
    """Return the tables whose rows go, or change, with those of a table."""
    owners = (owner_of(column) for column in links(table) if is_member(column))
    return [*(one.table for one in referrers(table)), *owners]


def _name(table: Table) -> str:
    return table.name


def is_member(column: Column[Any]) -> bool:
    """Tell which end of a link a column holds: what is linked to, or what owns the link."""
    return column is column.table.columns[1]


def _article(noun: str) -> str:
    return "An" if noun[:1] in "aeio" else "A"
