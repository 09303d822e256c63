"""Deleting rows: really, or by marking them; and what becomes of the rows that refer to them.

Where nothing refers to a table it is one statement. Else it is a transaction that first finds and
locks everything that goes, parents before children, then refuses, and only then writes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Generic

from sqlalchemy import Delete as SqlDelete
from sqlalchemy import Table, bindparam, select
from sqlalchemy import Update as SqlUpdate
from sqlalchemy import update as sql_update
from sqlalchemy.engine import Dialect

from .columns import DeletedAt
from .database import Database
from .deletion_statements import DeletionStatements
from .drivers import ViolationError
from .etags import stale
from .key_lists import any_of
from .prepared import Prepared, Recent, dialect_name, prepare
from .references import column_of
from .referrers import Referrer, blamed, links, owner_of, referrers
from .rows import Model, Rows
from .steps import Statement, Steps
from .versions import Match, Versions

STATEMENTS = DeletionStatements()


class Delete(Generic[Model]):
    """Delete a row."""

    hard = True

    def __init__(self, rows: Rows[Model], statement: SqlDelete | SqlUpdate) -> None:
        self.rows = rows
        self._statement = statement
        self._versions = Versions(rows)
        self._prepared: Recent[Hashable, Prepared] = Recent()

    async def run(self, database: Database, key: object, match: Match = None) -> bool:
        """Delete the row of a key; tell whether there was one."""
        if self._referred:
            return bool(await self._transact(database, [key], match))
        dialect = database.engine.dialect
        prepared = self._prepared.get(
            ("one", dialect.name, self._versions.shape(match)), lambda: self._one(match, dialect)
        )
        given = {"key": key, "now__": datetime.now(UTC)} | self._versions.parameters(match)
        if await database.write(prepared.sql, prepared.values(given)):
            return True
        if match is not None:
            lock = self._lock(None, dialect)
            if await database.read(lock.sql, lock.values({"keys": [key]})):
                raise stale()
        return False

    async def run_many(self, database: Database, keys: Sequence[object]) -> int:
        """Delete the rows of keys, all or none; tell how many there were."""
        return await self._transact(database, keys, None)

    async def _transact(self, database: Database, keys: Sequence[object], match: Match) -> int:
        dialect = database.engine.dialect
        reached: list[Table] = []
        try:
            return await database.transact(lambda: self._steps(keys, match, dialect, reached))
        except ViolationError as error:
            raise blamed(reached, error, self.rows.noun) from error

    def _steps(
        self, keys: Sequence[object], match: Match, dialect: Dialect, reached: list[Table]
    ) -> Steps[int]:
        lock = self._lock(match, dialect)
        given = {"keys": keys} | self._versions.parameters(match)
        found = [row[0] for row in (yield lock.sql, lock.values(given))]
        if not found and match is not None:
            lock = self._lock(None, dialect)
            if (yield lock.sql, lock.values({"keys": keys})):
                raise stale()
        if found:
            deletion = Deletion(self.rows.noun, dialect, reached)
            yield from deletion.run(self.rows.table, found, self.hard)
        return len(found)

    @cached_property
    def _referred(self) -> bool:
        """Whether another table refers to this one: all of them are known when it is asked."""
        return bool(referrers(self.rows.table) or links(self.rows.table))

    def _one(self, match: Match, dialect: Dialect) -> Prepared:
        statement = self._statement.where(*self._versions.among(match, dialect_name(dialect)))
        return prepare(statement.returning(self.rows.key), dialect)

    def _lock(self, match: Match, dialect: Dialect) -> Prepared:
        """Lock the live rows of keys."""

        def make() -> Prepared:
            name, key = dialect_name(dialect), self.rows.key
            conditions = [*self.rows.live, *self._versions.among(match, name)]
            statement = select(key).where(any_of(key, "keys", name), *conditions)
            return prepare(statement.order_by(key).with_for_update(), dialect)

        return self._prepared.get(("lock", dialect.name, self._versions.shape(match)), make)


class SoftDelete(Delete[Model]):
    """Mark a row as deleted: from then on it is not there."""

    hard = False

    def __init__(self, rows: Rows[Model]) -> None:
        marked = rows.deleted_at
        if marked is None:
            raise LookupError(f"nothing can mark a {rows.noun} as deleted")
        statement = sql_update(rows.table).where(rows.key == bindparam("key"), *rows.live)
        super().__init__(
            rows, statement.values({marked.key: bindparam("now__", type_=marked.type)})
        )


class Deletion:
    """One deletion, within its transaction."""

    def __init__(self, noun: str, dialect: Dialect, reached: list[Table]) -> None:
        self._noun = noun
        self._dialect = dialect
        self._reached = reached
        """The tables of which rows go, for who has to explain a refusal."""
        self._now = datetime.now(UTC)
        self._doomed: dict[Table, dict[object, bool]] = {}
        """The rows that go, by their raw keys; whether they really go."""

    def run(self, table: Table, keys: Iterable[object], hard: bool) -> Steps[None]:
        """Delete rows that are locked."""
        yield from self._collect(table, keys, hard)
        self._reached.extend(self._doomed)
        while escalated := (yield from self._refuse()):
            for one, rows in escalated:
                yield from self._collect(one, rows, True)
        for one in list(self._doomed):
            yield from self._let_go(one)
        for one in self._doomed:
            soft = [key for key, really in self._doomed[one].items() if not really]
            if soft:
                marking = STATEMENTS.mark(one, self._dialect)
                yield marking.sql, marking.values({"keys": soft, "now__": self._now})
        yield from self._remove_all()

    def _collect(self, table: Table, keys: Iterable[object], hard: bool) -> Steps[None]:
        """Find and lock all that goes. What is marked on one path and goes on another goes."""
        pending = [(table, list(keys), hard)]
        while pending:
            table, keys, hard = pending.pop(0)
            known = self._doomed.setdefault(table, {})
            new = [key for key in keys if key not in known or (hard and not known[key])]
            known.update(dict.fromkeys(new, hard))
            for referrer in referrers(table) if new else ():
                marked = column_of(referrer.table, DeletedAt) is not None
                if referrer.on_delete == "cascade":
                    live = None if hard else True
                elif referrer.on_delete == "restrict" and hard and marked:
                    live = False
                else:
                    continue
                lock = STATEMENTS.referring(referrer.column, self._dialect, live=live)
                found = yield lock.sql, lock.values({"keys": new})
                pending.append((referrer.table, [row[0] for row in found], hard or not marked))

    def _refuse(self) -> Steps[list[tuple[Table, list[object]]]]:
        """Raise the problem of the first relation that holds on to a row, if that stays itself.

        Return the rows that were only to be marked, but hold on to one that really goes.
        """
        escalated: list[tuple[Table, list[object]]] = []
        for table in self._doomed:
            for marked, keys in self._by_mode(table):
                for referrer in referrers(table):
                    if referrer.on_delete != "restrict":
                        continue
                    going = self._doomed.get(referrer.table, {})
                    lookup = STATEMENTS.referring(
                        referrer.column, self._dialect, live=True, first=not going
                    )
                    found = [row[0] for row in (yield lookup.sql, lookup.values({"keys": keys}))]
                    if any(key not in going for key in found):
                        raise referrer.problem(self._noun)
                    if not marked and not all(going[key] for key in found):
                        escalated.append((referrer.table, found))
        return escalated

    def _let_go(self, table: Table) -> Steps[None]:
        """Take the rows of a table out of what stays: references that can be null, and links."""
        for live, keys in self._by_mode(table):
            for referrer in referrers(table):
                if referrer.on_delete == "set_null":
                    clear = STATEMENTS.clear(referrer.column, self._dialect, live=live)
                    yield self._bound(clear, keys, referrer.table)
        keys = list(self._doomed[table])
        for column in links(table):
            raising = STATEMENTS.raise_owners(column, self._dialect)
            if raising is not None:
                yield self._bound(raising, keys, owner_of(column))
            yield self._bound(STATEMENTS.cut(column, self._dialect), keys, table)

    def _by_mode(self, table: Table) -> list[tuple[bool, list[object]]]:
        """Part the rows that are marked, whose live referrers matter, from those that go."""
        rows = self._doomed[table].items()
        parts = [(not hard, [key for key, one in rows if one is hard]) for hard in (False, True)]
        return [(live, keys) for live, keys in parts if keys]

    def _remove_all(self) -> Steps[None]:
        """Delete the rows that really go, of each table after those of tables that refer to it."""
        left = [table for table in self._doomed if self._going(table)]
        while left:
            table = _first_to_go(left)
            left.remove(table)
            for referrer in referrers(table):
                # They refer to each other in a circle.
                if referrer.table in left:
                    yield from self._untie(referrer, table)
            yield from self._remove(table)

    def _remove(self, table: Table) -> Steps[None]:
        """Delete rows; where rows of the table refer to others of it, those first that do."""
        keys = self._going(table)
        own = [referrer for referrer in referrers(table) if referrer.table is table]
        while keys and own and len(keys) > 1:
            removal = STATEMENTS.remove(table, self._dialect, unreferred=True)
            gone = {row[0] for row in (yield removal.sql, removal.values({"keys": keys}))}
            keys = [key for key in keys if key not in gone]
            if not gone:
                for referrer in own:
                    yield from self._untie(referrer, table)
                break
        if keys:
            removal = STATEMENTS.remove(table, self._dialect, unreferred=False)
            yield removal.sql, removal.values({"keys": keys})

    def _untie(self, referrer: Referrer, table: Table) -> Steps[None]:
        """Clear a reference between rows that go: the database would have it hold, or go first."""
        untie = STATEMENTS.untie(referrer.column, self._dialect)
        given = {"rows": self._going(referrer.table), "keys": self._going(table)}
        yield untie.sql, untie.values(given)

    def _going(self, table: Table) -> list[object]:
        """Return the rows of a table that really go."""
        return [key for key, hard in self._doomed[table].items() if hard]

    def _bound(self, prepared: Prepared, keys: Sequence[object], table: Table) -> Statement:
        doomed = list(self._doomed.get(table, ()))
        return prepared.sql, prepared.values({"keys": keys, "doomed": doomed, "now__": self._now})


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
