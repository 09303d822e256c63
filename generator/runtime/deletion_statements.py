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
    not_,
    null,
    select,
    update,
)
from sqlalchemy.engine import Dialect

from .columns import DeletedAt
from .key_lists import any_of
from .made import raised
from .prepared import Prepared, Recent, dialect_name, prepare
from .references import column_of
from .referrers import key_of, owner_of, referrers


class DeletionStatements:
    """Each is compiled once."""

    def __init__(self) -> None:
        self._prepared: Recent[Hashable, Prepared] = Recent()

    def referring(
        self, column: Column[Any], dialect: Dialect, *, live: bool | None, first: bool = False
    ) -> Prepared:
        """Lock the rows that refer to `keys`: live ones, dead ones, or both; or find only one."""

        def make() -> Prepared:
            table = column.table
            marked = column_of(table, DeletedAt)
            statement = select(key_of(table)).where(_among(column, "keys", dialect))
            if live is not None and marked is not None:
                statement = statement.where(marked.is_(None) if live else marked.is_not(None))
            if first:
                return prepare(statement.limit(1), dialect)
            return prepare(statement.order_by(key_of(table)).with_for_update(), dialect)

        return self._get(("referring", column, live, first), dialect, make)

    def clear(self, column: Column[Any], dialect: Dialect, *, live: bool | None) -> Prepared:
        """Let the rows that refer to `keys` refer to nothing, but for those in `doomed`."""

        def make() -> Prepared:
            table = column.table
            marked = column_of(table, DeletedAt)
            statement = update(table).where(
                _among(column, "keys", dialect), not_(_among(key_of(table), "doomed", dialect))
            )
            if live and marked is not None:
                statement = statement.where(marked.is_(None))
            return prepare(statement.values({column.key: null()} | raised(table)), dialect)

        return self._get(("clear", column, live), dialect, make)

    def untie(self, column: Column[Any], dialect: Dialect) -> Prepared:
        """Let those of `rows` that refer to `keys` refer to nothing, before both go."""

        def make() -> Prepared:
            statement = update(column.table).where(
                _among(key_of(column.table), "rows", dialect), _among(column, "keys", dialect)
            )
            return prepare(statement.values({column.key: null()}), dialect)

        return self._get(("untie", column), dialect, make)

    def raise_owners(self, column: Column[Any], dialect: Dialect) -> Prepared | None:
        """Raise the versions of the rows that answer their links, by `column`, to `keys`."""
        owner, member = list(column.table.columns)[:2]
        table = owner_of(column)
        answered = column.table.info.get("in_body", True)
        if column is not member or not answered or not raised(table):
            return None

        def make() -> Prepared:
            linked = select(owner).where(_among(member, "keys", dialect))
            key = key_of(table)
            statement = update(table).where(key.in_(linked), not_(_among(key, "doomed", dialect)))
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

    def remove(self, table: Table, dialect: Dialect, *, unreferred: bool) -> Prepared:
        """Delete `keys`, or those of them to which no row of the same table refers."""

        def make() -> Prepared:
            key = key_of(table)
            statement = delete(table).where(_among(key, "keys", dialect))
            if unreferred:
                child = table.alias()
                own = [one.column.key for one in referrers(table) if one.table is table]
                statement = statement.where(
                    *(not_(exists().where(child.c[name] == key)) for name in own)
                )
            return prepare(statement.returning(key), dialect)

        return self._get(("remove", table, unreferred), dialect, make)

    def _get(self, name: Hashable, dialect: Dialect, make: Callable[[], Prepared]) -> Prepared:
        return self._prepared.get((dialect.name, name), make)


def _among(column: Column[Any], name: str, dialect: Dialect) -> ColumnElement[bool]:
    return any_of(column, name, dialect_name(dialect), raw=True)
