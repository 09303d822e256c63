"""Expansions: what rows refer to, answered beside the key where a request asks for it.

One query per relation that is asked for, whatever the number of rows; each row that is referred to
is encoded once, and its text is put into every row that refers to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column

from .database import Database
from .drivers import Row
from .json_text import write_string
from .key_lists import joined
from .prepared import Prepared, Recent, prepare
from .rows import Rows
from .stored import DialectName

AT_A_TIME = 200
"""Rows that are written before other requests have their turn."""


@dataclass(frozen=True, slots=True, eq=False)
class Expansion:
    """A relation to one whose target can be answered."""

    column: Column[Any]
    """Of the row that refers: it holds the key of the target."""
    target: Rows[Any]
    _prepared: Recent[DialectName, Prepared] = field(default_factory=Recent, init=False, repr=False)

    def prepare_for(self, database: Database) -> None:
        """Compile it, and the encoder of what it finds."""
        self._compiled(database)
        self.target.prepare_for(database.dialect)

    async def run(self, database: Database, keys: Collection[object]) -> dict[object, str]:
        """Return the JSON of the targets of raw keys that are there, by raw key."""
        if not keys:
            return {}
        target, dialect = self.target, database.dialect
        prepared = self._compiled(database)
        # It is brief: by key, and of no more keys than a page has rows.
        found = await database.look_up(prepared.sql, prepared.values({"keys": list(keys)}))
        at = target.position_of(target.key)
        texts = target.encode_many(found, dialect)
        return dict(zip([row[at] for row in found], texts, strict=True))

    def _compiled(self, database: Database) -> Prepared:
        return self._prepared.get(database.dialect, lambda: self._compile(database))

    def _compile(self, database: Database) -> Prepared:
        target = self.target
        statement = joined(target.key, "keys", database.dialect, target.columns)
        statement = statement.where(*target.live)
        return prepare(statement, database.engine.dialect)


async def encode_rows(
    database: Database,
    rows: Rows[Any],
    found: Sequence[Row],
    expand: Mapping[str, Expansion],
    asked: Collection[str],
) -> list[str]:
    """Write rows as JSON, each with the expansions that are asked for, in the spec's order."""
    dialect = database.dialect
    texts = rows.encode_many(found[:AT_A_TIME], dialect)
    for start in range(AT_A_TIME, len(found), AT_A_TIME):
        await asyncio.sleep(0)
        texts += rows.encode_many(found[start : start + AT_A_TIME], dialect)
    if not asked:
        return texts
    for name, expansion in expand.items():
        if name not in asked:
            continue
        at = rows.position_of(expansion.column)
        keys = [row[at] for row in found]
        wanted = dict.fromkeys(keys)
        wanted.pop(None, None)
        find = (await expansion.run(database, wanted)).get
        member = f",{write_string(name)}:"
        pairs = zip(texts, keys, strict=True)
        texts = [f"{text[:-1]}{member}{find(key, 'null')}}}" for text, key in pairs]
    return texts
