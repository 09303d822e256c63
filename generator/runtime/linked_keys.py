"""The keys of a relation to many as a column of the row: the JSON text of a sorted array.

It is a subquery that is written as text, so that it stands in a SELECT and in a RETURNING alike.
There it shows the links as they were before the statement.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from .columns import Integer, Json
from .references import Link


class LinkedKeys(ColumnElement[Any]):
    """The keys of what a row is linked to."""

    inherit_cache = False

    def __init__(self, link: Link, key: Column[Any]) -> None:
        self.link = link
        self.owner_key = key
        self.type = Json()


@compiles(LinkedKeys, "sqlite")
def write_for_sqlite(element: LinkedKeys, compiler: SQLCompiler, **_: object) -> str:
    """Put the keys in order before they are joined: the function itself knows no order."""
    table, owner, member, key = _names(element, compiler)
    one = "one" if _is_number(element) else "'\"' || one || '\"'"
    return (
        f"(SELECT '[' || coalesce(group_concat({one}, ','), '') || ']' FROM (SELECT {member} AS one"
        f" FROM {table} WHERE {owner} = {key} ORDER BY {member}))"
    )


@compiles(LinkedKeys, "postgresql")
def write_for_postgresql(element: LinkedKeys, compiler: SQLCompiler, **_: object) -> str:
    """Join the keys in order."""
    table, owner, member, key = _names(element, compiler)
    one = f"{member}::text" if _is_number(element) else f"'\"' || {member}::text || '\"'"
    return (
        f"(SELECT '[' || coalesce(string_agg({one}, ',' ORDER BY {member}), '') || ']'"
        f" FROM {table} WHERE {owner} = {key})"
    )


def _is_number(element: LinkedKeys) -> bool:
    """Tell numbers from text. No key has a character that JSON would escape."""
    return isinstance(element.link.member.type, Integer)


def _names(element: LinkedKeys, compiler: SQLCompiler) -> tuple[str, str, str, str]:
    quote = compiler.preparer.quote
    link, key = element.link, element.owner_key
    table = quote(link.table.name)
    return (
        table,
        f"{table}.{quote(link.owner.name)}",
        f"{table}.{quote(link.member.name)}",
        f"{quote(key.table.name)}.{quote(key.name)}",
    )
