"""Lists use the indexes that are declared, in a table of thousands of rows, on both databases.

What each database says of the very statements that a list runs is compared with the index that
should have been used; no planner setting is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import insert, text

from generator.runtime.lists import List
from tests.runtime.shop import (
    CURSORS,
    CURSORS_OF_WAREHOUSE,
    LIST,
    LIST_OF_TAGS,
    LIST_OF_WAREHOUSE,
    Counting,
    CursorParams,
    PageParams,
    open_shop,
)
from tests.runtime.shop_tables import (
    product_tags,
    products,
    put,
    tags,
    warehouses,
)

pytestmark = pytest.mark.anyio

ROWS = 4_000
Query = Mapping[str, Any]

FILTERS: Sequence[tuple[Query, str]] = [
    ({"title": "t00042"}, "ix_products_title"),
    ({"stock": "7"}, "ix_products_stock"),
    ({"rank": "7"}, "ix_products_rank"),
    ({"warehouse_id": "7"}, "ix_products_warehouse"),
    ({"title_in": ["t00042", "t00043"]}, "ix_products_title"),
    ({"stock_in": ["7", "8", "9"]}, "ix_products_stock"),
    ({"warehouse_id_in": ["7", "8", "9"]}, "ix_products_warehouse"),
    ({"stock_gt": "1995"}, "ix_products_stock"),
    ({"stock_ge": "1995"}, "ix_products_stock"),
    ({"stock_lt": "5"}, "ix_products_stock"),
    ({"stock_le": "5"}, "ix_products_stock"),
    ({"stock_ge": "5", "stock_lt": "9"}, "ix_products_stock"),
    ({"rank_ge": "1995"}, "ix_products_rank"),
    ({"rank_le": "3"}, "ix_products_rank"),
    ({"rank_is_null": "true"}, "ix_products_rank"),
    ({"title_prefix": "t0004"}, "ix_products_title"),
    ({"title_prefix": "t0004", "title_contains": "4"}, "ix_products_title"),
    ({"stock_ge": "1995", "sort": ["title"]}, "ix_products_stock"),
    ({"title_prefix": "t0004", "sort": ["-stock"]}, "ix_products_title"),
    ({"title_prefix": "t0004", "sort": ["rank"]}, "ix_products_title"),
    ({"stock": "7", "title_prefix": "t"}, "ix_products_stock"),
    ({"stock": "7", "sort": ["title"]}, "ix_products_stock"),
    ({"warehouse_city": "C7"}, "ix_products_warehouse"),
    ({"warehouse_city_in": ["C7", "C8"]}, "ix_products_warehouse"),
    ({"tag_ids_any": ["a7"]}, "ix_product_tags_tag_id"),
    ({"tag_ids_all": ["a7", "b"]}, "ix_product_tags_tag_id"),
    ({"q": "t00042", "stock": "42"}, "ix_products_stock"),
]
"""Filters that leave a few rows, each with the index that finds them."""

ORDERS: Sequence[tuple[Query, str]] = [
    ({}, "products_pkey"),
    ({"sort": ["-id"]}, "products_pkey"),
    ({"sort": ["title"]}, "ix_products_title"),
    ({"sort": ["-title"]}, "ix_products_title"),
    ({"sort": ["stock"]}, "ix_products_stock"),
    ({"sort": ["rank"]}, "ix_products_rank"),
    ({"sort": ["-rank"]}, "ix_products_rank"),
    ({"sort": ["stock"], "stock_ge": "100"}, "ix_products_stock"),
    ({"sort": ["-title"], "title_prefix": "t"}, "ix_products_title"),
    ({"sort": ["rank"], "rank_ge": "5"}, "ix_products_rank"),
    ({"sort": ["-rank"], "rank_le": "1000"}, "ix_products_rank"),
]
"""Orders in which an index holds the rows, so that no more are read than are answered."""


@pytest.fixture(
    params=[("fresh_sqlite_url", True), ("fresh_sqlite_url", False), ("fresh_postgres_url", True)],
    ids=["sqlite-analyzed", "sqlite", "postgresql"],
)
def database_seen(request: pytest.FixtureRequest) -> tuple[str, bool]:
    """Name an empty database, and tell whether it shall look at what its tables hold.

    PostgreSQL does that by itself; SQLite does only when it is told to.
    """
    fixture, statistics = request.param
    return str(request.getfixturevalue(fixture)), statistics


async def fill(database: Counting, *, statistics: bool) -> None:
    """Put thousands of rows in, and tell the database to look at them."""
    await put(database, warehouses, *({"id": n, "city": f"C{n}"} for n in range(1, 401)))
    await put(database, tags, *({"name": f"a{n}"} for n in range(400)), {"name": "b"})
    rows = [
        {
            "title": f"t{n:05}",
            "stock": n % 2000,
            "rank": None if n % 500 == 3 else n % 2000,
            "warehouse_id": n % 400 + 1,
            "version": 1,
        }
        for n in range(ROWS)
    ]
    links = [{"product_id": n, "tag_id": f"a{n % 400}"} for n in range(1, ROWS, 2)]
    async with database.engine.begin() as connection:
        await connection.execute(insert(products), rows)
        await connection.execute(insert(product_tags), links)
        await connection.execute(
            insert(product_tags), [{"product_id": n, "tag_id": "b"} for n in range(8, 80)]
        )
    if statistics:
        async with database.engine.connect() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()


async def plan(database: Counting) -> str:
    """Return what the database says of the first statement that was noted."""
    sql, values = database.statements[0]
    async with database.engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        if database.dialect == "sqlite":
            steps = await raw.execute_fetchall(f"EXPLAIN QUERY PLAN {sql}", values)
            return "\n".join(unbounded(steps))
        return "\n".join(row[0] for row in await raw.fetch(f"EXPLAIN {sql}", *values))


def unbounded(steps: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Leave out the rows that are passed in order up to a number: `test_pages.py` counts them."""
    passed: set[object] = set()
    readers: set[object] = set()
    for own, above, _, detail in steps:
        if above in passed or detail == "CO-ROUTINE passed":
            passed.add(own)
            readers.add(above)
        elif above not in readers or detail != "SCAN passed":
            yield detail


