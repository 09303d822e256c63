"""Deleting rows: really, or by marking them; and what becomes of the rows that refer to them.

Where nothing refers to a table it is one statement. Else it is a transaction that first finds and
locks everything that goes or changes, then refuses, and only then writes: `deletion_steps.py`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Generic

from pydantic import BaseModel
from sqlalchemy import Delete as SqlDelete
from sqlalchemy import Update as SqlUpdate
from sqlalchemy import bindparam, select
from sqlalchemy import update as sql_update
from sqlalchemy.engine import Dialect

from .database import Database
from .deletion_steps import STATEMENTS, Deletion
from .drivers import ViolationError
from .etags import stale
from .key_lists import any_of
from .prepared import Prepared, Recent, dialect_name, prepare
from .referrers import links, reaches_itself, referrers
from .rows import Model, Rows
from .steps import Steps, drive
from .versions import Match, Versions


class Delete(Generic[Model]):
    """Delete a row."""

    hard = True

    def __init__(self, rows: Rows[Model], statement: SqlDelete | SqlUpdate) -> None:
        self.rows = rows
        self._statement = statement
        self._versions = Versions(rows)
        self._prepared: Recent[Hashable, Prepared] = Recent()

    def prepare_for(self, database: Database, _model: type[BaseModel] | None) -> None:
        """Compile what deletes a row to which none refers."""
        dialect = database.engine.dialect
        if self._referred:
            self.rehearse(dialect)
        for match in self._versions.usual:
            if self._referred:
                self._chosen(match, dialect, lock=not reaches_itself(self.rows.table))
            else:
                self._one(match, dialect)

    def rehearse(self, dialect: Dialect) -> None:
        """Go through a transaction that finds one row and nothing that depends on it."""
        table = self.rows.table
        chosen = self._chosen(None, dialect, lock=not reaches_itself(table))
        finding = {chosen.sql, STATEMENTS.lock(table, dialect, to_change=False).sql}
        steps = self._steps([], None, dialect, Deletion(self.rows.noun, dialect))
        drive(steps, lambda sql, _: [(None,)] if sql in finding else [])

    async def run(self, database: Database, key: object, match: Match = None) -> bool:
        """Delete the row of a key; tell whether there was one."""
        if self._referred:
            return bool(await self._transact(database, [key], match))
        dialect = database.engine.dialect
        prepared = self._one(match, dialect)
        given = {"key": key, "now__": datetime.now(UTC)} | self._versions.parameters(match)
        if await database.write(prepared.sql, prepared.values(given)):
            return True
        if match is not None:
            chosen = self._chosen(None, dialect, lock=False)
            if await database.read(chosen.sql, chosen.values({"keys": [key]})):
                raise stale()
        return False

    async def run_many(self, database: Database, keys: Sequence[object]) -> int:
        """Delete the rows of keys, all or none; tell how many there were."""
        return await self._transact(database, keys, None)

    async def _transact(self, database: Database, keys: Sequence[object], match: Match) -> int:
        dialect = database.engine.dialect
        attempts: list[Deletion] = []

        def make() -> Steps[int]:
            attempts.append(Deletion(self.rows.noun, dialect))
            return self._steps(keys, match, dialect, attempts[-1])

        try:
            return await database.transact(make)
        except ViolationError as error:
            raise attempts[-1].blame(error) from error

    def _steps(
        self, keys: Sequence[object], match: Match, dialect: Dialect, deletion: Deletion
    ) -> Steps[int]:
        table = self.rows.table
        given = {"keys": keys} | self._versions.parameters(match)
        # Where it may reach rows of the same table, all of them are locked in one order.
        first = not reaches_itself(table)
        chosen = self._chosen(match, dialect, lock=first)
        while found := [row[0] for row in (yield chosen.sql, chosen.values(given))]:
            if first:
                deletion.hold(table, found)
            if (yield from deletion.find(table, found, self.hard)):
                yield from deletion.write()
                return len(found)
        if match is not None:
            chosen = self._chosen(None, dialect, lock=False)
            if (yield chosen.sql, chosen.values(given)):
                raise stale()
        return 0

    @cached_property
    def _referred(self) -> bool:
        """Whether another table refers to this one: all of them are known when it is asked."""
        return bool(referrers(self.rows.table) or links(self.rows.table))

    def _one(self, match: Match, dialect: Dialect) -> Prepared:
        def make() -> Prepared:
            statement = self._statement.where(*self._versions.among(match, dialect_name(dialect)))
            return prepare(statement.returning(self.rows.key), dialect)

        return self._prepared.get(("one", dialect.name, self._versions.shape(match)), make)

    def _chosen(self, match: Match, dialect: Dialect, *, lock: bool) -> Prepared:
        """Find the live rows of keys."""

        def make() -> Prepared:
            name, key = dialect_name(dialect), self.rows.key
            conditions = [*self.rows.live, *self._versions.among(match, name)]
            statement = select(key).where(any_of(key, "keys", name), *conditions)
            return prepare(
                statement.order_by(key).with_for_update() if lock else statement, dialect
            )

        shape = ("chosen", dialect.name, self._versions.shape(match), lock)
        return self._prepared.get(shape, make)


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
