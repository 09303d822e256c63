"""What an endpoint writes of one row: create, replace, update.

Each is one statement, compiled once for every set of columns that it writes; where other rows have
to be locked or links to be written, it is a transaction of few. None of them knows HTTP.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Generic

from pydantic import MISSING, BaseModel
from sqlalchemy import ClauseElement, Insert, bindparam, null, select
from sqlalchemy import Update as SqlUpdate
from sqlalchemy.engine import Dialect

from .conflicts import Write, refuse_conflicts
from .database import Database
from .deletions import Delete, SoftDelete
from .drivers import Row, ViolationError
from .etags import stale
from .hashing import hash_secrets
from .linking import lock_targets, needs_locks, write_links
from .made import Made, made
from .prepared import Prepared, Recent, dialect_name, prepare
from .reads import Read
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
        self._made = made or {}
        self._selected = Selected(rows)
        self._prepared: Recent[Hashable, Prepared] = Recent()

    async def run(self, database: Database, body: BaseModel) -> Row:
        """Insert what a body holds, and what the server makes where it holds nothing."""
        write = await self.write_of(database, body, datetime.now(UTC))
        return await refuse_conflicts(database, write, lambda: self._insert(database, write))

    async def write_of(self, database: Database, body: BaseModel, instant: datetime) -> Write:
        """Say what a body is to insert at an instant."""
        values, members = _split(self.rows, given(body))
        values = made(self._made, instant) | await hash_secrets(database, self.rows.table, values)
        linked = {name: keys for name, keys in members.items() if keys}
        return Write(rows=self.rows, values=values, members=linked, body=body)

    def prepared(self, columns: Iterable[str], dialect: Dialect, *, returning: bool) -> Prepared:
        """Compile the statement for a set of columns. It may return the row."""
        names = tuple(columns)

        def make() -> Prepared:
            assigned = _assignments(self.rows, names) or self._nothing()
            statement = self._statement.values(assigned)
            if returning:
                return prepare(statement.returning(*self.rows.columns), dialect)
            # Else SQLAlchemy has PostgreSQL return the key.
            return prepare(statement.inline(), dialect)

        return self._prepared.get((dialect_name(dialect), names, returning), make)

    async def _insert(self, database: Database, write: Write) -> Row:
        refuse_broken(write)
        dialect = database.engine.dialect
        if needs_locks(write):
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
        self._selected = Selected(rows)
        self._versions = Versions(rows)
        self._prepared: Recent[Hashable, Prepared] = Recent()

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
        found = await database.read(prepared.sql, prepared.values({"key": key}))
        if found:
            self._versions.require(found[0], match)
        return found[0] if found else None

    async def _write(
        self,
        database: Database,
        key: object,
        body: BaseModel,
        given_values: Mapping[str, object],
        match: Match,
    ) -> Row | None:
        values, members = _split(self.rows, given_values)
        values = await hash_secrets(database, self.rows.table, values)
        plain = {name: one for name, one in self._made.items() if name not in self._expressions}
        values = made(plain, datetime.now(UTC)) | values
        write = Write(rows=self.rows, values=values, members=members, own=key, body=body)
        return await refuse_conflicts(database, write, lambda: self._change(database, write, match))

    async def _change(self, database: Database, write: Write, match: Match) -> Row | None:
        dialect = database.engine.dialect
        if needs_locks(write) or self._answers_links(dialect):
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
            assigned = self._expressions | _assignments(self.rows, columns)
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


class Selected(Generic[Model]):
    """The row of a key, if it lives, with everything that is answered."""

    def __init__(self, rows: Rows[Model]) -> None:
        self.statement = select(*rows.columns).where(rows.key == bindparam("key"), *rows.live)
        self._prepared: Recent[str, Prepared] = Recent()

    def prepared(self, dialect: Dialect) -> Prepared:
        """Compile it."""
        return self._prepared.get(dialect.name, lambda: prepare(self.statement, dialect))

    def steps(self, key: object, dialect: Dialect) -> Steps[Sequence[Row]]:
        """Select it within a transaction."""
        prepared = self.prepared(dialect)
        return (yield prepared.sql, prepared.values({"key": key}))


def given(body: BaseModel) -> dict[str, object]:
    """Return what a body holds by attribute, without what the client left to the server."""
    return {name: value for name, value in body.__dict__.items() if value is not MISSING}


def parameters(write: Write) -> dict[str, object]:
    """Name the values of a write as statements do."""
    return {f"set__{name}": value for name, value in write.values.items()} | {"key": write.own}


def refuse_broken(write: Write) -> None:
    """Raise what the database would, where the values of a write break a rule."""
    for rule in broken(write.rows.rules, write.values):
        raise ViolationError("rule", rule.sql_name)


def _split(
    rows: Rows[Model], values: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, list[object]]]:
    """Part values of columns from the keys of members, by relation."""
    links = {link.attribute: link.name for link in rows.links}
    columns = {name: value for name, value in values.items() if name not in links}
    members = {
        # Two spellings of one key are one member.
        links[name]: list(dict.fromkeys(value))
        for name, value in values.items()
        if name in links and isinstance(value, list)
    }
    return columns, members


def _assignments(rows: Rows[Model], columns: Iterable[str]) -> dict[str, object]:
    types = rows.table.c
    return {name: bindparam(f"set__{name}", type_=types[name].type) for name in columns}
