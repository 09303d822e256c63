"""Expansions: what rows refer to, answered beside the key where a request asks for it.

One query per relation that is asked for, whatever the number of rows; each row that is referred to
is encoded once, and its text is put into every row that refers to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, select

from .database import Database
from .drivers import Row
from .json_text import write_string
from .key_lists import any_of
from .prepared import Prepared, Recent, prepare
from .rows import Rows
from .stored import DialectName
from .turns import make_each


@dataclass(frozen=True, slots=True, eq=False)
class Expansion:
    """A relation to one whose target can be answered."""

    column: Column[Any]
    """Of the row that refers: it holds the key of the target."""
    target: Rows[Any]
    _prepared: Recent[DialectName, Prepared] = field(default_factory=Recent, init=False, repr=False)

    async def run(self, database: Database, keys: Collection[object]) -> dict[object, str]:
        """Return the JSON of the targets of raw keys that are there, by raw key."""
        if not keys:
            return {}
        target, dialect = self.target, database.dialect
        prepared = self._prepared.get(dialect, lambda: self._prepare(database))
        found = await database.read(prepared.sql, prepared.values({"keys": list(keys)}))
        return {target.value_of(target.key, row): target.encode(row, dialect) for row in found}

    def _prepare(self, database: Database) -> Prepared:
        target = self.target
        among = any_of(target.key, "keys", database.dialect, raw=True)
        statement = select(*target.columns).where(among, *target.live)
        return prepare(statement, database.engine.dialect)


async def encode_rows(
    database: Database,
    rows: Rows[Any],
    found: Sequence[Row],
    expand: Mapping[str, Expansion],
    asked: Collection[str],
) -> list[str]:
    """Write rows as JSON, each with the expansions that are asked for, in the spec's order."""
    texts = await make_each(found, lambda row: rows.encode(row, database.dialect))
    for name, expansion in expand.items():
        if name not in asked:
            continue
        keys = [rows.value_of(expansion.column, row) for row in found]
        targets = await expansion.run(
            database, dict.fromkeys(key for key in keys if key is not None)
        )
        member = f",{write_string(name)}:"
        pairs = zip(texts, keys, strict=True)
        texts = [f"{text[:-1]}{member}{targets.get(key, 'null')}}}" for text, key in pairs]
    return texts
