"""The statements of a deletion, on any table that it reaches. All of them take raw keys."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    bindparam,
    delete,
    exists,
    literal_column,
    not_,
    null,
    select,
    true,
    update,
)
from sqlalchemy.engine import Dialect

from .columns import DeletedAt
from .key_lists import any_of
from .made import raised
from .prepared import Prepared, Recent, dialect_name, prepare
from .references import column_of
from .referrers import key_of, owner_of, referrers

MOST = 100_000
"""There are some for each table and each relation, so as many as the spec has of these."""


class DeletionStatements:
    """Each is compiled once."""

    def __init__(self) -> None:
        self._prepared: Recent[Hashable, Prepared] = Recent(MOST)

    def referring(
        self, column: Column[Any], dialect: Dialect, *, live: bool | None, first: bool = False
    ) -> Prepared:
        """Find the rows that refer to `keys`: live ones, dead ones, or both; or only one."""

        def make() -> Prepared:
            table = column.table
            statement = select(key_of(table)).where(
                _among(column, "keys", dialect), *_living(table, live)
            )
            return prepare(statement.limit(1) if first else statement, dialect)

        return self._get(("referring", column, live, first), dialect, make)

    def below(self, column: Column[Any], dialect: Dialect, *, live: bool | None) -> Prepared:
        """Find the rows that refer to `keys` by a column of their own table, at any depth."""

        def make() -> Prepared:
            table = column.table
            key = key_of(table)
            top = select(key).where(_among(column, "keys", dialect), *_living(table, live))
            below = top.cte("below", recursive=True)
            refers = column == below.c[key.key]
            deeper = select(key).where(*_living(table, live))
            if dialect_name(dialect) == "postgresql":
                # Without an offset it may choose to read the whole table at every level.
                next_level = deeper.where(refers).offset(literal_column("0")).lateral("deeper")
                deeper = select(next_level.c[key.key]).select_from(below.join(next_level, true()))
            else:
                deeper = deeper.select_from(below.join(table, refers))
            return prepare(select(below.union(deeper).c[key.key]), dialect)

        return self._get(("below", column, live), dialect, make)

    def owners(self, column: Column[Any], dialect: Dialect) -> Prepared:
        """Find the rows that own the links, by `column`, to `keys`."""
        owner = column.table.columns[0]
        return self._get(
            ("owners", column),
            dialect,
            lambda: prepare(
                select(owner).distinct().where(_among(column, "keys", dialect)), dialect
            ),
        )

    def lock(self, table: Table, dialect: Dialect, *, to_change: bool) -> Prepared:
        """Lock `keys` in their order; others may still refer to rows that are only to change."""

        def make() -> Prepared:
            key = key_of(table)
            statement = select(key).where(_among(key, "keys", dialect)).order_by(key)
            return prepare(statement.with_for_update(key_share=to_change), dialect)

        return self._get(("lock", table, to_change), dialect, make)

    def clear(self, column: Column[Any], dialect: Dialect) -> Prepared:
        """Let `keys` refer to nothing by `column`: they stay, and have changed."""

        def make() -> Prepared:
            table = column.table
            statement = update(table).where(_among(key_of(table), "keys", dialect))
            return prepare(statement.values({column.key: null()} | raised(table)), dialect)

        return self._get(("clear", column), dialect, make)

    def untie(self, column: Column[Any], dialect: Dialect) -> Prepared:
        """Let those of `rows` that refer to `keys` refer to nothing, before both go."""

        def make() -> Prepared:
            statement = update(column.table).where(
                _among(key_of(column.table), "rows", dialect), _among(column, "keys", dialect)
            )
            return prepare(statement.values({column.key: null()}), dialect)

        return self._get(("untie", column), dialect, make)

    def raise_owners(self, column: Column[Any], dialect: Dialect) -> Prepared | None:
        """Raise the versions of `keys`, where they answer their links by `column`."""
        table = owner_of(column)
        if not column.table.info.get("in_body", True) or not raised(table):
            return None

        def make() -> Prepared:
            statement = update(table).where(_among(key_of(table), "keys", dialect))
            return prepare(statement.values(raised(table)), dialect)

        return self._get(("raise", column), dialect, make)

    def cut(self, column: Column[Any], dialect: Dialect) -> Prepared:
        """Remove the links that lead to, or from, `keys`."""
        table = column.table
        return self._get(
            ("cut", column),
            dialect,
            lambda: prepare(delete(table).where(_among(column, "keys", dialect)), dialect),
        )

    def mark(self, table: Table, dialect: Dialect) -> Prepared:
        """Mark `keys` as deleted."""

        def make() -> Prepared:
            marked = column_of(table, DeletedAt)
            assert marked is not None
            statement = update(table).where(_among(key_of(table), "keys", dialect))
            return prepare(
                statement.values({marked.key: bindparam("now__", type_=marked.type)}), dialect
            )

        return self._get(("mark", table), dialect, make)

    def remove(self, table: Table, dialect: Dialect) -> Prepared:
        """Delete `keys`."""
        return self._get(
            ("remove", table),
            dialect,
            lambda: prepare(delete(table).where(_among(key_of(table), "keys", dialect)), dialect),
        )

    def remove_leaves(self, table: Table, dialect: Dialect) -> Prepared:
        """Delete those of `keys` to which no other row of the table refers.

        Return them, and after each key what the row referred to in its own table.
        """

        def make() -> Prepared:
            key = key_of(table)
            child = table.alias()
            own = [one.column for one in referrers(table) if one.table is table]
            held = (
                exists().where(child.c[column.key] == key, child.c[key.key] != key)
                for column in own
            )
            statement = delete(table).where(_among(key, "keys", dialect), *map(not_, held))
            return prepare(statement.returning(key, *own), dialect)

        return self._get(("leaves", table), dialect, make)

    def _get(self, name: Hashable, dialect: Dialect, make: Callable[[], Prepared]) -> Prepared:
        return self._prepared.get((dialect.name, name), make)


def _among(column: Column[Any], name: str, dialect: Dialect) -> ColumnElement[bool]:
    return any_of(column, name, dialect_name(dialect), raw=True)


def _living(table: Table, live: bool | None) -> list[ColumnElement[bool]]:
    """Make the condition that a row lives, or is dead, where rows of the table can be marked."""
    marked = column_of(table, DeletedAt)
    if live is None or marked is None:
        return []
    return [marked.is_(None) if live else marked.is_not(None)]
