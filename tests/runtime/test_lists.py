"""Lists: filters, order and pages mean the same on both databases."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import text

from generator.runtime.database import Database
from generator.runtime.drivers import Row
from generator.runtime.filters import after_prefix
from generator.runtime.lists import List
from generator.runtime.orders import one_direction
from generator.runtime.problems import Problem
from tests.runtime.sample import (
    CREATE,
    CURSORS,
    DELETE,
    LIST,
    ProductCreate,
    ProductCursorParams,
    ProductListParams,
    open_database,
    session,
)

pytestmark = pytest.mark.anyio

TITLES = ["B", "a", "A", "b", "É", "z", "_", "ab", "\U0001f600", "\ud7ff", "\ue000", "100%", "%"]


async def fill(database: Database, *rows: Mapping[str, object]) -> None:
    """Create products with skus in order."""
    for number, row in enumerate(rows, start=1):
        body = {"sku": f"S{number}", "title": f"T{number}", **row}
        await session(database).create(CREATE, ProductCreate.model_validate(body))


async def names(database: Database, field: str = "sku", **params: object) -> list[Any]:
    """List one field of what a query finds."""
    answer = await session(database).list(LIST, ProductListParams.model_validate(params))
    return [item[field] for item in json.loads(bytes(answer.body))]


async def test_filters(database_url: str) -> None:
    """Every kind of filter, alone and with another."""
    async with open_database(database_url) as database:
        await fill(
            database,
            {"category": "tools", "stock": 5, "price": "9.99"},
            {"category": "toys", "stock": 7, "price": "100.00"},
            {"stock": 9},
        )
        assert await names(database, category="tools") == ["S1"]
        assert await names(database, category_ne="tools") == ["S2", "S3"]
        assert await names(database, category_in=["toys", "tools", "x"]) == ["S1", "S2"]
        assert await names(database, category_in=["toys"]) == ["S2"]
        assert await names(database, category_is_null="true") == ["S3"]
        assert await names(database, category_is_null="false") == ["S1", "S2"]
        assert await names(database, stock_ge="7") == ["S2", "S3"]
        assert await names(database, price_lt="10") == ["S1"]
        assert await names(database, stock_ge="7", category_is_null="false") == ["S2"]
        assert await names(database, category="tools", stock_ge="6") == []


async def test_text_filters_are_exact(database_url: str) -> None:
    """A prefix and a part mind case, and no character stands for another."""
    async with open_database(database_url) as database:
        await fill(
            database, *({"title": title} for title in [*TITLES, "\U0010ffff", "\U0010ffffx"])
        )
        for part in [*TITLES, "\U0010ffff"]:
            everything = [*TITLES, "\U0010ffff", "\U0010ffffx"]
            begins = await names(database, "title", title_prefix=part)
            assert begins == [one for one in everything if one.startswith(part)]
            has = await names(database, "title", title_contains=part)
            assert has == [one for one in everything if part in one]


def test_the_text_after_a_prefix() -> None:
    """It is the next by code point, leaving out surrogates, which no text has."""
    assert after_prefix("ab") == "ac"
    assert after_prefix("a\ud7ff") == "a\ue000"
    assert after_prefix("a\U0010ffff") == "b"
    assert after_prefix("\U0010ffff") is None


async def test_order_by_code_point(database_url: str) -> None:
    """Text is in the order of its code points, either way."""
    async with open_database(database_url) as database:
        await fill(database, *({"title": title} for title in TITLES))
        assert await names(database, "title", sort=["title"]) == sorted(TITLES)
        assert await names(database, "title", sort=["-title"]) == sorted(TITLES, reverse=True)


async def test_order_of_nulls_and_ties(database_url: str) -> None:
    """Nulls are last ascending and first descending; ties go by the key, in the same direction."""
    async with open_database(database_url) as database:
        await fill(database, {"category": "b"}, {}, {"category": "a"}, {"category": "a"}, {})
        assert await names(database, "id", sort=["category"]) == [3, 4, 1, 2, 5]
        assert await names(database, "id", sort=["-category"]) == [5, 2, 1, 4, 3]
        assert await names(database, "id", sort=["stock", "-category"]) == [5, 2, 1, 4, 3]
        assert await names(database, "id", sort=["category", "-category"]) == [3, 4, 1, 2, 5]
        assert await names(database, "id", sort=["-id"]) == [5, 4, 3, 2, 1]
        assert await names(database, "id") == [1, 2, 3, 4, 5]


async def test_pages_and_links(database_url: str) -> None:
    """A page links to the first, the previous and the next, and keeps the other parameters."""
    async with open_database(database_url) as database:
        await fill(database, *({"category": "a&b"} for _ in range(5)))
        query = "category=a%26b&page=2&page_size=2"
        params = ProductListParams.model_validate(
            {"category": "a&b", "page": "2", "page_size": "2"}
        )
        answer = await session(database, query, "/api").list(LIST, params)
        there = "/api/catalog/products?category=a%26b&page_size=2&page"
        assert answer.headers["link"] == (
            f'<{there}=1>; rel="first", <{there}=1>; rel="prev", <{there}=3>; rel="next"'
        )
        assert answer.headers["x-total-count"] == "5"
        assert [item["id"] for item in json.loads(bytes(answer.body))] == [3, 4]


async def test_beyond_the_last_page(database_url: str) -> None:
    """There is an empty array there, and a way back."""
    async with open_database(database_url) as database:
        await fill(database, {})
        params = ProductListParams.model_validate({"page": "100000", "page_size": "100"})
        answer = await session(database, "page=100000&page_size=100").list(LIST, params)
        assert answer.body == b"[]"
        assert 'rel="prev"' in answer.headers["link"]
        assert 'rel="next"' not in answer.headers["link"]
        assert answer.headers["x-total-count"] == "1"


async def walk(database: Database, **given: object) -> list[dict[str, Any]]:
    """Follow cursors to the end."""
    params = dict(given)
    items: list[dict[str, Any]] = []
    while True:
        query = ProductCursorParams.model_validate(params)
        answer = await session(database).list(CURSORS, query)
        page = json.loads(bytes(answer.body))
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        params["cursor"] = page["next_cursor"]


@pytest.mark.parametrize("sort", [None, ["id"], ["-id"], ["title"], ["-stock", "-title"]])
async def test_cursors_reach_every_row_once(database_url: str, sort: list[str] | None) -> None:
    """Pages by cursor hold every row once, in order."""
    async with open_database(database_url) as database:
        await fill(database, *({"stock": n % 3, "title": f"t{n % 4}"} for n in range(11)))
        params: dict[str, Any] = {"page_size": "2"} | ({} if sort is None else {"sort": sort})
        items = await walk(database, **params)
        everything = await walk(database, **(params | {"page_size": "100"}))
        assert items == everything
        assert len(items) == 11


async def test_a_cursor_outlives_its_row(database_url: str) -> None:
    """Deleting the last row of a page changes nothing about the next."""
    async with open_database(database_url) as database:
        await fill(database, *({"stock": 7} for _ in range(4)))
        params: dict[str, Any] = {"sort": ["stock"], "page_size": "2"}
        answer = await session(database).list(CURSORS, ProductCursorParams.model_validate(params))
        cursor = json.loads(bytes(answer.body))["next_cursor"]
        await session(database).delete(DELETE, 2)
        rest = await walk(database, **params, cursor=cursor)
        assert [item["id"] for item in rest] == [3, 4]


async def test_long_values_do_not_lengthen_a_cursor(database_url: str) -> None:
    """Where the values have no room, the cursor names the row; without it, it leads nowhere."""
    async with open_database(database_url) as database:
        await fill(database, *({"title": "\U0001f600" * 390 + str(n)} for n in range(5)))
        params: dict[str, Any] = {"sort": ["title"], "page_size": "2"}
        assert len(await walk(database, **params)) == 5
        answer = await session(database).list(CURSORS, ProductCursorParams.model_validate(params))
        cursor = json.loads(bytes(answer.body))["next_cursor"]
        assert len(cursor) <= 512
        await session(database).delete(DELETE, 2)
        with pytest.raises(Problem) as problem:
            await walk(database, **params, cursor=cursor)
        assert problem.value.code == "unknown-cursor"


async def test_unknown_cursors(database_url: str) -> None:
    """What does not decode, holds wrong values or belongs to another sort is 404."""
    async with open_database(database_url) as database:
        await fill(database, *({} for _ in range(3)))
        answer = await session(database).list(
            CURSORS, ProductCursorParams.model_validate({"page_size": "1", "sort": ["stock"]})
        )
        other = json.loads(bytes(answer.body))["next_cursor"]
        wrong = ["0", "a", "AAAA", "W10", "bnVsbA", "W1tdLFtdLFtdXQ", "____", "W" * 512, other]
        for cursor in wrong:
            params = ProductCursorParams.model_validate({"cursor": cursor})
            with pytest.raises(Problem) as problem:
                await session(database).list(CURSORS, params)
            assert problem.value.code == "unknown-cursor"


def tampered(cursor: str, *values: object) -> str:
    """Put other values into a cursor, as any client could."""
    version, made_for, _ = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    text = json.dumps([version, made_for, values])
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


async def test_tampered_cursor_values_are_checked(database_url: str) -> None:
    """Values of the wrong type, out of range or beyond the column never reach the database."""
    values: list[Any] = ["x", None, True, 1.5, 2**53, 2**64, 10**400, [], {}, "\x00"]
    async with open_database(database_url) as database:
        await fill(database, {"stock": 5}, {"stock": 7})
        params: dict[str, Any] = {"sort": ["stock"], "page_size": "1"}
        answer = await session(database).list(CURSORS, ProductCursorParams.model_validate(params))
        true = json.loads(bytes(answer.body))["next_cursor"]
        rest = await walk(database, **params, cursor=tampered(true, 5, 1))
        assert [item["id"] for item in rest] == [2]
        for value in values:
            for wire in ([value, 1], [1, value], [value]):
                params["cursor"] = tampered(true, *wire)[:512]
                with pytest.raises(Problem) as problem:
                    await session(database).list(
                        CURSORS, ProductCursorParams.model_validate(params)
                    )
                assert problem.value.code == "unknown-cursor"


async def test_tampered_decimals_are_checked(database_url: str) -> None:
    """A decimal that the column could not hold is no cursor, rather than an overflow."""
    prices = List(
        CURSORS.rows, CURSORS.statement, CURSORS.page, sort={"price": CURSORS.rows.table.c.price}
    )
    params = ProductCursorParams.model_construct(sort=["price"], page_size=1)
    async with open_database(database_url) as database:
        await fill(database, {"price": "5.00"}, {"price": "7.00"})
        true = (await prices.run(database, params)).next_cursor
        assert true is not None
        right = params.model_copy(update={"cursor": tampered(true, "5.00", 1)})
        assert len((await prices.run(database, right)).rows) == 1
        for wire in ("99999999999999999999.00", "1e5", "1.005", 5, "NaN"):
            wrong = params.model_copy(update={"cursor": tampered(true, wire, 1)})
            with pytest.raises(Problem) as problem:
                await prices.run(database, wrong)
            assert problem.value.code == "unknown-cursor"


def test_mixed_directions_are_refused() -> None:
    """A cursor follows terms of one direction alone."""
    assert one_direction(["a", "b"]) == ["a", "b"]
    with pytest.raises(Exception, match="one direction"):
        one_direction(["a", "-b"])
    with pytest.raises(ValidationError):
        ProductCursorParams.model_validate({"sort": ["unknown"]})


async def test_statements_stay_few(database_url: str) -> None:
    """Lengths of `in` share statements, and there is a bound on how many are kept."""
    async with open_database(database_url) as database:
        await names(database, category_in=["a"] * 33)
        before = len(LIST._pages)
        for length in range(33, 65):
            await names(database, category_in=[str(n) for n in range(length)])
        assert len(LIST._pages) == before


QUERIES: list[dict[str, Any]] = [
    {"sort": ["stock"]},
    {"sort": ["-stock"]},
    {"sort": ["category"]},
    {"sort": ["-category"]},
    {"sort": ["title"], "title_prefix": "a"},
    {"category": "a"},
    {"stock_ge": "5", "sort": ["stock"]},
]


@pytest.mark.parametrize("params", QUERIES, ids=str)
async def test_plain_indexes_serve_filters_and_orders(
    monkeypatch: pytest.MonkeyPatch, database_url: str, params: dict[str, Any]
) -> None:
    """No declared index is missed for the sake of how nulls or prefixes are written."""
    async with open_database(database_url) as database:
        read: list[tuple[str, Sequence[object]]] = []

        async def noting(sql: str, values: Sequence[object]) -> Sequence[Row]:
            read.append((sql, values))
            return await Database.read(database, sql, values)

        monkeypatch.setattr(database, "read", noting)
        await names(database, page_size="2", **params)
        sql, bound = read[0]
        async with database.engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            if database.dialect == "sqlite":
                plan = await raw.execute_fetchall(f"EXPLAIN QUERY PLAN {sql}", bound)
                steps = [row[3] for row in plan]
                assert all("USING INDEX" in step for step in steps), steps
                return
            await connection.execute(text("SET enable_seqscan = off"))
            await connection.commit()
            plan = await raw.fetch(f"EXPLAIN {sql}", *bound)
            shown = "\n".join(row[0] for row in plan)
            assert "Index" in shown
            assert "Sort" not in shown or "Incremental Sort" in shown or "category =" in shown, (
                shown
            )
