"""Many keys as one parameter, so that one statement serves any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_json

from .columns import String, Text
from .stored import DialectName, Storage, Stored, unchanged


class KeyList(Stored[Sequence[Any]]):
    """Values of one type: an array for PostgreSQL, the text of a JSON array for SQLite."""

    impl = sa.TEXT
    cache_ok = False

    def __init__(self, item: Stored[Any], *, raw: bool = False) -> None:
        super().__init__()
        self.item = item
        # A length in the type of an array would cut longer text to it.
        text = isinstance(item, String | Text)
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


def any_of(
    column: sa.Column[Any], name: str, dialect: DialectName, *, raw: bool = False
) -> sa.ColumnElement[bool]:
    """Hold for rows whose value is in a list; `raw` where its items are the driver's own values."""
    kind = column.type
    if not isinstance(kind, Stored):
        raise TypeError(f"{column} is not of a type of columns.py")
    values = sa.bindparam(name, type_=KeyList(kind, raw=raw))
    if dialect == "postgresql":
        return column == sa.any_(values)
    items = sa.func.json_each(values).table_valued("value")
    return column.in_(sa.select(items.c.value))
