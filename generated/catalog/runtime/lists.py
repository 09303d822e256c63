"""Lists: one statement per combination of filters and order, compiled when it is first asked for.

A page is read with one row more than it shows, which tells whether there is a next one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from pydantic import MISSING, BaseModel
from sqlalchemy import BigInteger, Column, ColumnElement, Select, bindparam, func, select

from .cursors import Position, continued, read_cursor, unknown_cursor, write_cursor
from .database import Database
from .drivers import Row
from .filters import Condition, among, contains, differs, is_null, starts_with
from .orders import Term, total_order
from .prepared import Prepared, Recent, prepare, stored
from .rows import Model, Rows

__all__ = [
    "CursorPage",
    "List",
    "Page",
    "among",
    "contains",
    "differs",
    "is_null",
    "starts_with",
]

Filter = Condition | ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Page:
    """Pages by number: any page can be asked for, the far ones at a cost."""

    size: int
    most: int
    count: bool = False
    """Whether all rows that the filters let through are counted."""


@dataclass(frozen=True, slots=True)
class CursorPage:
    """Pages that each say where the next begins: every page costs the same."""

    size: int
    most: int
    count: bool = False
    next_name: str = "next_cursor"
    """The name of the cursor on the wire."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows."""

    rows: Sequence[Row]
    more: bool
    """Whether there are rows after it."""
    next_cursor: str | None
    total: int | None


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """The filters that are given: their shapes decide the SQL, their values go with it."""

    shapes: tuple[tuple[str, Hashable], ...]
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class List(Generic[Model]):
    """Select rows by filters, in an order, a page at a time."""

    rows: Rows[Model]
    statement: Select[*tuple[Any, ...]]
    page: Page | CursorPage
    filters: Mapping[str, Filter] = field(default_factory=dict, kw_only=True)
    """By the name of the query parameter in Python."""
    sort: Mapping[str, Column[Any]] = field(default_factory=dict, kw_only=True)
    """By the name on the wire."""
    order: Sequence[str] = field(default=(), kw_only=True)
    """The terms where a request has none."""
    _prepared: Recent[Hashable, Prepared] = field(default_factory=Recent, init=False, repr=False)

    async def run(self, database: Database, params: BaseModel) -> Found:
        """Read the page that the parameters ask for."""
        given: dict[str, Any] = params.__dict__
        sort = given.get("sort", MISSING)
        terms = total_order(
            self.order if sort is MISSING else sort, self._sortable(), self.rows.key
        )
        narrowing = self._narrow(given)
        position = await self._position(database, terms, given)
        size = int(given["page_size"])
        values = dict(narrowing.values) | {"limit__": size + 1}
        if isinstance(self.page, Page):
            values["offset__"] = (int(given["page"]) - 1) * size
        for at, value in enumerate(position.values if position else ()):
            values[f"cursor__{at}"] = value
        prepared = self._page_statement(database, narrowing, terms, position is not None)
        found = await database.read(prepared.sql, prepared.values(values))
        return await self._found(database, found, size, terms, narrowing)

    def _sortable(self) -> Mapping[str, Column[Any]]:
        key = self.rows.key
        return {self.rows.wire_name(key.key): key, **self.sort}

    async def _found(
        self,
        database: Database,
        found: Sequence[Row],
        size: int,
        terms: Sequence[Term],
        narrowing: _Narrowing,
    ) -> Found:
        rows, more = found[:size], len(found) > size
        cursor = None
        if more and isinstance(self.page, CursorPage):
            cursor = write_cursor(self.rows, terms, rows[-1], database.dialect)
        total = await self._total(database, narrowing) if self.page.count else None
        return Found(rows, more, cursor, total)

    def _narrow(self, given: Mapping[str, Any]) -> _Narrowing:
        shapes: list[tuple[str, Hashable]] = []
        values: dict[str, object] = {}
        for name, condition in self.filters.items():
            value = given.get(name, MISSING)
            if value is MISSING:
                continue
            if isinstance(condition, Condition):
                shapes.append((name, condition.shape(value)))
                values |= condition.values(value)
            else:
                shapes.append((name, None))
                values[name] = value
        return _Narrowing(tuple(shapes), values)

    def _clauses(self, database: Database, narrowing: _Narrowing) -> list[ColumnElement[bool]]:
        clauses: list[ColumnElement[bool]] = []
        for name, shape in narrowing.shapes:
            condition = self.filters[name]
            if isinstance(condition, Condition):
                condition = condition.clause(shape, database.dialect)
            clauses.append(condition)
        return clauses

    def _page_statement(
        self, database: Database, narrowing: _Narrowing, terms: tuple[Term, ...], positioned: bool
    ) -> Prepared:
        def make() -> Prepared:
            statement = self.statement.where(*self._clauses(database, narrowing))
            ordered = (
                continued(statement, terms, database.dialect)
                if positioned
                else statement.order_by(*(term.clause() for term in terms))
            )
            ordered = ordered.limit(bindparam("limit__", type_=BigInteger()))
            if isinstance(self.page, Page):
                ordered = ordered.offset(bindparam("offset__", type_=BigInteger()))
            return prepare(ordered, database.engine.dialect)

        return self._prepared.get((database.dialect, narrowing.shapes, terms, positioned), make)

    async def _total(self, database: Database, narrowing: _Narrowing) -> int:
        def make() -> Prepared:
            statement = select(func.count()).select_from(self.rows.table)
            return prepare(
                statement.where(*self._clauses(database, narrowing)), database.engine.dialect
            )

        prepared = self._prepared.get((database.dialect, narrowing.shapes, "total"), make)
        found = await database.read(prepared.sql, prepared.values(narrowing.values))
        return int(found[0][0])

    async def _position(
        self, database: Database, terms: tuple[Term, ...], given: Mapping[str, Any]
    ) -> Position | None:
        """Read where to begin; the values that a cursor had no room for stand in its row."""
        cursor = given.get("cursor", MISSING)
        if cursor is MISSING or isinstance(self.page, Page):
            return None
        position = read_cursor(self.rows, terms, cursor)
        if len(position.values) == len(terms):
            return position
        columns = [term.column for term in terms]

        def make() -> Prepared:
            statement = select(*columns).where(self.rows.key == bindparam("key"))
            return prepare(statement, database.engine.dialect)

        prepared = self._prepared.get((database.dialect, terms, "position"), make)
        found = await database.read(prepared.sql, prepared.values({"key": position.values[-1]}))
        if not found:
            raise unknown_cursor()
        pairs = zip(columns, found[0], strict=True)
        return Position(
            tuple(stored(column).decoder(database.dialect)(raw) for column, raw in pairs)
        )
