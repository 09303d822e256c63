"""How SQLite is steered changes no answer, and keeps what is read from growing with the table."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Index, MetaData, Table, UniqueConstraint, bindparam, insert, select
from sqlalchemy.schema import CreateIndex, CreateTable

from generator.runtime import columns, pages
from generator.runtime.database import Database
from generator.runtime.filters import after_prefix, among, starts_with
from generator.runtime.lists import CursorPage, Found, List, Page
from generator.runtime.orders import Term
from generator.runtime.pages import PageStatement, Wanted, page_statement
from generator.runtime.plans import Alone, Narrowed
from generator.runtime.prepared import Prepared
from generator.runtime.relation_filters import through
from tests.runtime.every_type import DIALECTS
from tests.runtime.shop import (
    FILTERS,
    LIVE,
    PRODUCT,
    SORT,
    Counting,
    CursorParams,
    PageParams,
    open_shop,
)
from tests.runtime.shop_tables import product_tags, products, put, tags, warehouses

ROWS = 300
REQUESTS = 250
BOUNDS = {"LITTLE": 4, "NEAR": 25, "MUCH": 20, "FAR": 70}
"""So small that each way to find a page is gone where there are some hundred rows."""


def a_row(chance: random.Random, number: int) -> Mapping[str, object]:
    """Make a row that shares its values with others."""
    return {
        "title": chance.choice("abc") + chance.choice("abc") + str(chance.randrange(4)),
        "stock": chance.randrange(12) if chance.random() < 0.8 else number,
        "rank": chance.choice([None, 1, 2, 3]),
        "warehouse_id": chance.randrange(1, 4),
        "version": 1,
    }


def a_query(chance: random.Random) -> dict[str, Any]:
    """Make a query of some filters and an order."""
    some: dict[str, Any] = {
        "title": chance.choice("abc") + "a1",
        "title_in": [chance.choice("abc") + chance.choice("abc") + "1" for _ in range(3)],
        "title_prefix": chance.choice(["", "a", "ab", "c", "x"]),
        "title_contains": chance.choice("ab1"),
        "stock": str(chance.randrange(14)),
        "stock_in": [str(chance.randrange(14)) for _ in range(chance.randrange(1, 6))],
        "stock_ge": str(chance.randrange(200)),
        "stock_lt": str(chance.randrange(200)),
        "rank": str(chance.randrange(1, 5)),
        "rank_ge": str(chance.randrange(1, 5)),
        "rank_is_null": chance.choice(["true", "false"]),
        "warehouse_id": str(chance.randrange(1, 5)),
        "warehouse_city": f"C{chance.randrange(1, 5)}",
        "warehouse_city_in": chance.sample(["C1", "C2", "C3", "C4"], 2),
        "supplier_name_is_null": chance.choice(["true", "false"]),
        "tag_ids_any": chance.sample("abc", 2),
        "tag_ids_all": ["a", "b"],
        "tag_ids_none": ["a"],
    }
    names = chance.sample(list(some), chance.choice([0, 1, 1, 1, 2, 2, 3]))
    query = {name: some[name] for name in names}
    return query | {"page_size": str(chance.choice([1, 3, 10, 40]))}


async def fill(database: Counting) -> None:
    """Put the same rows into a database, some of which are deleted."""
    chance = random.Random(1)
    await put(database, warehouses, *({"id": n, "city": f"C{n}"} for n in range(1, 4)))
    rows = [a_row(chance, number) for number in range(ROWS)]
    async with database.engine.begin() as connection:
        await connection.execute(insert(products), rows)
        await connection.execute(insert(tags), [{"name": name} for name in "abc"])
        pairs = [(n, name) for n in range(1, ROWS + 1) for name in chance.sample("abc", n % 3)]
        links = [{"product_id": number, "tag_id": name} for number, name in pairs]
        await connection.execute(insert(product_tags), links)
        gone = chance.sample(range(1, ROWS + 1), 60)
        await connection.execute(
            products.update().where(products.c.id.in_(gone)).values(deleted_at=NOW)
        )


NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Lists:
    """The two styles of lists over one database."""

    def __init__(self, database: Counting) -> None:
        self.database = database
        parts: Any = {"filters": FILTERS}
        self.numbered = List(PRODUCT, LIVE, Page(20, 1000, count=True), sort=SORT, **parts)
        sort = {name: SORT[name] for name in ("title", "stock")}
        self.by_cursor = List(PRODUCT, LIVE, CursorPage(20, 1000), sort=sort, **parts)

    async def numbers(self, query: Mapping[str, Any]) -> list[object]:
        """Read a page by its number."""
        return self._shown(await self.numbered.run(self.database, PageParams.model_validate(query)))

    async def cursors(self, query: Mapping[str, Any]) -> list[object]:
        """Read pages one after the other."""
        shown: list[object] = []
        query = dict(query)
        for _ in range(4):
            found = await self.by_cursor.run(self.database, CursorParams.model_validate(query))
            shown += self._shown(found)
            if found.next_cursor is None:
                break
            query["cursor"] = found.next_cursor
        return shown

    def _shown(self, found: Found) -> list[object]:
        texts = PRODUCT.encode_many(found.rows, self.database.dialect)
        return [texts, found.more, found.total, found.next_cursor]


@pytest.mark.anyio
async def test_a_page_is_the_same_whichever_way_it_is_found(
    monkeypatch: pytest.MonkeyPatch, fresh_sqlite_url: str, fresh_postgres_url: str
) -> None:
    """SQLite steered, SQLite left alone and PostgreSQL answer random requests alike."""
    for name, value in BOUNDS.items():
        monkeypatch.setattr(pages, name, value)
    chance = random.Random(2)
    async with open_shop(fresh_sqlite_url) as sqlite, open_shop(fresh_postgres_url) as postgresql:
        await fill(sqlite)
        await fill(postgresql)
        steered, other = Lists(sqlite), Lists(postgresql)
        for _ in range(REQUESTS):
            query = a_query(chance)
            numbered = query | {"page": str(chance.choice([1, 1, 1, 2, 5]))}
            terms = [[], ["-id"], ["title"], ["-stock"], ["stock", "title"], ["-title"]]
            numbered["sort"] = chance.choice([*terms, ["rank"], ["-rank"], ["stock", "-title"]])
            query["sort"] = chance.choice(terms)
            found = [await steered.numbers(numbered), await steered.cursors(query)]
            assert found == [await other.numbers(numbered), await other.cursors(query)], (
                numbered,
                query,
            )
            with monkeypatch.context() as patch:
                patch.setattr(pages, "choose", lambda *_: Alone())
                alone = Lists(sqlite)
                assert found == [await alone.numbers(numbered), await alone.cursors(query)], (
                    numbered,
                    query,
                )


goods = Table(
    "goods",
    MetaData(naming_convention=columns.metadata.naming_convention),
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("code", columns.String(20), nullable=False),
    Column("kind", columns.String(20), nullable=True),
    Column("price", columns.Integer(), nullable=False),
    Column("weight", columns.Integer(), nullable=False),
    UniqueConstraint("code"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
Index("ix_goods_kind", goods.c.kind, goods.c.id)
Index("ix_goods_price", goods.c.price, goods.c.id)
Index("ix_goods_weight", goods.c.weight, goods.c.id)
kinds = Table(
    "kinds",
    goods.metadata,
    Column("name", columns.String(20), primary_key=True),
    Column("shelf", columns.Integer(), nullable=False),
    sqlite_strict=True,
)
FEW, MANY = 2_000, 200_000
FILL = """
INSERT INTO goods (id, code, kind, price, weight)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT :rows)
SELECT n, printf('%08d', n * 15485863 % 1000033), 'kind ' || (n * 31 % 97 % 10),
       n * 7919 % 1000003, n * 104729 % 999983 FROM numbers
