"""Lists: one statement per combination of filters and order, compiled when it is first asked for.

A page is read with one row more than it shows, which tells whether there is a next one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Any, Generic, NamedTuple

from pydantic import MISSING, BaseModel
from sqlalchemy import Column, ColumnElement, Select, bindparam, func, select

from .cursors import Position, digest, read_cursor, unknown_cursor, write_cursor
from .database import Database
from .drivers import Row
from .expansions import Expansion
from .filters import Condition
from .orders import Term, total_order
from .pages import LIMIT, OFFSET, PageStatement, Wanted, narrowed, page_statement
from .plans import Narrowed
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


class Found(NamedTuple):
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


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """What is made of a sort once."""

    terms: tuple[Term, ...]
    digest: str
    """Of the list in this order, where it does not lie below a row."""


Shapes = tuple[tuple[str, Hashable], ...]
"""The filters that are given, by name: what the SQL depends on."""


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
    _orders: Recent[Sequence[str], _Order] = field(default_factory=Recent, init=False, repr=False)
    _pages: Recent[Hashable, PageStatement] = field(default_factory=Recent, init=False, repr=False)
    _others: Recent[Hashable, Prepared] = field(default_factory=Recent, init=False, repr=False)

    def __post_init__(self, search: Sequence[Column[Any]]) -> None:
        self.sort = {self.rows.wire_name(self.rows.key.key): self._key, **self.sort}
        if search:
            self.filters = {**self.filters, PARAMETER: occurrence(search)}

    @property
    def _key(self) -> Column[Any]:
        return self.rows.key if self.tie is None else self.tie

    def prepare_for(
        self, database: Database, model: type[BaseModel] | None, under: Under | None = None
    ) -> None:
        """Compile the pages without filters, expansions, and the encoder of their rows."""
        fields = {} if model is None else model.model_fields
        shapes, _ = self._narrow({name: field.default for name, field in fields.items()}, under)
        for positioned in {False, isinstance(self.page, CursorPage)}:
            self._statement(database, shapes, self._order(MISSING), positioned, under)
        if self.page.count:
            self._counting(database, shapes, under)
        self.rows.prepare_for(database.dialect)
        for expansion in self.expand.values():
            expansion.prepare_for(database)

    async def run(self, database: Database, params: BaseModel, under: Under | None = None) -> Found:
        """Read the page that the parameters ask for."""
        given = params.__dict__
        order = self._order(given.get("sort", MISSING))
        shapes, values = self._narrow(given, under)
        size = int(given["page_size"])
        values[LIMIT] = size + 1
        positioned = False
        if isinstance(self.page, Page):
            values[OFFSET] = (int(given["page"]) - 1) * size
        elif (cursor := given.get("cursor", MISSING)) is not MISSING:
            positioned = True
            position = await self._position(database, order, cursor, under)
            values |= {f"cursor__{at}": value for at, value in enumerate(position.values)}
        statement = self._statement(database, shapes, order, positioned, under)
        found = await statement.run(database, values)
        counted = await self._total(database, shapes, values, under) if self.page.count else None
        if len(found) <= size:
            return Found(found, False, None, counted)
        rows, cursor = found[:size], None
        if not isinstance(self.page, Page):
            digest = self._digest(order, under)
            cursor = write_cursor(self.rows, order.terms, rows[-1], database.dialect, digest)
        return Found(rows, True, cursor, counted)

    def _order(self, sort: Sequence[str] | MISSING) -> _Order:
        terms = tuple(self.order if sort is MISSING else sort)

        def make() -> _Order:
            order = total_order(terms, self.sort, self._key)
            return _Order(order, digest(self.rows, order))

        return self._orders.get(terms, make)

    def _narrow(
        self, given: Mapping[str, Any], under: Under | None
    ) -> tuple[Shapes, dict[str, object]]:
        """Say which filters are given, in which shape, and what values go with them."""
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
        return tuple(shapes), values

    def _given(self, shapes: Shapes, under: Under | None) -> list[Narrowed]:
        """Return the filters that are given, and what narrows a list that lies below a row."""
        given = [Narrowed(self.filters[name], shape) for name, shape in shapes]
        if under is not None:
            below = under.column == bindparam(UNDER, type_=under.column.type)
            given.append(Narrowed(below, None))
        return given

    def _statement(
        self,
        database: Database,
        shapes: Shapes,
        order: _Order,
        positioned: bool,
        under: Under | None,
    ) -> PageStatement:
        def make() -> PageStatement:
            numbered = isinstance(self.page, Page)
            filters = self._given(shapes, under)
            wanted = Wanted(self.statement, filters, order.terms, positioned, numbered)
            return page_statement(wanted, database.engine.dialect)

        below = None if under is None else under.column
        return self._pages.get((database.dialect, shapes, order, positioned, below), make)

    async def _total(
        self,
        database: Database,
        shapes: Shapes,
        values: Mapping[str, object],
        under: Under | None,
    ) -> int:
        prepared = self._counting(database, shapes, under)
        found = await database.read(prepared.sql, prepared.values(values))
        return int(found[0][0])

    def _counting(self, database: Database, shapes: Shapes, under: Under | None) -> Prepared:
        def make() -> Prepared:
            filters = self._given(shapes, under)
            statement = narrowed(self.statement, filters, database.dialect)
            counted = statement.with_only_columns(func.count(), maintain_column_froms=True)
            return prepare(counted, database.engine.dialect)

        below = None if under is None else under.column
        return self._others.get((database.dialect, shapes, below), make)

    def _digest(self, order: _Order, under: Under | None) -> str:
        """Tell this list, in this order, from all others."""
        if under is None:
            return order.digest
        return digest(self.rows, order.terms, f"{under.column.key}={under.key}")

    async def _position(
        self, database: Database, order: _Order, cursor: str, under: Under | None
    ) -> Position:
        """Read where to begin; the values that a cursor had no room for stand in its row."""
        position = read_cursor(self.rows, order.terms, cursor, self._digest(order, under))
        if len(position.values) == len(order.terms):
            return position
        return await self._stored_position(database, order, position.values[-1])

    async def _stored_position(self, database: Database, order: _Order, key: object) -> Position:
        columns = [term.column for term in order.terms]

        def make() -> Prepared:
            statement = select(*columns).where(self.rows.key == bindparam("key"))
            return prepare(statement, database.engine.dialect)

        prepared = self._others.get((database.dialect, order), make)
        found = await database.read(prepared.sql, prepared.values({"key": key}))
        if not found:
            raise unknown_cursor()
        pairs = zip(columns, found[0], strict=True)
        return Position(
            tuple(stored(column).decoder(database.dialect)(raw) for column, raw in pairs)
        )
