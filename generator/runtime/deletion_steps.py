"""One deletion: what goes and what changes with it is found, locked, judged, and only then written.

It is looked for without locks first, so that all rows can be locked in one order, which every
deletion keeps: table by table, by key. What was not locked yet may have changed meanwhile, so then
it is looked for again, until everything that is found is locked.

The keys of all these rows are held in memory, some hundred bytes each. A statement takes at most
`MOST_KEYS`, but for locks, whose order several would not keep, and rows that hold each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Table
from sqlalchemy.engine import Dialect

from .columns import DeletedAt
from .deletion_statements import DeletionStatements
from .drivers import Row, ViolationError
from .prepared import Prepared, dialect_name
from .problems import Problem
from .references import column_of
from .referrers import Referrer, is_member, links, lock_order, owner_of, referrers
from .steps import Steps

STATEMENTS = DeletionStatements()
MOST_KEYS = 5_000

Of = TypeVar("Of", Table, Column[Any])

Doomed = tuple[Table, list[object], bool]
"""Rows that go, by their raw keys, and whether they really go."""


class Deletion:
    """One deletion, within its transaction."""

    def __init__(self, noun: str, dialect: Dialect) -> None:
        self._noun = noun
        self._dialect = dialect
        self._alone = dialect_name(dialect) == "sqlite"
        """Whether nobody else writes meanwhile."""
        self._now = datetime.now(UTC)
        self._doomed: dict[Table, dict[object, bool]] = {}
        """The rows that go, by their raw keys; whether they really go."""
        self._changed: dict[Column[Any], dict[object, None]] = {}
        """The rows that change: by the reference that is cleared, or that links them to a row."""
        self._locked: dict[Table, dict[object, bool]] = {}
        """The rows that are locked; whether against those who would refer to them, too."""
        self._letting_go: Referrer | None = None

    def hold(self, table: Table, keys: Iterable[object]) -> None:
        """Take note of rows that are locked already."""
        self._locked.setdefault(table, {}).update(dict.fromkeys(keys, True))

    def find(self, table: Table, keys: list[object], hard: bool) -> Steps[bool]:
        """Find and lock all that goes and all that changes; raise the problem of what holds it.

        Return False where something was not locked when it was found: then it has to be found anew.
        """
        self._doomed, self._changed = {}, {}
        pending = [(table, keys, hard)]
        while pending:
            yield from self._collect(pending)
            if not self._alone and (yield from self._lock()):
                return False
            pending = yield from self._refuse()
        return True

    def write(self) -> Steps[None]:
        """Delete what was found."""
        yield from self._let_go()
        for table, rows in self._doomed.items():
            soft = [key for key, really in rows.items() if not really]
            yield from self._each(STATEMENTS.mark, table, soft)
        yield from self._remove_all()

    def blame(self, violation: ViolationError) -> Problem:
        """Tell which reference the database would not let go."""
        if self._letting_go is not None:
            return self._letting_go.problem(self._noun)
        found = [one for table in self._doomed for one in referrers(table)]
        for one in found:
            names = [str(key.constraint.name) for key in one.column.foreign_keys if key.constraint]
            if violation.report.endswith(tuple(names)):
                return one.problem(self._noun)
        kept = (one for one in found if one.on_delete == "restrict")
        return next(kept, found[0]).problem(self._noun)

    def _collect(self, pending: list[Doomed]) -> Steps[None]:
        """Find all that goes. What is marked on one path and goes on another goes."""
        while pending:
            table, keys, hard = pending.pop(0)
            known = self._doomed.setdefault(table, {})
            new = [key for key in keys if key not in known or (hard and not known[key])]
            known.update(dict.fromkeys(new, hard))
            for referrer in referrers(table) if new else ():
                pending += yield from self._reach(referrer, table, new, hard)
            for column in links(table) if new else ():
                if is_member(column):
                    found = yield from self._each(STATEMENTS.owners, column, new)
                    self._change(column, found)

    def _reach(
        self, referrer: Referrer, table: Table, keys: list[object], hard: bool
    ) -> Steps[list[Doomed]]:
        """Find the rows that go, or change, because of a reference to rows that go."""
        column = referrer.column
        marked = column_of(referrer.table, DeletedAt) is not None
        restricts = referrer.on_delete == "restrict"
        if restricts and not (hard and marked):
            return []
        live = False if restricts else None if hard else True
        clears = referrer.on_delete == "set_null"
        deep = referrer.table is table and not clears
        look = STATEMENTS.below if deep else STATEMENTS.referring
        prepared = look(column, self._dialect, live=live)
        found = yield from self._send(prepared, keys)
        if clears:
            self._change(column, found)
            return []
        return [(referrer.table, [row[0] for row in found], hard or not marked)]

    def _change(self, column: Column[Any], found: Iterable[Row]) -> None:
        self._changed.setdefault(column, {}).update((row[0], None) for row in found)

    def _lock(self) -> Steps[bool]:
        """Lock what is not locked yet; tell whether there was such a row."""
        needed: dict[Table, dict[object, bool]] = {}
        for column, keys in self._changed.items():
            needed.setdefault(_changing(column), {}).update(dict.fromkeys(keys, False))
        for table, rows in self._doomed.items():
            needed.setdefault(table, {}).update(dict.fromkeys(rows, True))
        missing = False
        order = lock_order(next(iter(needed)).metadata)
        for table in sorted(needed, key=order.__getitem__):
            held = self._locked.setdefault(table, {})
            new = {key: goes for key, goes in needed[table].items() if key not in held}
            going = [key for key, goes in needed[table].items() if goes and not held.get(key)]
            # All of them in one order, whatever becomes of each.
            if not all(new.values()):
                yield from self._take(table, list(new), to_change=True)
            if going:
                yield from self._take(table, going, to_change=False)
            missing = missing or bool(new or going)
        return missing

    def _take(self, table: Table, keys: list[object], *, to_change: bool) -> Steps[None]:
        lock = STATEMENTS.lock(table, self._dialect, to_change=to_change)
        found = yield lock.sql, lock.values({"keys": keys})
        self._locked[table].update((row[0], not to_change) for row in found)

    def _refuse(self) -> Steps[list[Doomed]]:
        """Raise the problem of the first relation that holds on to a row, if that stays itself.

        Return the rows that were only to be marked, but hold on to one that really goes. Nobody can
        come to refer to what is locked, and those that go are locked too.
        """
        escalated: list[Doomed] = []
        for table in self._doomed:
            for marked, keys in self._by_mode(table):
                for referrer in referrers(table):
                    if referrer.on_delete != "restrict":
                        continue
                    going = self._doomed.get(referrer.table, {})
                    lookup = STATEMENTS.referring(
                        referrer.column, self._dialect, live=True, first=not going
                    )
                    found = [row[0] for row in (yield from self._send(lookup, keys))]
                    if any(key not in going for key in found):
                        raise referrer.problem(self._noun)
                    if not marked and not all(going[key] for key in found):
                        escalated.append((referrer.table, found, True))
        return escalated

    def _by_mode(self, table: Table) -> list[tuple[bool, list[object]]]:
        """Part the rows that are marked, whose live referrers matter, from those that go."""
        rows = self._doomed[table].items()
        parts = [(not hard, [key for key, one in rows if one is hard]) for hard in (False, True)]
        return [(live, keys) for live, keys in parts if keys]

    def _let_go(self) -> Steps[None]:
        """Take what goes out of what stays: references that can be null, and links."""
        for table in self._doomed:
            for referrer in referrers(table):
                self._letting_go = referrer
                staying = self._staying(referrer.column)
                yield from self._each(STATEMENTS.clear, referrer.column, staying)
        self._letting_go = None
        for table, rows in self._doomed.items():
            for column in links(table):
                raising = STATEMENTS.raise_owners(column, self._dialect)
                if raising is not None:
                    yield from self._send(raising, self._staying(column))
                yield from self._each(STATEMENTS.cut, column, list(rows))

    def _staying(self, column: Column[Any]) -> list[object]:
        """Return the rows that change because of a reference or a link, and do not go."""
        going = self._doomed.get(_changing(column), {})
        return [key for key in self._changed.get(column, ()) if key not in going]

    def _remove_all(self) -> Steps[None]:
        """Delete the rows that really go, of each table after those of tables that refer to it."""
        left = [table for table in self._doomed if self._going(table)]
        while left:
            table = _first_to_go(left)
            left.remove(table)
            for referrer in referrers(table):
                # They refer to each other in a circle.
                if referrer.table in left:
                    yield from self._untie(referrer, self._going(referrer.table))
            yield from self._remove(table)

    def _remove(self, table: Table) -> Steps[None]:
        """Delete rows, which may refer to others of them."""
        keys = self._going(table)
        own = [referrer for referrer in referrers(table) if referrer.table is table]
        if own and self._alone:
            keys = yield from self._remove_leaves(table, keys)
            for referrer in own if keys else ():
                yield from self._untie(referrer, keys)
        if own and keys:
            # PostgreSQL asks who still refers to what has gone when all of them have.
            removal = STATEMENTS.remove(table, self._dialect)
            yield removal.sql, removal.values({"keys": keys})
        else:
            yield from self._each(STATEMENTS.remove, table, keys)

    def _remove_leaves(self, table: Table, keys: list[object]) -> Steps[list[object]]:
        """Delete rows of trees, each after those that refer to it; return those in circles.

        SQLite asks at each row that goes who still refers to it.
        """
        left = dict.fromkeys(keys)
        while keys:
            gone = yield from self._each(STATEMENTS.remove_leaves, table, keys)
            for row in gone:
                left.pop(row[0], None)
            keys = list(dict.fromkeys(key for row in gone for key in row[1:] if key in left))
        return list(left)

    def _untie(self, referrer: Referrer, rows: Collection[object]) -> Steps[None]:
        """Clear a reference between rows that go: the database would have it hold, or go first."""
        self._letting_go = referrer
        (foreign_key,) = referrer.column.foreign_keys
        untie = STATEMENTS.untie(referrer.column, self._dialect)
        yield (
            untie.sql,
            untie.values({"rows": list(rows), "keys": self._going(foreign_key.column.table)}),
        )
        self._letting_go = None

    def _going(self, table: Table) -> list[object]:
        """Return the rows of a table that really go."""
        return [key for key, hard in self._doomed[table].items() if hard]

    def _each(
        self, make: Callable[[Of, Dialect], Prepared], of: Of, keys: Sequence[object]
    ) -> Steps[list[Row]]:
        return (yield from self._send(make(of, self._dialect), keys)) if keys else []

    def _send(self, prepared: Prepared, keys: Sequence[object]) -> Steps[list[Row]]:
        """Run a statement with keys, so many at a time."""
        found: list[Row] = []
        for start in range(0, len(keys), MOST_KEYS):
            some = keys[start : start + MOST_KEYS]
            found += yield prepared.sql, prepared.values({"keys": some, "now__": self._now})
        return found


def _changing(column: Column[Any]) -> Table:
    """Return the table whose rows change when a reference is cleared, or a link is cut."""
    return column.table if "noun" in column.table.info else owner_of(column)


def _first_to_go(tables: Sequence[Table]) -> Table:
    """Choose a table to which no other refers, or where all that do can refer to nothing instead.

    There is always one: circles of required relations are refused.
    """

    def held(table: Table, untied: bool) -> bool:
        return any(
            one.table in tables and one.table is not table and not (untied and one.column.nullable)
            for one in referrers(table)
        )

    free = (table for untied in (False, True) for table in tables[::-1] if not held(table, untied))
    return next(free)