"""
FILL_KINDS = "INSERT INTO kinds (name, shelf) SELECT DISTINCT kind, substr(kind, -1) % 2 FROM goods"


def make(connection: sqlite3.Connection) -> None:
    """Make the tables and their indexes."""
    for table in (goods, kinds):
        connection.execute(str(CreateTable(table).compile(dialect=DIALECTS["sqlite"])))
    for index in goods.indexes:
        connection.execute(str(CreateIndex(index).compile(dialect=DIALECTS["sqlite"])))


@pytest.fixture(scope="module", params=[False, True], ids=["", "analyzed"])
def tables(
    request: pytest.FixtureRequest,
) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    """Make a small table and a large one, of which SQLite may know how their values are spread."""
    with closing(sqlite3.connect(":memory:")) as few, closing(sqlite3.connect(":memory:")) as many:
        for connection, rows in ((few, FEW), (many, MANY)):
            make(connection)
            connection.execute(FILL, {"rows": rows})
            connection.execute(FILL_KINDS)
            if request.param:
                connection.execute("ANALYZE")
            connection.commit()
        yield few, many


def steps(
    connection: sqlite3.Connection,
    prepared: Prepared,
    values: dict[str, object],
    *,
    whole: bool = True,
) -> int:
    """Count the steps of SQLite's machine until a statement has found a whole page, or gives up."""
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    connection.set_progress_handler(step, 1)
    found = connection.execute(prepared.sql, prepared.values(values)).fetchall()
    connection.set_progress_handler(None, 1)
    assert len(found) == values["limit__"] or not whole
    return count


