"""Lists: one statement per combination of filters and order, compiled when it is first asked for.

A page is read with one row more than it shows, which tells whether there is a next one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Any, Generic

from pydantic import MISSING, BaseModel
from sqlalchemy import BigInteger, Column, ColumnElement, Select, bindparam, func, select

from .cursors import Position, continued, digest, read_cursor, unknown_cursor, write_cursor
from .database import Database
from .drivers import Row
from .expansions import Expansion
from .filters import Condition
from .orders import Term, total_order
from .plans import Narrowed, prefers_filters
from .prepared import Prepared, Recent, prepare, stored
from .rows import Model, Rows
from .search import PARAMETER, occurrence

Filter = Condition | ColumnElement[bool]
UNDER = "under__"


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
class Under:
    """The row that a list lies below."""

    column: Column[Any]
    """Of the rows that are listed: it holds the key of the one above."""
    key: object


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """The filters that are given: their shapes decide the SQL, their values go with it."""

    shapes: tuple[tuple[str, Hashable], ...]
    values: Mapping[str, object]
    under: Under | None

    @property
    def shape(self) -> Hashable:
        """What the SQL depends on."""
        return self.shapes, self.under and self.under.column


@dataclass(slots=True, eq=False)
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
    search: InitVar[Sequence[Column[Any]]] = field(default=(), kw_only=True)
    """In which words are looked for."""
    expand: Mapping[str, Expansion] = field(default_factory=dict, kw_only=True)
    """What a request may ask to be shown beside its key, by name on the wire."""
    tie: Column[Any] | None = field(default=None, kw_only=True)
    """What breaks ties where it is not the key itself, but a column that equals it."""
    _prepared: Recent[Hashable, Prepared] = field(default_factory=Recent, init=False, repr=False)

    def __post_init__(self, search: Sequence[Column[Any]]) -> None:
        self.sort = {self.rows.wire_name(self.rows.key.key): self._key, **self.sort}
        if search:
            self.filters = {**self.filters, PARAMETER: occurrence(search)}

    @property
    def _key(self) -> Column[Any]:
        return self.rows.key if self.tie is None else self.tie

    async def run(self, database: Database, params: BaseModel, under: Under | None = None) -> Found:
        """Read the page that the parameters ask for."""
        given: dict[str, Any] = params.__dict__
        sort = given.get("sort", MISSING)
        terms = total_order(self.order if sort is MISSING else sort, self.sort, self._key)
        narrowing = self._narrow(given, under)
        position = await self._position(database, terms, given, under)
        size = int(given["page_size"])
        values = dict(narrowing.values) | {"limit__": size + 1}
        if isinstance(self.page, Page):
            values["offset__"] = (int(given["page"]) - 1) * size
        for at, value in enumerate(position.values if position else ()):
            values[f"cursor__{at}"] = value
        prepared = self._page_statement(database, narrowing, terms, position is not None)
        found = await database.read(prepared.sql, prepared.values(values))
        rows, more = found[:size], len(found) > size
        cursor = None
        if more and isinstance(self.page, CursorPage):
            last = rows[-1]
            cursor = write_cursor(
                self.rows, terms, last, database.dialect, self._digest(terms, under)
            )
        total = await self._total(database, narrowing) if self.page.count else None
        return Found(rows, more, cursor, total)

    def _narrow(self, given: Mapping[str, Any], under: Under | None) -> _Narrowing:
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
        if under is not None:
            values[UNDER] = under.key
        return _Narrowing(tuple(shapes), values, under)

    def _given(self, narrowing: _Narrowing) -> list[Narrowed]:
        """Return the filters that are given, each with its shape."""
        given: list[Narrowed] = [(self.filters[name], shape) for name, shape in narrowing.shapes]
        if narrowing.under is not None:
            column = narrowing.under.column
            given.append((column == bindparam(UNDER, type_=column.type), None))
        return given

    def _narrowed(self, database: Database, given: Sequence[Narrowed]) -> Select[*tuple[Any, ...]]:
        return self.statement.where(
            *(
                one.clause(shape, database.dialect) if isinstance(one, Condition) else one
                for one, shape in given
            )
        )

    def _page_statement(
        self, database: Database, narrowing: _Narrowing, terms: tuple[Term, ...], positioned: bool
    ) -> Prepared:
        def make() -> Prepared:
            given = self._given(narrowing)
            statement = self._narrowed(database, given)
            steered = terms
            if database.dialect == "sqlite" and prefers_filters(given, terms):
                steered = tuple(term.without_index() for term in terms)
            ordered = (
                continued(statement, steered, database.dialect)
                if positioned
                else statement.order_by(*(term.clause() for term in steered))
            )
            ordered = ordered.limit(bindparam("limit__", type_=BigInteger()))
            if isinstance(self.page, Page):
                ordered = ordered.offset(bindparam("offset__", type_=BigInteger()))
            return prepare(ordered, database.engine.dialect)

        return self._prepared.get((database.dialect, narrowing.shape, terms, positioned), make)

    async def _total(self, database: Database, narrowing: _Narrowing) -> int:
        def make() -> Prepared:
            statement = self._narrowed(database, self._given(narrowing))
            counted = statement.with_only_columns(func.count(), maintain_column_froms=True)
            return prepare(counted, database.engine.dialect)

        prepared = self._prepared.get((database.dialect, narrowing.shape, "total"), make)
        found = await database.read(prepared.sql, prepared.values(narrowing.values))
        return int(found[0][0])

    def _digest(self, terms: Sequence[Term], under: Under | None) -> str:
        """Tell this list, in this order, from all others."""
        if under is None:
            return digest(self.rows, terms)
        return digest(self.rows, terms, f"{under.column.key}={under.key}")

    async def _position(
        self,
        database: Database,
        terms: tuple[Term, ...],
        given: Mapping[str, Any],
        under: Under | None,
    ) -> Position | None:
        """Read where to begin; the values that a cursor had no room for stand in its row."""
        cursor = given.get("cursor", MISSING)
        if cursor is MISSING or isinstance(self.page, Page):
            return None
        position = read_cursor(self.rows, terms, cursor, self._digest(terms, under))
        if len(position.values) == len(terms):
            return position
        return await self._stored_position(database, terms, position.values[-1])

    async def _stored_position(
        self, database: Database, terms: tuple[Term, ...], key: object
    ) -> Position:
        columns = [term.column for term in terms]

        def make() -> Prepared:
            statement = select(*columns).where(self.rows.key == bindparam("key"))
            return prepare(statement, database.engine.dialect)

        prepared = self._prepared.get((database.dialect, terms, "position"), make)
        found = await database.read(prepared.sql, prepared.values({"key": key}))
        if not found:
            raise unknown_cursor()
        pairs = zip(columns, found[0], strict=True)
        return Position(
            tuple(stored(column).decoder(database.dialect)(raw) for column, raw in pairs)
        )
