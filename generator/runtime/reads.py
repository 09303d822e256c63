"""Reading one row by its key, for an answer or within a write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Generic

from pydantic import BaseModel
from sqlalchemy import Select, bindparam, select
from sqlalchemy.engine import Dialect

from .database import Database
from .drivers import Row
from .expansions import Expansion
from .prepared import Prepared, Recent, prepare
from .rows import Model, Rows
from .steps import Steps
from .stored import DialectName


class Read(Generic[Model]):
    """Select a row by its key."""

    def __init__(
        self,
        rows: Rows[Model],
        statement: Select[*tuple[Any, ...]],
        *,
        expand: Mapping[str, Expansion] | None = None,
    ) -> None:
        self.rows = rows
        self.expand = expand or {}
        """What a request may ask to be shown beside its key, by name on the wire."""
        self._statement = statement
        self._prepared: dict[DialectName, Prepared] = {}

    def prepare_for(self, database: Database, _model: type[BaseModel] | None) -> None:
        """Compile it, what it may be asked to expand, and the encoder of its rows."""
        self._prepared.get(database.dialect) or self._prepare(database)
        self.rows.prepare_for(database.dialect)
        for expansion in self.expand.values():
            expansion.prepare_for(database)

    async def run(self, database: Database, key: object) -> Row | None:
        """Select the row of a key, None where there is none."""
        prepared = self._prepared.get(database.dialect) or self._prepare(database)
        found = await database.look_up(prepared.sql, prepared.values({"key": key}))
        return found[0] if found else None

    def _prepare(self, database: Database) -> Prepared:
        prepared = prepare(self._statement, database.engine.dialect)
        return self._prepared.setdefault(database.dialect, prepared)


class Selected(Generic[Model]):
    """The row of a key, if it lives, with everything that is answered."""

    def __init__(self, rows: Rows[Model]) -> None:
        self._rows = rows
        self._prepared: Recent[str, Prepared] = Recent()

    @cached_property
    def statement(self) -> Select[*tuple[Any, ...]]:
        """It is made when it is first asked for, which is seldom."""
        rows = self._rows
        return select(*rows.columns).where(rows.key == bindparam("key"), *rows.live)

    def prepared(self, dialect: Dialect) -> Prepared:
        """Compile it."""
        return self._prepared.get(dialect.name, lambda: prepare(self.statement, dialect))

    def steps(self, key: object, dialect: Dialect) -> Steps[Sequence[Row]]:
        """Select it within a transaction."""
        prepared = self.prepared(dialect)
        return (yield prepared.sql, prepared.values({"key": key}))


async def is_there(database: Database, rows: Rows[Any], key: object) -> bool:
    """Tell whether there is a row of a key."""
    prepared = key_lookup(database, rows)
    return bool(await database.look_up(prepared.sql, prepared.values({"key": key})))


def key_lookup(database: Database, rows: Rows[Any]) -> Prepared:
    """Compile what finds a key, if a row has it."""
    return rows.lookups.get(
        (database.dialect, "is there"),
        lambda: prepare(
            select(rows.key).where(rows.key == bindparam("key"), *rows.live),
            database.engine.dialect,
        ),
    )