AMONG = among(goods.c.kind, "kind_in")
KINDS = ["kind 1", "kind 2", "kind 7"]
PREFIX = starts_with(goods.c.code, "prefix")
EQUAL = goods.c.kind == bindparam("kind")
RANGE = goods.c.price >= bindparam("price")
BEFORE = goods.c.price < bindparam("before")
SHELF = through(goods.c.kind, kinds.c.name, kinds.c.shelf == bindparam("shelf"))
Filters = Sequence[tuple[Any, object, Mapping[str, object]]]
"""Each with its shape, and the values that go with it."""

WIDE: Mapping[str, Filters] = {
    "all": [],
    "eq": [(EQUAL, None, {"kind": "kind 1"})],
    "in": [(AMONG, AMONG.shape(KINDS), AMONG.values(KINDS))],
    "half": [(RANGE, None, {"price": 500_000})],
    "tenth": [(RANGE, None, {"price": 900_000})],
    "between": [(RANGE, None, {"price": 500_000}), (BEFORE, None, {"before": 600_000})],
    "prefix": [(PREFIX, True, {"prefix": "003", "prefix__end": after_prefix("003")})],
    "through": [(SHELF, SHELF.shape(1), {"shelf": 1})],
}
"""Filters that leave a part of the rows which does not depend on how many there are."""


@pytest.mark.parametrize("positioned", [False, True])
@pytest.mark.parametrize("sort", ["id", "-id", "weight", "-price"])
@pytest.mark.parametrize("name", WIDE)
def test_what_is_read_does_not_grow_with_the_table(
    tables: tuple[sqlite3.Connection, sqlite3.Connection], name: str, sort: str, positioned: bool
) -> None:
    """A page of a hundred times the rows takes SQLite about as many steps, on declared indexes."""
    filters = WIDE[name]
    down = sort.startswith("-")
    terms: tuple[Term, ...] = (Term(goods.c.id, down),)
    if sort.removeprefix("-") != "id":
        terms = (Term(goods.c[sort.removeprefix("-")], down), *terms)
    wanted = Wanted(
        select(*goods.c),
        [Narrowed(condition, shape) for condition, shape, _ in filters],
        terms,
        positioned=positioned,
        numbered=False,
    )
    values: dict[str, object] = {"limit__": 21}
    for _, _, value in filters:
        values |= value
    prepared = page_statement(wanted, DIALECTS["sqlite"]).first
    if positioned:
        first = {"id": 1_000, "weight": 500_000, "price": 950_000}
        values |= {f"cursor__{at}": first[term.column.key] for at, term in enumerate(terms)}
    few, many = (steps(connection, prepared, values) for connection in tables)
    assert many <= 2 * few, (few, many)
    assert many <= 12_000


