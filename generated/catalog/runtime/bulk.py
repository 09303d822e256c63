"""Many rows in one request: created or deleted all, or none.

The items of a request are one INSERT per some hundred rows. What is in the way of them is looked
for together too, and each conflict is told with the index of its item.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any, Generic, get_args

from pydantic import BaseModel
from sqlalchemy import Select, select
from sqlalchemy.engine import Dialect

from .assignments import parameters, refuse_broken
from .columns import IntegerKey
from .conflicts import Write, find_conflicts, reported
from .database import Database
from .deletions import Delete
from .drivers import Row, ViolationError
from .insert_order import insert_order
from .kept_items import Keeping
from .key_lists import any_of
from .linking import add_links, lock_targets, prepare_links
from .many_rows import insert_many
from .new_keys import new_keys
from .new_rows import Columns, Inserts, NewRows, ReadyRows, is_plain
from .prepared import Prepared, Recent, dialect_name, prepare, stored
from .problems import Problem
from .rows import Model
from .statements import Create
from .steps import Steps

MOST_CONFLICTS = 50
AT_A_TIME = 100
"""Items that are made ready before other requests have their turn."""

ATTEMPTS = 10
"""Rows that are kept may come and go while others write."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were made, and how many were there already."""

    created: int
    kept: int


class BulkDelete(Generic[Model]):
    """Delete rows by their keys."""

    def __init__(self, one: Delete[Model]) -> None:
        self.one = one
        self.rows = one.rows

    def prepare_for(self, database: Database, _model: type[BaseModel] | None) -> None:
        """Compile what deletes rows to which none refers."""
        self.one.rehearse(database.engine.dialect)

    async def run(self, database: Database, body: BaseModel) -> int:
        """Delete those rows that are there; tell how many. One that has to stay stops all."""
        return await self.one.run_many(database, body.__dict__["ids"])


