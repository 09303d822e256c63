"""The statements that find a page of rows: written for PostgreSQL as it stands, for SQLite steered.

SQLite is steered in one of the ways of `plans.py`. Where the statement looks first how much a
filter finds, it does one of two things: where that is little, it is sorted; else rows are passed in
the order that was asked for, a bounded number of them, until the page is full. Only where that did
not do is a second statement run, with wider bounds; and after those, all that is found is sorted.
What is read does not grow with the table, but for filters that leave a thin share of many rows: it
grows to those bounds, and beyond them where the rows found are many and the order has them last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    CTE,
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    not_,
    select,
    union,
    union_all,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import GenerativeSelect
from sqlalchemy.sql.visitors import ExternallyTraversible, iterate, replacement_traverse

from .cursors import beyond, continued
from .database import Database
from .drivers import Row
from .orders import Term
from .plans import Alone, Merged, Narrowed, Probed, Sorted, Way, choose
from .prepared import Prepared, dialect_name, prepare
from .stored import DialectName

LITTLE, NEAR = 128, 4_000
"""How many rows a filter finds that are sorted, or how many are passed in order instead."""
SAMPLE, HITS = 500, 2
"""So many are passed only if the filters hold for a few of the first ones: else it is in vain."""
MUCH, FAR = 16_384, 40_000
"""What is sorted, or passed, by the second statement, where the first did not fill the page."""

LIMIT, OFFSET = "limit__", "offset__"
Selected = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
AnySelect = TypeVar("AnySelect", bound=GenerativeSelect)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page, without the values of its filters."""

    statement: Select[*tuple[Any, ...]]
    filters: Sequence[Narrowed]
    terms: tuple[Term, ...]
    positioned: bool
    """Whether it begins after a cursor."""
    numbered: bool
    """Whether it has a number, which says how many rows are before it."""

    def part(self, statement: AnySelect) -> AnySelect:
        """Leave the rows of the page, and one more."""
        limited = statement.limit(_limit())
        return limited.offset(_offset()) if self.numbered else limited


@dataclass(frozen=True, slots=True)
class PageStatement:
    """What finds a page."""

    first: Prepared
    second: Callable[[], Prepared] | None = None
    """Where the first may find less than there is; compiled when it is first needed.

    Rows of the first end in the key, and in whether they are all; where there is none, one row
    without a key says that.
    """

    async def run(self, database: Database, values: Mapping[str, object]) -> Sequence[Row]:
        """Find as many rows as the parameter `limit__` says, or as many as there are."""
        found = await database.read(self.first.sql, self.first.values(values))
        if self.second is None:
            return found
        rows = [row[:-2] for row in found if row[-2] is not None]
        if found[0][-1] or len(rows) == values[LIMIT]:
            return rows
        second = self.second()
        return await database.read(second.sql, second.values(values))


def page_statement(wanted: Wanted, dialect: Dialect) -> PageStatement:
    """Compile what finds a page on a database."""
    name = dialect_name(dialect)
    way: Way = Alone()
    if name == "sqlite":
        way = choose(wanted.statement, wanted.filters, wanted.terms)
    if isinstance(way, Probed):
        probed = _Probed(wanted, way)
        return PageStatement(
            prepare(probed.first(), dialect), cache(lambda: prepare(probed.second(), dialect))
        )
    if isinstance(way, Merged):
        return PageStatement(prepare(_merged(wanted, way.filter), dialect))
    steered = _steered(wanted.terms) if isinstance(way, Sorted) else wanted.terms
    statement = narrowed(wanted.statement, wanted.filters, name)
    if wanted.positioned:
        return PageStatement(prepare(wanted.part(continued(statement, steered, name)), dialect))
    ordered = statement.order_by(*(term.clause() for term in steered))
    return PageStatement(prepare(wanted.part(ordered), dialect))


def narrowed(
    statement: Select[*tuple[Any, ...]], filters: Sequence[Narrowed], dialect: DialectName
) -> Select[*tuple[Any, ...]]:
    """Leave the rows for which all filters hold."""
    return statement.where(*(one.clause(dialect) for one in filters))


