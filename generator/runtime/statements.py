"""What an endpoint does to one row: create, read, replace, update, delete.

Each is one statement, compiled once for every set of columns that it writes, and answers the row as
it is stored. None of them knows HTTP.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Generic

from pydantic import MISSING, BaseModel
from sqlalchemy import Delete as SqlDelete
from sqlalchemy import Insert, Select, bindparam, null, select
from sqlalchemy import Update as SqlUpdate

from .conflicts import Write, write_unique
from .database import Database
from .drivers import Row
from .hashing import hash_secrets
from .made import Maker
from .prepared import Prepared, Recent, prepare
from .rows import Model, Rows, Unique

__all__ = ["Create", "Delete", "Read", "Replace", "Rows", "Unique", "Update"]
from .stored import DialectName

Made = Mapping[str, Maker | object]
"""By column: what makes a value, or the value itself."""


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
        self._prepared: Recent[Hashable, Prepared] = Recent()

    async def run(self, database: Database, body: BaseModel) -> Row:
        """Insert what a body holds, and what the server makes where it holds nothing."""
        values = await hash_secrets(database, self.rows.table, given(body))
        values = made(self._made) | values
        columns = tuple(values)
        prepared = self._prepared.get(
            (database.dialect, columns),
            lambda: prepare(
                self._statement.values(
                    _assignments(self.rows, columns) or self._nothing()
                ).returning(*self.rows.columns),
                database.engine.dialect,
            ),
        )
        write = Write(rows=self.rows, prepared=prepared, values=values, own=None, body=body)
        return (await write_unique(database, write))[0]

    def _nothing(self) -> dict[str, object]:
        """Assign something, since SQL has no portable way to insert a row of defaults."""
        column = next(one for one in self.rows.table.c if one.nullable)
        return {column.key: null()}


class Read(Generic[Model]):
    """Select a row by its key."""

    def __init__(self, rows: Rows[Model], statement: Select[*tuple[object, ...]]) -> None:
        self.rows = rows
        self._statement = statement
        self._prepared: Recent[DialectName, Prepared] = Recent()

    async def run(self, database: Database, key: object) -> Row | None:
        """Select the row of a key, None where there is none."""
        prepared = self._prepared.get(
            database.dialect, lambda: prepare(self._statement, database.engine.dialect)
        )
        found = await database.read(prepared.sql, prepared.values({"key": key}))
        return found[0] if found else None


class Update(Generic[Model]):
    """Write what a body holds of a row; what it leaves out stays."""

    def __init__(
        self, rows: Rows[Model], statement: SqlUpdate, *, made: Made | None = None
    ) -> None:
        self.rows = rows
        self._statement = statement
        self._made = made or {}
        self._read = Read(rows, select(*rows.columns).where(rows.key == bindparam("key")))
        self._prepared: Recent[Hashable, Prepared] = Recent()

    async def run(self, database: Database, key: object, body: BaseModel) -> Row | None:
        """Write a row; None where there is none. A body with nothing in it changes nothing."""
        values = given(body)
        if not values:
            return await self._read.run(database, key)
        return await self._write(database, key, body, values)

    async def _write(
        self, database: Database, key: object, body: BaseModel, values: Mapping[str, object]
    ) -> Row | None:
        values = made(self._made) | await hash_secrets(database, self.rows.table, values)
        columns = tuple(values)
        prepared = self._prepared.get(
            (database.dialect, columns),
            lambda: prepare(
                self._statement.values(_assignments(self.rows, columns)).returning(
                    *self.rows.columns
                ),
                database.engine.dialect,
            ),
        )
        write = Write(rows=self.rows, prepared=prepared, values=values, own=key, body=body)
        found = await write_unique(database, write)
        return found[0] if found else None


class Replace(Update[Model]):
    """Write every column of a row that clients write; only what is in `keeps` may be left out."""

    def __init__(
        self,
        rows: Rows[Model],
        statement: SqlUpdate,
        *,
        made: Made | None = None,
        keeps: Iterable[str] = (),
    ) -> None:
        super().__init__(rows, statement, made=made)
        self._keeps = frozenset(keeps)

    async def run(self, database: Database, key: object, body: BaseModel) -> Row | None:
        """Write a row; None where there is none, since replacing never creates."""
        values = given(body)
        absent = type(body).model_fields.keys() - values.keys() - self._keeps
        if absent:
            raise LookupError(f"nothing says what {sorted(absent)[0]} is replaced by")
        if not values and not self._made:
            return await self._read.run(database, key)
        return await self._write(database, key, body, values)


class Delete(Generic[Model]):
    """Delete a row."""

    def __init__(self, rows: Rows[Model], statement: SqlDelete) -> None:
        self.rows = rows
        self._statement = statement
        self._prepared: Recent[DialectName, Prepared] = Recent()

    async def run(self, database: Database, key: object) -> bool:
        """Delete the row of a key; tell whether there was one."""
        prepared = self._prepared.get(
            database.dialect,
            lambda: prepare(self._statement.returning(self.rows.key), database.engine.dialect),
        )
        return bool(await database.write(prepared.sql, prepared.values({"key": key})))


def given(body: BaseModel) -> dict[str, object]:
    """Return what a body holds by column, without what the client left to the server."""
    return {name: value for name, value in body.__dict__.items() if value is not MISSING}


def made(makers: Made) -> dict[str, object]:
    """Make the server's values, all at one instant."""
    instant = datetime.now(UTC)
    return {name: make(instant) if callable(make) else make for name, make in makers.items()}


def _assignments(rows: Rows[Model], columns: Iterable[str]) -> dict[str, object]:
    types = rows.table.c
    return {name: bindparam(f"set__{name}", type_=types[name].type) for name in columns}
