"""Reading one row by its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

from sqlalchemy import Select, bindparam, select

from .database import Database
from .drivers import Row
from .expansions import Expansion
from .prepared import Prepared, Recent, prepare
from .rows import Model, Rows
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
        self._prepared: Recent[DialectName, Prepared] = Recent()

    async def run(self, database: Database, key: object) -> Row | None:
        """Select the row of a key, None where there is none."""
        prepared = self._prepared.get(
            database.dialect, lambda: prepare(self._statement, database.engine.dialect)
        )
        found = await database.read(prepared.sql, prepared.values({"key": key}))
        return found[0] if found else None


async def is_there(database: Database, rows: Rows[Any], key: object) -> bool:
    """Tell whether there is a row of a key."""
    prepared = rows.lookups.get(
        (database.dialect, "is there"),
        lambda: prepare(
            select(rows.key).where(rows.key == bindparam("key"), *rows.live),
            database.engine.dialect,
        ),
    )
    return bool(await database.read(prepared.sql, prepared.values({"key": key})))