class BulkCreate(Generic[Model]):
    """Insert rows."""

    def __init__(
        self, one: Create[Model], *, keep: Iterable[str] = (), counts: bool = False
    ) -> None:
        self.one = one
        self.rows = one.rows
        self._counts = counts
        self._prepared: Recent[str, Prepared] = Recent()
        self._keeping = Keeping(self.rows, keep)

    def prepare_for(self, database: Database, model: type[BaseModel] | None) -> None:
        """Compile what inserts items that leave out nothing but what is made."""
        dialect = database.engine.dialect
        item = None if model is None else get_args(model.model_fields["items"].annotation)[0]
        columns = list(dict.fromkeys([*self.one.columns_of(item), self.rows.key.key]))
        self.one.prepared(columns, dialect, returning=False)
        if not self._counts:
            self.one.prepared(columns, dialect, returning=True)
        prepare_links(self.rows, dialect, many=True)
        self._keeping.prepare_for(dialect)
        if self._keeping.sets and not self._counts:
            self._selecting(dialect)
        self.rows.prepare_for(database.dialect)

    async def run(self, database: Database, body: BaseModel) -> list[Row] | Counts:
        """Insert the items of a body; return a row for each, in their order, or counts."""
        items, dialect = body.__dict__["items"], database.engine.dialect
        all_new = is_plain(self.rows) and not self._keeping.sets
        if database.dialect == "sqlite" and all_new and items:
            new = NewRows.of(self.rows, self.one.made, items, datetime.now(UTC))
            columns = new.columns()
            if columns is not None:
                inserts = self._inserts((*columns, self.rows.key.key), dialect)
                insert = partial(self._insert_all, columns, inserts, len(items))
                return await self._run(database, insert, new.writes)
        writes = await self._writes(database, items)
        return await self._run(database, lambda: self._steps(writes, dialect), lambda: writes)

    async def _run(
        self,
        database: Database,
        steps: Callable[[], Steps[list[Row] | Counts]],
        written: Callable[[], dict[int, Write]],
    ) -> list[Row] | Counts:
        """Run steps; raise one problem of all that is in the way of what they write."""
        dialect = database.engine.dialect
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await database.transact(steps)
            except ViolationError as error:
                writes = written()
                found = await database.transact(partial(self._conflicts, writes, dialect))
                if not found and attempt < ATTEMPTS:
                    continue
                raise _conflict(found or {0: reported(writes[0], error)}) from error
        raise AssertionError("the last attempt returns or raises")

    async def _writes(self, database: Database, items: Sequence[BaseModel]) -> dict[int, Write]:
        """Say what is to be inserted, all at one instant; secrets are hashed off the loop."""
        instant = datetime.now(UTC)
        writes: list[Write] = []
        for start in range(0, len(items), AT_A_TIME):
            some = items[start : start + AT_A_TIME]
            if start:
                await asyncio.sleep(0)
            if self.rows.secrets:
                writes += await asyncio.gather(
                    *(self.one.write_of(database, item, instant) for item in some)
                )
            else:
                writes += [self.one.plain_write(item, instant) for item in some]
        return dict(enumerate(writes))

    def _inserts(self, columns: Iterable[str], dialect: Dialect) -> Inserts:
        """Compile an INSERT of one row that returns nothing, and one that returns the row."""
        names = tuple(dict.fromkeys(columns))
        plain = self.one.prepared(names, dialect, returning=False)
        if self._counts:
            return Inserts(plain, "", dialect)
        whole = self.one.prepared(names, dialect, returning=True)
        return Inserts(plain, whole.sql.removeprefix(plain.sql), dialect)

    def _insert_all(
        self, columns: Columns, inserts: Inserts, count: int
    ) -> Steps[list[Row] | Counts]:
        # Here, on the thread of the connection, the event loop can go on meanwhile.
        ready = ReadyRows.of(self.rows, columns, inserts, count)
        found = yield from ready.insert(answered=not self._counts)
        return Counts(ready.count, 0) if self._counts else found

    def _steps(self, writes: Mapping[int, Write], dialect: Dialect) -> Steps[list[Row] | Counts]:
        kept = yield from self._keeping.find(writes, dialect)
        new = kept.without(writes)
        keys: dict[int, object] = {}
        found: dict[object, Row] = {}
        if new:
            violation = yield from lock_targets(new, dialect)
            if violation is not None:
                raise violation
            for write in new.values() if self.rows.rules else ():
                refuse_broken(write)
            keys = yield from self._keys(new, dialect)
            found = yield from self._insert(new, keys, dialect)
        if self._counts:
            return Counts(len(new), len(writes) - len(new))
        keys |= kept.there
        keys |= {index: keys[first] for index, first in kept.same.items()}
        found |= yield from self._select(set(keys.values()) - found.keys(), dialect)
        return [found[keys[index]] for index in writes]

    def _conflicts(
        self, writes: Mapping[int, Write], dialect: Dialect
    ) -> Steps[dict[int, Problem]]:
        kept = yield from self._keeping.find(writes, dialect)
        return (yield from find_conflicts(kept.without(writes), dialect))

    def _keys(self, new: Mapping[int, Write], dialect: Dialect) -> Steps[dict[int, object]]:
        """Say which key each new row gets."""
        key = self.rows.key
        if not isinstance(key.type, IntegerKey):
            return {index: write.values[key.key] for index, write in new.items()}
        return dict(zip(new, (yield from new_keys(key, len(new), dialect)), strict=True))

    def _insert(
        self, new: Mapping[int, Write], keys: Mapping[int, object], dialect: Dialect
    ) -> Steps[dict[object, Row]]:
        """Insert rows and their links; return the rows by key where they can be known by now."""
        columns: dict[str, None] = {}
        for write in new.values():
            columns |= dict.fromkeys(write.values)
        columns[self.rows.key.key] = None
        plain = self.one.prepared(columns, dialect, returning=False)
        returning = ""
        linked = any(write.members for write in new.values())
        if not self._counts and not linked:
            whole = self.one.prepared(columns, dialect, returning=True)
            returning = whole.sql.removeprefix(plain.sql)
        own = f"set__{self.rows.key.key}"
        given = ({**parameters(new[index]), own: keys[index]} for index in insert_order(new))
        found = yield from insert_many(plain, given, returning)
        for link in self.rows.links:
            pairs = [
                (keys[index], member)
                for index, write in new.items()
                for member in write.members.get(link.name, ())
            ]
            yield from add_links(link, pairs, dialect)
        return self._by_key(found, dialect)

    def _select(self, keys: Collection[object], dialect: Dialect) -> Steps[dict[object, Row]]:
        """Select rows that are there; one that another writer has taken away begins it all anew."""
        if not keys:
            return {}
        prepared = self._selecting(dialect)
        found = self._by_key((yield prepared.sql, prepared.values({"keys": list(keys)})), dialect)
        if len(found) < len(keys):
            raise ViolationError("unique", self._keeping.sets[0].sql_name)
        return found

    def _selecting(self, dialect: Dialect) -> Prepared:
        return self._prepared.get(dialect.name, lambda: prepare(self._statement(dialect), dialect))

    def _statement(self, dialect: Dialect) -> Select[*tuple[Any, ...]]:
        among = any_of(self.rows.key, "keys", dialect_name(dialect))
        return select(*self.rows.columns).where(among, *self.rows.live)

    def _by_key(self, found: Iterable[Row], dialect: Dialect) -> dict[object, Row]:
        key = self.rows.key
        decode = stored(key).decoder(dialect_name(dialect))
        return {decode(self.rows.value_of(key, row)): row for row in found}


def _conflict(found: Mapping[int, Problem]) -> Problem:
    """Make one problem of all: it is the first, with all of them listed."""
    conflicts = [
        {"index": index, "type": f"/problems/{problem.code}", **problem.members}
        for index, problem in islice(found.items(), MOST_CONFLICTS)
    ]
    index, first = next(iter(found.items()))
    problem = Problem(first.code, str(first.detail))
    problem.members = {"index": index, **first.members, "conflicts": conflicts}
    return problem
