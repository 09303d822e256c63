"""What an endpoint writes of one row: create, replace, update.

Each is one statement, compiled once for every set of columns that it writes; where other rows have
to be locked or links to be written, it is a transaction of few. None of them knows HTTP.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Generic

from pydantic import BaseModel
from sqlalchemy import ClauseElement, Insert, null
from sqlalchemy import Update as SqlUpdate
from sqlalchemy.engine import Dialect

from .assignments import assignments, given, parameters, refuse_broken, split
from .conflicts import Write, refuse_conflicts
from .database import Database
from .deletions import Delete, SoftDelete
from .drivers import Row
from .etags import stale
from .hashing import hash_secrets
from .linking import lock_targets, needs_locks, prepare_links, write_links
from .made import Made, made
from .prepared import Prepared, Recent, dialect_name, prepare
from .preparing import usual_fields
from .reads import Read, Selected
from .rows import Model, Rows, Unique
from .rules import broken
from .steps import Steps
from .versions import Match, Versions

__all__ = ["Create", "Delete", "Read", "Replace", "Rows", "SoftDelete", "Unique", "Update"]


class Create(Generic[Model]):
    """Insert a row."""

    def __init__(
        self,
        rows: Rows[Model],
        statement: Insert,
        *,
        made: Made | None = None,
        location: str | None = None,
    ) -> None:
        self.rows = rows
        self.location = location
        """Where the row can be read, with `{key}` for its key."""
        self._statement = statement
        self.made = made or {}
        """What the server makes where a body holds nothing."""
        self._selected = Selected(rows)
        self._prepared: Recent[Hashable, Prepared] = Recent()

    def prepare_for(self, database: Database, model: type[BaseModel] | None) -> None:
        """Compile what inserts a body of this model that leaves out nothing but what is made."""
        dialect = database.engine.dialect
        self.prepared(self.columns_of(model), dialect, returning=True)
        prepare_links(self.rows, dialect)
        if self.rows.links:
            self._selected.prepared(dialect)
        self.rows.prepare_for(database.dialect)

    def columns_of(self, model: type[BaseModel] | None) -> list[str]:
        """Name the columns that the usual body of a model gives, in the order of `plain_write`."""
        columns, _ = split(self.rows, dict.fromkeys(usual_fields(model)))
        return list(dict(self.made) | columns)

    async def run(self, database: Database, body: BaseModel) -> Row:
        """Insert what a body holds, and what the server makes where it holds nothing."""
        write = await self.write_of(database, body, datetime.now(UTC))
        return await refuse_conflicts(database, write, lambda: self._insert(database, write))

    async def write_of(self, database: Database, body: BaseModel, instant: datetime) -> Write:
        """Say what a body is to insert at an instant."""
        write = self.plain_write(body, instant)
        if not self.rows.secrets:
            return write
        values = await hash_secrets(database, self.rows.table, write.values)
        return replace(write, values=values)

    def plain_write(self, body: BaseModel, instant: datetime) -> Write:
        """Say the same where there is no secret to hash."""
        values, members = split(self.rows, given(body))
        if self.made:
            values = made(self.made, instant) | values
        linked = {name: keys for name, keys in members.items() if keys}
        return Write(rows=self.rows, values=values, members=linked, body=body)

    def prepared(self, columns: Iterable[str], dialect: Dialect, *, returning: bool) -> Prepared:
        """Compile the statement for a set of columns. It may return the row."""
        names = tuple(columns)

        def make() -> Prepared:
            assigned = assignments(self.rows, names) or self._nothing()
            statement = self._statement.values(assigned)
            if returning:
                return prepare(statement.returning(*self.rows.columns), dialect)
            # Else SQLAlchemy has PostgreSQL return the key.
            return prepare(statement.inline(), dialect)

        return self._prepared.get((dialect_name(dialect), names, returning), make)

    async def _insert(self, database: Database, write: Write) -> Row:
        refuse_broken(write)
        dialect = database.engine.dialect
        if self.rows.refers and needs_locks(write):
            return await database.transact(lambda: self._steps(write, dialect))
        prepared = self.prepared(write.values, dialect, returning=True)
        return (await database.write(prepared.sql, prepared.values(parameters(write))))[0]

    def _steps(self, write: Write, dialect: Dialect) -> Steps[Row]:
        violation = yield from lock_targets({0: write}, dialect)
        if violation is not None:
            raise violation
        prepared = self.prepared(write.values, dialect, returning=True)
        (row,) = yield prepared.sql, prepared.values(parameters(write))
        if not write.members:
            return row
        key = self.rows.value_of(self.rows.key, row)
        yield from write_links(write, key, dialect)
        return (yield from self._selected.steps(key, dialect))[0]

    def _nothing(self) -> dict[str, object]:
        """Assign something, since SQL has no portable way to insert a row of defaults."""
        free = (one for one in self.rows.table.c if one.nullable and one.computed is None)
        column = next(free)
        return {column.key: null()}


class Update(Generic[Model]):
    """Write what a body holds of a row; what it leaves out stays."""

    def __init__(
        self, rows: Rows[Model], statement: SqlUpdate, *, made: Made | None = None
    ) -> None:
        self.rows = rows
        self._statement = statement
        self._made = made or {}
        self._expressions = {
            name: value for name, value in self._made.items() if isinstance(value, ClauseElement)
        }
        self._plain = {
            name: one for name, one in self._made.items() if name not in self._expressions
        }
        self._selected = Selected(rows)
        self._versions = Versions(rows)
        self._prepared: Recent[Hashable, Prepared] = Recent()

    def prepare_for(self, database: Database, _model: type[BaseModel] | None) -> None:
        """Compile what has one shape; that of the statement is the choice of a request."""
        dialect = database.engine.dialect
        if self.rows.refers:
            self._selected.prepared(dialect)
            prepare_links(self.rows, dialect, new=False)
        self.rows.prepare_for(database.dialect)

    async def run(
        self, database: Database, key: object, body: BaseModel, match: Match = None
    ) -> Row | None:
        """Write a row; None where there is none. A body with nothing in it changes nothing."""
        values = given(body)
        if not values:
            return await self._read(database, key, match)
        return await self._write(database, key, body, values, match)

    async def _read(self, database: Database, key: object, match: Match) -> Row | None:
        prepared = self._selected.prepared(database.engine.dialect)
        found = await database.look_up(prepared.sql, prepared.values({"key": key}))
        if found:
            self._versions.require(found[0], match)
        return found[0] if found else None

    async def _write(
        self,
        database: Database,
        key: object,
        body: BaseModel,
        given_values: dict[str, object],
        match: Match,
    ) -> Row | None:
        values, members = split(self.rows, given_values)
        if self.rows.secrets:
            values = await hash_secrets(database, self.rows.table, values)
        if self._plain:
            values = made(self._plain, datetime.now(UTC)) | values
        write = Write(rows=self.rows, values=values, members=members, own=key, body=body)
        return await refuse_conflicts(database, write, lambda: self._change(database, write, match))

    async def _change(self, database: Database, write: Write, match: Match) -> Row | None:
        dialect = database.engine.dialect
        if self.rows.refers and (needs_locks(write) or self._answers_links(dialect)):
            return await database.transact(lambda: self._steps(write, match, dialect))
        prepared = self._compiled(write, match, dialect)
        bound = parameters(write) | self._versions.parameters(match)
        found = await database.write(prepared.sql, prepared.values(bound))
        if found:
            return found[0]
        if match is not None and await self._read(database, write.own, None) is not None:
            raise stale()
        return None

    def _answers_links(self, dialect: Dialect) -> bool:
        """Tell whether what the statement returns could be older than the row that it changed.

        A statement of PostgreSQL that waits for another writer sees the row as that one left it,
        but all other tables, those of links too, as they were before.
        """
        return dialect.name != "sqlite" and any(link.in_body for link in self.rows.links)

    def _steps(self, write: Write, match: Match, dialect: Dialect) -> Steps[Row | None]:
        violation = yield from lock_targets({0: write}, dialect)
        prepared = self._compiled(write, match, dialect)
        bound = parameters(write) | self._versions.parameters(match)
        found = yield prepared.sql, prepared.values(bound)
        if not found:
            if match is not None and (yield from self._selected.steps(write.own, dialect)):
                raise stale()
            return None
        if violation is not None:
            raise violation
        yield from write_links(write, write.own, dialect)
        return (yield from self._selected.steps(write.own, dialect))[0]

    def _compiled(self, write: Write, match: Match, dialect: Dialect) -> Prepared:
        """Compile the statement, or a lock of the row where links alone are written."""
        columns = tuple(write.values)

        def make() -> Prepared:
            name = dialect_name(dialect)
            among = self._versions.among(match, name)
            assigned = self._expressions | assignments(self.rows, columns)
            if not assigned:
                chosen = self._selected.statement.where(*among)
                return prepare(chosen.with_for_update(key_share=True, of=self.rows.table), dialect)
            statement = self._statement.where(*among).values(assigned)
            return prepare(statement.returning(*self.rows.columns), dialect)

        return self._prepared.get((dialect.name, columns, self._versions.shape(match)), make)


class Replace(Update[Model]):
    """Write every column of a row that clients write; only what is in `keeps` may be left out."""

    def __init__(
        self,
        rows: Rows[Model],
        statement: SqlUpdate,
        *,
        made: Made | None = None,
        keeps: Collection[str] = (),
    ) -> None:
        super().__init__(rows, statement, made=made)
        self._keeps = frozenset(keeps)

    def prepare_for(self, database: Database, model: type[BaseModel] | None) -> None:
        """Compile what writes all that a body holds."""
        super().prepare_for(database, model)
        columns, _ = split(self.rows, dict.fromkeys(usual_fields(model)))
        write = Write(rows=self.rows, values=dict(self._plain) | columns)
        for match in self._versions.usual:
            self._compiled(write, match, database.engine.dialect)

    async def run(
        self, database: Database, key: object, body: BaseModel, match: Match = None
    ) -> Row | None:
        """Write a row; None where there is none, since replacing never creates."""
        values = given(body)
        absent = type(body).model_fields.keys() - values.keys() - self._keeps
        if absent:
            raise LookupError(f"nothing says what {sorted(absent)[0]} is replaced by")
        if not values and not self._made:
            return await self._read(database, key, match)
        return await self._write(database, key, body, values, match)

    async def _change(self, database: Database, write: Write, match: Match) -> Row | None:
        if any(broken(self.rows.rules, write.values)):
            if await self._read(database, write.own, match) is None:
                return None
            refuse_broken(write)
        return await super()._change(database, write, match)
