"""Writing links: the members of one row as a whole, of many new rows at once, or one by one.

The row that owns the links is locked by then, or is new: two writers never change its links at the
same time, and each change raises its version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table, bindparam, delete, insert, select
from sqlalchemy.engine import Dialect

from .conflicts import Write, sought
from .drivers import ViolationError
from .key_lists import any_of
from .many_rows import insert_many
from .prepared import Prepared, dialect_name, prepare, stored
from .references import Link, absent, target, target_lookup
from .referrers import lock_order
from .rows import Guard, Rows
from .steps import Steps


def lock_targets(writes: Mapping[int, Write], dialect: Dialect) -> Steps[ViolationError | None]:
    """Lock what writes refer to, where a foreign key would not do; return what is not there.

    Each table is locked once, whatever refers to it, and all in the order in which deletions lock:
    relation by relation, a write and a deletion of the same rows could wait for each other.
    It is no error yet: that the row itself is not there, or has another version, comes before.
    """
    rows = next(iter(writes.values())).rows
    sought_keys = list(_keys_to_lock(writes))
    by_table: dict[Table, tuple[Column[Any], set[object]]] = {}
    for _, column, keys in sought_keys:
        by_table.setdefault(target(column).table, (column, set()))[1].update(keys)
    order = lock_order(rows.table.metadata)
    missing: dict[Table, set[object]] = {}
    for table in sorted(by_table, key=order.__getitem__):
        missing[table] = yield from absent(rows, *by_table[table], dialect, lock=True)
    for relation, column, keys in sought_keys:
        if not missing[target(column).table].isdisjoint(keys):
            return ViolationError("reference", relation)
    return None


def _keys_to_lock(
    writes: Mapping[int, Write],
) -> Iterator[tuple[str, Column[Any], set[object]]]:
    """Yield which keys each relation refers to, in the order of the spec.

    Of many rows that is every relation: foreign keys lock in the order of the rows, where a
    deletion locks in the order of the keys; and they would let a new row refer to one after it.
    """
    rows = next(iter(writes.values())).rows
    given: dict[int, Collection[object]]
    for reference, guard in zip(rows.references, rows.guards, strict=True):
        column = rows.table.c[reference.column]
        if len(writes) > 1 or any(_is_unguarded(one, guard) for one in writes.values()):
            given = {index: [write.values.get(column.key)] for index, write in writes.items()}
            yield reference.name, column, set().union(*sought(writes, column, given).values())
    for link in rows.links:
        given = {index: write.members.get(link.name, ()) for index, write in writes.items()}
        yield link.name, link.member, set().union(*sought(writes, link.member, given).values())


def prepare_links(
    rows: Rows[Any], dialect: Dialect, *, many: bool = False, new: bool = True
) -> None:
    """Compile what locks the targets of a row, or of many, and what writes its links."""
    write = Write(rows=rows, values={})
    for guard in rows.guards:
        if many or _is_unguarded(write, guard):
            target_lookup(rows, rows.table.c[guard.column], dialect, lock=True)
    for link in rows.links:
        target_lookup(rows, link.member, dialect, lock=True)
        link_insert(link, dialect)
        if not new:
            _linked(rows, link, dialect)
            _cut(rows, link, dialect)


def needs_locks(write: Write) -> bool:
    """Tell whether a write gives members, or refers to what a foreign key alone would not guard."""
    if write.members:
        return True
    for guard in write.rows.guards:
        if write.values.get(guard.column) is not None and _is_unguarded(write, guard):
            return True
    return False


def _has_new_key(write: Write) -> bool:
    """Tell whether the database makes the key, which a client could have guessed."""
    return write.own is None and write.rows.key.key not in write.values


def _is_unguarded(write: Write, guard: Guard) -> bool:
    """Tell whether a foreign key would let a row refer to what is not there.

    That is a row that is marked as deleted; and of the same table the new row itself, where its key
    was guessed.
    """
    return guard.can_die or (guard.own_table and _has_new_key(write))


def needs_targets(rows: Rows[Any]) -> bool:
    """Tell whether new rows could refer to what is not there for all that foreign keys say."""
    return any(guard.can_die or guard.own_table for guard in rows.guards)


def add_links(link: Link, pairs: Sequence[tuple[object, object]], dialect: Dialect) -> Steps[None]:
    """Link owners to members that they are not linked to."""
    given = [{"owner": owner, "member": member} for owner, member in pairs]
    yield from insert_many(link_insert(link, dialect), given)


def link_insert(link: Link, dialect: Dialect) -> Prepared:
    """Compile what links one row to another."""

    def make() -> Prepared:
        values: dict[str, object] = {
            link.owner.key: bindparam("owner"),
            link.member.key: bindparam("member"),
        }
        return prepare(insert(link.table).values(values).inline(), dialect)

    return link.statements.get((dialect_name(dialect), "insert"), make)


def write_links(write: Write, owner: object, dialect: Dialect) -> Steps[None]:
    """Make the members of a row those that a write gives."""
    for link in write.rows.links:
        members = write.members.get(link.name)
        if members is None:
            continue
        linked: set[object] = set()
        if write.own is not None:
            linked = yield from _keep_links(write.rows, link, owner, members, dialect)
        yield from add_links(link, [(owner, one) for one in members if one not in linked], dialect)


def _keep_links(
    rows: Rows[Any], link: Link, owner: object, members: Sequence[object], dialect: Dialect
) -> Steps[set[object]]:
    """Remove the links of a row to all but some members; return the members that stay linked."""
    name = dialect_name(dialect)
    linked = _linked(rows, link, dialect)
    decode = stored(link.member).decoder(name)
    found = {decode(row[0]) for row in (yield linked.sql, linked.values({"owner": owner}))}
    gone = found.difference(members)
    if gone:
        cut = _cut(rows, link, dialect)
        yield cut.sql, cut.values({"owner": owner, "keys": list(gone)})
    return found - gone


def _linked(rows: Rows[Any], link: Link, dialect: Dialect) -> Prepared:
    return rows.lookups.get(
        (dialect_name(dialect), "linked", link.name),
        lambda: prepare(select(link.member).where(link.owner == bindparam("owner")), dialect),
    )


def _cut(rows: Rows[Any], link: Link, dialect: Dialect) -> Prepared:
    def make() -> Prepared:
        among = any_of(link.member, "keys", dialect_name(dialect))
        return prepare(delete(link.table).where(link.owner == bindparam("owner"), among), dialect)

    return rows.lookups.get((dialect_name(dialect), "cut", link.name), make)