NARROW: Mapping[str, Filters] = {
    "open": [(RANGE, None, {"price": 999_800})],
    "between": [(RANGE, None, {"price": 500_000}), (BEFORE, None, {"before": 500_200})],
    "prefix": [(PREFIX, True, {"prefix": "000341", "prefix__end": after_prefix("000341")})],
}
"""Filters that leave some twenty or forty of the many rows."""


def page_of(filters: Filters, sort: str) -> PageStatement:
    """Compile the page of a list of goods."""
    key = Term(goods.c.id, False)
    terms = (key,) if sort == "id" else (Term(goods.c[sort], False), key)
    narrowed = [Narrowed(condition, shape) for condition, shape, _ in filters]
    wanted = Wanted(select(*goods.c), narrowed, terms, positioned=False, numbered=False)
    return page_statement(wanted, DIALECTS["sqlite"])


@pytest.mark.parametrize("sort", ["id", "weight"])
@pytest.mark.parametrize("name", NARROW)
def test_a_handful_of_rows_is_looked_up(
    tables: tuple[sqlite3.Connection, sqlite3.Connection], name: str, sort: str
) -> None:
    """Few rows are not looked for among all the others."""
    values: dict[str, object] = {"limit__": 11}
    for _, _, value in NARROW[name]:
        values |= value
    prepared = page_of(NARROW[name], sort).first
    assert steps(tables[1], prepared, values) < 3_000


THIN = {"hundredth": 990_000, "few hundred": 998_000}
"""Prices that a small share of the rows reach, which are too many to be sorted at once."""


@pytest.mark.parametrize("sort", ["id", "weight"])
@pytest.mark.parametrize("name", THIN)
def test_a_thin_range_has_a_bound(
    tables: tuple[sqlite3.Connection, sqlite3.Connection], name: str, sort: str
) -> None:
    """What both statements look at together has a bound, whatever the size of the table."""
    page = page_of([(RANGE, None, {})], sort)
    values: dict[str, object] = {"limit__": 21, "price": THIN[name]}
    assert page.second is not None
    first = steps(tables[1], page.first, values, whole=False)
    second = steps(tables[1], page.second(), values)
    assert first < 12 * (pages.NEAR + pages.SAMPLE)
    assert second < 12 * pages.MUCH


@pytest.mark.parametrize("sort", ["id", "weight"])
def test_rows_at_the_far_end_have_a_bound(
    tables: tuple[sqlite3.Connection, sqlite3.Connection], sort: str
) -> None:
    """Rows that the order comes to last are sorted, and not looked for among all the others."""
    values: dict[str, object] = {"limit__": 21, "price": 10_500_000}
    with closing(sqlite3.connect(":memory:")) as connection:
        tables[1].backup(connection)
        connection.execute(
            f"UPDATE goods SET price = price + 10000000 WHERE {sort} > "
            f"(SELECT {sort} FROM goods ORDER BY {sort} DESC LIMIT 1 OFFSET {pages.MUCH})"
        )
        page = page_of([(RANGE, None, {})], sort)
        assert page.second is not None
        assert steps(connection, page.second(), values) < 20 * pages.MUCH


