"""Many keys, or tuples of values, in one statement that serves any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_json

from .columns import PostgreSQLText, String, Text
from .stored import DialectName, Storage, Stored, unchanged


class KeyList(Stored[Sequence[Any]]):
    """Values of one type: an array for PostgreSQL, the text of a JSON array for SQLite."""

    impl = sa.TEXT
    cache_ok = False

    def __init__(self, item: Stored[Any], *, raw: bool = False) -> None:
        super().__init__()
        self.item = item
        # A length in the type of an array would cut longer text to it.
        text = isinstance(item, String | Text) or _is_sent_as_text(item)
        array = sa.ARRAY(sa.TEXT() if text else item.on_postgresql.sql_type)
        binders = {
            dialect: None if raw else storage.bind
            for dialect, storage in (("sqlite", item.on_sqlite), ("postgresql", item.on_postgresql))
        }

        def bind(dialect: DialectName, values: Sequence[Any]) -> list[Any]:
            binder = binders[dialect]
            return list(values) if binder is None else [binder(value) for value in values]

        self.on_sqlite = Storage(
            sa.TEXT(), unchanged, bind=lambda values: to_json(bind("sqlite", values)).decode()
        )
        self.on_postgresql = Storage(
            array, unchanged, bind=lambda values: bind("postgresql", values)
        )


class TupleList(Stored[Sequence[Sequence[Any]]]):
    """Tuples of values of some types: the text of a JSON array of arrays, for SQLite alone."""

    impl = sa.TEXT
    cache_ok = False

    def __init__(self, items: Sequence[Stored[Any]]) -> None:
        super().__init__()
        binders = [item.on_sqlite.bind or unchanged for item in items]

        def bind(tuples: Sequence[Sequence[Any]]) -> str:
            bound = [
                [binder(value) for binder, value in zip(binders, one, strict=True)]
                for one in tuples
            ]
            return to_json(bound).decode()

        self.on_sqlite = Storage(sa.TEXT(), unchanged, bind=bind)


def any_of(
    column: sa.Column[Any], name: str, dialect: DialectName, *, raw: bool = False
) -> sa.ColumnElement[bool]:
    """Hold for rows whose value is in a list; `raw` where its items are the driver's own values."""
    kind = column.type
    if not isinstance(kind, Stored):
        raise TypeError(f"{column} is not of a type of columns.py")
    return _is_any(column, kind, name, dialect, raw=raw)


def joined(
    column: sa.Column[Any],
    name: str,
    dialect: DialectName,
    columns: Sequence[sa.ColumnElement[Any]],
) -> sa.Select[*tuple[Any, ...]]:
    """Select columns of the rows whose key is in a list of the driver's own values, each once.

    On SQLite a join with the list costs a quarter less than to ask whether it holds a key.
    """
    kind = column.type
    if dialect == "postgresql" or not isinstance(kind, Stored):
        return sa.select(*columns).where(any_of(column, name, dialect, raw=True))
    values = sa.bindparam(name, type_=KeyList(kind, raw=True))
    items = sa.func.json_each(values).table_valued("value", name=f"{name}__")
    return sa.select(*columns).select_from(items.join(column.table, column == items.c.value))


def any_tuple_of(
    columns: Sequence[tuple[sa.ColumnElement[Any], Stored[Any]]], name: str, dialect: DialectName
) -> sa.ColumnElement[bool]:
    """Hold for rows that have one of the tuples of `tuple_values`, where no value is null."""
    if len(columns) == 1:
        ((column, kind),) = columns
        return _is_any(column, kind, f"{name}__0", dialect)
    kinds = [kind for _, kind in columns]
    names = [f"value_{at}" for at in range(len(columns))]
    chosen: list[sa.ColumnElement[Any]]
    if dialect == "postgresql":
        arrays = [_array(kind, f"{name}__{at}") for at, kind in enumerate(kinds)]
        given = sa.func.unnest(*arrays).table_valued(*names, name=name).render_derived()
        chosen = list(given.c)
    else:
        tuples = sa.bindparam(name, type_=TupleList(kinds))
        items = sa.func.json_each(tuples).table_valued("value", name=name)
        chosen = [
            sa.func.json_extract(items.c.value, sa.literal_column(f"'$[{at}]'"))
            for at in range(len(columns))
        ]
    return sa.tuple_(*(column for column, _ in columns)).in_(sa.select(*chosen))


def tuple_values(name: str, tuples: Sequence[Sequence[object]]) -> dict[str, object]:
    """Return what the parameters of `any_tuple_of` take, on either database."""
    lists = enumerate(zip(*tuples, strict=True))
    return {name: tuples} | {f"{name}__{at}": values for at, values in lists}


def _is_any(
    column: sa.ColumnElement[Any],
    kind: Stored[Any],
    name: str,
    dialect: DialectName,
    *,
    raw: bool = False,
) -> sa.ColumnElement[bool]:
    if dialect == "postgresql":
        return column == sa.any_(_array(kind, name, raw=raw))
    values = sa.bindparam(name, type_=KeyList(kind, raw=raw))
    items = sa.func.json_each(values).table_valued("value")
    return column.in_(sa.select(items.c.value))


def _array(kind: Stored[Any], name: str, *, raw: bool = False) -> sa.ColumnElement[Any]:
    values = sa.bindparam(name, type_=KeyList(kind, raw=raw))
    if not _is_sent_as_text(kind):
        return values
    return sa.cast(values, sa.ARRAY(kind.on_postgresql.sql_type))


def _is_sent_as_text(kind: Stored[Any]) -> bool:
    return isinstance(kind.on_postgresql.sql_type, PostgreSQLText)