def _steered(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple(term.without_index() for term in terms)


def _merged(wanted: Wanted, among: Narrowed) -> Selected:
    """Take the rows of each value in order from the index, by turns, and no more than are shown."""
    (term,) = wanted.terms
    rest = wanted.statement.with_only_columns(term.column)
    if wanted.positioned:
        rest = rest.where(beyond(wanted.terms))
    keys = union(*(rest.where(one) for one in among.each))
    key = keys.selected_columns[term.column.key]
    chosen = wanted.part(keys.order_by(key.desc() if term.descending else key.asc()))
    found = term.column.in_(select(chosen.subquery().c[term.column.key]))
    return select(*wanted.statement.selected_columns).where(found).order_by(term.clause())


class _Probed:
    """The two statements that look first how much some filters find."""

    def __init__(self, wanted: Wanted, way: Probed) -> None:
        self._wanted = wanted
        self._key = wanted.terms[-1].column
        self._probe = [one.clause("sqlite") for one in way.filters]
        self._clauses = [one.clause("sqlite") for one in wanted.filters]
        if wanted.statement.whereclause is not None:
            self._clauses.append(wanted.statement.whereclause)
            if way.partial:
                self._probe.append(wanted.statement.whereclause)
        self._columns = list(wanted.statement.selected_columns)

    def first(self) -> Selected:
        """Sort what is found, if it is little; else pass some rows in order."""
        told = self._told(LITTLE)
        much = select(told.c.much).scalar_subquery()
        passing = case((and_(much, self._finds_some()), _number(NEAR)), else_=_number(0))
        near = self._passed(passing).subquery()
        little = self._sorted(case((much, _number(0)), else_=_limit())).subquery()
        keys = union_all(select(near.c[self._key.key]), select(little.c[self._key.key]))
        shown = (*self._columns, self._key.label("key__"), not_(told.c.much).label("mark__"))
        joined = told.outerjoin(self._key.table, self._key.in_(keys))
        return select(*shown).select_from(joined).order_by(*self._order())

    def second(self) -> Selected:
        """Pass many more rows, if more than many are found; sort all where that does not do."""
        much = select(self._told(MUCH).c.much).scalar_subquery()
        far = self._passed(case((much, _number(FAR)), else_=_number(0))).cte("far")
        full = select(func.count()).select_from(far).scalar_subquery() >= _limit()
        passed_all = and_(much, not_(self._goes_beyond(FAR)))
        needed = case((full, _number(0)), (passed_all, _number(0)), else_=_limit())
        rest = self._sorted(needed).subquery()
        keys = union_all(select(far.c[self._key.key]), select(rest.c[self._key.key]))
        return select(*self._columns).where(self._key.in_(keys)).order_by(*self._order())

    def _order(self) -> list[ColumnElement[Any]]:
        return [term.clause() for term in _steered(self._wanted.terms)]

    def _finds_some(self) -> ColumnElement[bool]:
        """Tell whether the filters hold for some of the first rows in order."""
        hit = self._held(_number(SAMPLE)).limit(_number(1)).offset(_number(HITS - 1))
        return exists(hit.correlate(None))

    def _told(self, number: int) -> CTE:
        """Tell once whether the filters find more than a number of rows."""
        one = select(_number(1)).select_from(self._key.table).where(*self._probe)
        found = exists(one.limit(_number(1)).offset(_number(number)).correlate(None))
        return select(found.label("much")).cte("told")

    def _goes_beyond(self, number: int) -> ColumnElement[bool]:
        one = self._in_order([term.column for term in self._wanted.terms])
        found = one.limit(_number(1)).offset(_number(number)).subquery()
        return exists(select(_number(1)).select_from(found))

    def _sorted(self, limit: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
        """Look rows up by the filters, and sort them; only their keys are selected."""
        found = select(self._key).where(*self._clauses)
        if self._wanted.positioned:
            found = found.where(beyond(_steered(self._wanted.terms)))
        ordered = found.order_by(*self._order()).limit(limit)
        return ordered.offset(_offset()) if self._wanted.numbered else ordered

    def _passed(self, most: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
        """Pass a number of rows in order until the page is full; select their keys."""
        return self._wanted.part(self._held(most))

    def _held(self, most: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
        """Pass a number of rows in order, and select the keys of those that the filters leave.

        SQL does not promise that these come in order as well, to which a limit is applied then.
        SQLite does it so: an order with a limit of its own is carried out as it stands, and its
        rows are taken one by one. `tests/runtime/test_pages.py` holds it to that. The order of a
        page itself is stated by the statement around it.
        """
        terms = [term.column for term in self._wanted.terms]
        parts = (part for one in (*self._clauses, *terms) for part in iterate(one))
        read = {part for part in parts if isinstance(part, Column)}
        ordered = self._in_order([column for column in self._key.table.c if column in read])
        passed = ordered.limit(most).subquery("passed")

        def replace(element: ExternallyTraversible, **_: object) -> ColumnElement[Any] | None:
            if isinstance(element, Column) and element.table is self._key.table:
                return passed.c[element.key]
            return None

        holds = [replacement_traverse(one, {}, replace) for one in self._clauses]
        return select(passed.c[self._key.key]).where(*holds)

    def _in_order(self, columns: Sequence[Column[Any]]) -> Selected:
        """Select all rows, or those after the cursor, in the order of an index."""
        statement = select(*columns)
        if self._wanted.positioned:
            return continued(statement, self._wanted.terms, "sqlite")
        return statement.order_by(*(term.clause() for term in self._wanted.terms))


def _number(number: int) -> ColumnElement[int]:
    return literal_column(str(number), BigInteger())


def _limit() -> BindParameter[int]:
    return bindparam(LIMIT, type_=BigInteger())


def _offset() -> BindParameter[int]:
    return bindparam(OFFSET, type_=BigInteger())