class Asked:
    """A database that counts the statements it is asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.count = 0

    async def read(self, sql: str, values: Sequence[object]) -> Sequence[Any]:
        """Run a statement."""
        self.count += 1
        return self.connection.execute(sql, tuple(values)).fetchall()


@pytest.mark.anyio
@pytest.mark.parametrize("sort", ["id", "weight"])
@pytest.mark.parametrize(
    ("price", "found", "statements"),
    [(2_000_000, 0, 1), (999_980, 7, 1), (999_800, 21, 1), (500_000, 21, 1), (998_000, 21, 2)],
    ids=["nothing", "few", "little", "much", "thin"],
)
async def test_one_statement_is_enough_but_for_thin_ranges(
    tables: tuple[sqlite3.Connection, sqlite3.Connection],
    price: int,
    found: int,
    statements: int,
    sort: str,
) -> None:
    """The second is run only where much is found, and not soon enough."""
    asked = Asked(tables[1])
    rows = await page_of([(RANGE, None, {})], sort).run(
        cast(Database, asked), {"limit__": 21, "price": price}
    )
    assert (len(rows), asked.count) == (found, statements)
    assert all(len(row) == len(goods.c) for row in rows)


PRAGMAS = ["", "PRAGMA reverse_unordered_selects = ON", "PRAGMA automatic_index = OFF"]
NUMBERS = st.integers(0, 9)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.sampled_from("abc"), NUMBERS, NUMBERS), min_size=1, max_size=80),
    bounds=st.tuples(st.integers(0, 6), st.integers(0, 30), st.integers(0, 12), st.integers(0, 50)),
    hits=st.integers(1, 3),
    price=st.tuples(NUMBERS, st.booleans()),
    order=st.tuples(st.sampled_from(["id", "weight", "price", "kind"]), st.booleans()),
    limit=st.integers(1, 30),
    data=st.data(),
)
def test_a_page_is_what_python_sorts(
    rows: list[tuple[str, int, int]],
    bounds: tuple[int, int, int, int],
    hits: int,
    price: tuple[int, bool],
    order: tuple[str, bool],
    limit: int,
    data: st.DataObject,
) -> None:
    """A page is the first of the sorted rows, whatever SQLite does with what has no order.

    It reverses that where it is told to, and knows how values are spread where it has looked.
    """
    whole = [(at, f"{at:04}", *row) for at, row in enumerate(rows, 1)]
    names = [column.key for column in goods.c]
    (least, between), (sort, down) = price, order
    terms: tuple[Term, ...] = (Term(goods.c.id, down),)
    if sort != "id":
        terms = (Term(goods.c[sort], down), *terms)
    places = [names.index(term.column.key) for term in terms]
    offset = data.draw(st.none() | st.integers(0, 20))
    after = data.draw(st.none() | st.sampled_from(whole)) if offset is None else None

    def place(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row[at] for at in places)

    def follows(row: tuple[Any, ...], mark: tuple[Any, ...]) -> bool:
        return place(row) < place(mark) if down else place(row) > place(mark)

    filters = [Narrowed(RANGE, None), *([Narrowed(BEFORE, None)] if between else [])]
    left = [row for row in whole if row[3] >= least and not (between and row[3] >= least + 2)]
    left.sort(key=place, reverse=down)
    if after is not None:
        left = [row for row in left if follows(row, after)]
    wanted = Wanted(select(*goods.c), filters, terms, after is not None, offset is not None)
    values: dict[str, object] = {"limit__": limit, "price": least, "before": least + 2}
    values |= {"offset__": offset or 0}
    if after is not None:
        values |= {f"cursor__{at}": value for at, value in enumerate(place(after))}
    with pytest.MonkeyPatch.context() as patch, closing(sqlite3.connect(":memory:")) as connection:
        little, near, more, far = bounds
        named = {"LITTLE": little, "NEAR": near, "MUCH": little + more, "FAR": near + far}
        for name, value in {**named, "SAMPLE": 8, "HITS": hits}.items():
            patch.setattr(pages, name, value)
        make(connection)
        connection.executemany("INSERT INTO goods VALUES (?, ?, ?, ?, ?)", whole)
        page = page_statement(wanted, DIALECTS["sqlite"])
        for pragma in [*PRAGMAS, "ANALYZE"]:
            connection.execute(pragma)
            found = asyncio.run(page.run(cast(Database, Asked(connection)), values))
            assert [tuple(row) for row in found] == left[offset or 0 :][:limit], pragma
