"""What rows refer to: the row that a column names, and the rows that a table of links names.

A foreign key alone cannot refuse a row that is only marked as deleted: so a write locks what it
refers to before it writes, in the order parent, child, as a deletion does.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Table, select
from sqlalchemy.engine import Dialect

from .columns import DateTime, DeletedAt, Integer
from .key_lists import any_of
from .prepared import Prepared, Recent, dialect_name, prepare, stored
from .steps import Steps

if TYPE_CHECKING:
    from .rows import Rows


@dataclass(frozen=True, slots=True)
class Reference:
    """A relation to one: a column that holds the key of a row."""

    name: str
    """The relation, in the spec and in problems."""
    column: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to many: a table whose rows link a row (its owner) to another (its member)."""

    name: str
    """The relation, in the spec and in problems."""
    attribute: str
    """Of models: what holds the keys of the members."""
    table: Table
    most: int
    """How many members a row may have."""
    in_body: bool = True
    """Whether the keys stand in bodies and answers."""
    statements: Recent[Hashable, Prepared] = field(
        default_factory=Recent, init=False, repr=False, compare=False
    )

    @property
    def owner(self) -> Column[Any]:
        """The column with the key of the row that refers."""
        return self.table.columns[0]

    @property
    def member(self) -> Column[Any]:
        """The column with the key of the row that is referred to."""
        return self.table.columns[1]


def target(column: Column[Any]) -> Column[Any]:
    """Return the key that a column with a foreign key refers to."""
    (foreign_key,) = column.foreign_keys
    return foreign_key.column


def column_of(table: Table, kind: type[Integer | DateTime]) -> Column[Any] | None:
    """Return the column that has a type of which a table has one or none."""
    return next((column for column in table.c if isinstance(column.type, kind)), None)


@cache
def can_die(column: Column[Any]) -> bool:
    """Tell whether what a column refers to can be marked as deleted."""
    return column_of(target(column).table, DeletedAt) is not None


def absent(
    rows: Rows[Any], column: Column[Any], keys: Collection[object], dialect: Dialect, *, lock: bool
) -> Steps[set[object]]:
    """Return those of the keys that no live row has; the rows of the others can be locked.

    A lock is shared: it keeps a row from being deleted until the transaction ends.
    """
    if not keys:
        return set()
    prepared = target_lookup(rows, column, dialect, lock=lock)
    decode = stored(column).decoder(dialect_name(dialect))
    found = yield prepared.sql, prepared.values({"keys": list(keys)})
    return set(keys) - {decode(row[0]) for row in found}


def target_lookup(
    rows: Rows[Any], column: Column[Any], dialect: Dialect, *, lock: bool
) -> Prepared:
    """Compile what finds which of some keys there are."""
    return rows.lookups.get(
        (dialect_name(dialect), "targets", column.table.name, column.name, lock),
        lambda: _find_targets(column, dialect, lock),
    )


def _find_targets(column: Column[Any], dialect: Dialect, lock: bool) -> Prepared:
    key = target(column)
    marked = column_of(key.table, DeletedAt)
    statement = select(key).where(any_of(key, "keys", dialect_name(dialect))).order_by(key)
    if marked is not None:
        statement = statement.where(marked.is_(None))
    if lock:
        # Every deletion locks a row that can be referred to before it marks or removes it, which
        # the weakest lock keeps off; other updates need not wait, so that none of them deadlock.
        statement = statement.with_for_update(read=True, key_share=True)
    return prepare(statement, dialect)