async def explain(database: Counting, query: Query, listing: List[Any] = LIST) -> str:
    """List with a query, and return the plan of the statement that found the page."""
    database.statements.clear()
    await listing.run(database, PageParams.model_validate(query))
    return await plan(database)


def finds(shown: str, index: str, dialect: str) -> bool:
    """Tell whether a plan looks rows up in an index, and reads no table as a whole."""
    if dialect == "sqlite":
        steps = shown.splitlines()
        searched = any("SEARCH" in step and f" {index} " in f"{step} " for step in steps)
        return searched and not any(step.startswith("SCAN products") for step in steps)
    lines = shown.splitlines()
    used = [at for at, line in enumerate(lines) if f" {index} " in f"{line} " and "Index" in line]
    conditions = [at for at in used if any("Index Cond" in one for one in lines[at + 1 : at + 2])]
    return bool(conditions) and "Seq Scan on products" not in shown


def orders(shown: str, index: str, dialect: str) -> bool:
    """Tell whether a plan reads rows in the order of an index and sorts none."""
    if dialect == "sqlite":
        first = shown.splitlines()[0]
        key = index == "products_pkey"
        used = first == "SCAN products" if key else f"USING INDEX {index}" in first
        return used and "products\nUSE TEMP" not in shown and "FOR ORDER BY" not in shown
    scan = f"Index Scan using {index} " in shown or f"Index Scan Backward using {index} " in shown
    keys_of_links = "SubPlan"
    return scan and "Sort" not in shown.partition(keys_of_links)[0]


async def test_filters_use_their_index(database_seen: tuple[str, bool]) -> None:
    """Each kind of filter that leaves a few rows looks them up, whatever the order."""
    database_url, statistics = database_seen
    async with open_shop(database_url) as database:
        await fill(database, statistics=statistics)
        wrong = [
            f"{query} without {index}:\n{shown}"
            for query, index in FILTERS
            if not finds(shown := await explain(database, query), index, database.dialect)
        ]
        assert not wrong, "\n\n".join(wrong)


async def test_orders_use_their_index(database_url: str) -> None:
    """No row is sorted that an index holds in order, nulls last or first, the key behind."""
    async with open_shop(database_url) as database:
        await fill(database, statistics=True)
        wrong = [
            f"{query} without {index}:\n{shown}"
            for query, index in ORDERS
            if not orders(shown := await explain(database, query), index, database.dialect)
        ]
        assert not wrong, "\n\n".join(wrong)


CONTINUED: Sequence[tuple[Query, str]] = [
    ({}, "products_pkey"),
    ({"sort": ["-id"]}, "products_pkey"),
    ({"sort": ["title"]}, "ix_products_title"),
    ({"sort": ["-title"]}, "ix_products_title"),
    ({"sort": ["stock"]}, "ix_products_stock"),
    ({"sort": ["stock"], "stock_ge": "3"}, "ix_products_stock"),
    ({"sort": ["stock"], "title_prefix": "t0004"}, "ix_products_title"),
    ({"title_prefix": "t0004"}, "ix_products_title"),
    ({"stock_in": ["7", "8", "9"]}, "ix_products_stock"),
    ({"stock": "7"}, "ix_products_stock"),
    ({"warehouse_id": "7"}, "ix_products_warehouse"),
]


async def test_pages_by_cursor_use_their_index(database_seen: tuple[str, bool]) -> None:
    """The page after a cursor is looked up in the index that its sort or its filter goes by."""
    database_url, statistics = database_seen
    async with open_shop(database_url) as database:
        await fill(database, statistics=statistics)
        wrong = []
        for query, index in CONTINUED:
            small = {**query, "page_size": "1"}
            first = await CURSORS.run(database, CursorParams.model_validate(small))
            database.statements.clear()
            params = CursorParams.model_validate({**small, "cursor": first.next_cursor})
            await CURSORS.run(database, params)
            shown = await plan(database)
            rowid = "INTEGER PRIMARY KEY" in shown and index == "products_pkey"
            if not (rowid or finds(shown, index, database.dialect)):
                wrong.append(f"{query} without {index}:\n{shown}")
        assert not wrong, "\n\n".join(wrong)


async def test_lists_below_a_row_use_the_foreign_key(database_url: str) -> None:
    """They are looked up by the key above, and members by the key of the links."""
    async with open_shop(database_url) as database:
        await fill(database, statistics=True)
        await LIST_OF_WAREHOUSE.run(database, 7, PageParams.model_validate({}))
        assert finds(await plan(database), "ix_products_warehouse", database.dialect)
        small = {"page_size": "2"}
        first = await CURSORS_OF_WAREHOUSE.run(database, 7, CursorParams.model_validate(small))
        database.statements.clear()
        params = CursorParams.model_validate({**small, "cursor": first.next_cursor})
        await CURSORS_OF_WAREHOUSE.run(database, 7, params)
        assert finds(await plan(database), "ix_products_warehouse", database.dialect)
        database.statements.clear()
        await LIST_OF_TAGS.run(database, 9, PageParams.model_validate({}))
        shown = await plan(database)
        assert "SCAN" not in shown, shown
        assert "Seq Scan on product_tags" not in shown, shown
