"""Relations as they are read: linked keys, expansions, filters beyond the row, search."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from generator.runtime.database import Database
from generator.runtime.expansions import AT_A_TIME, Expansion, encode_rows
from tests.runtime.shop import (
    CATEGORY,
    LIST,
    PRODUCT,
    READ,
    PageParams,
    ProductExpanded,
    open_shop,
)
from tests.runtime.shop_tables import (
    EPOCH,
    FIRST,
    SECOND,
    categories,
    fill,
    labels,
    product,
    product_beside,
    product_labels,
    products,
    put,
    warehouses,
)

pytestmark = pytest.mark.anyio


async def items(database: Database, **params: object) -> list[dict[str, Any]]:
    """List what a query finds."""
    expand = params.get("expand", ())
    assert isinstance(expand, Sequence)
    found = await LIST.run(database, PageParams.model_validate(params))
    texts = await encode_rows(database, PRODUCT, found.rows, LIST.expand, expand)
    assert found.total is None or found.more or found.total == len(texts)
    return [json.loads(text) for text in texts]


async def ids(database: Database, **params: object) -> list[int]:
    """List the keys of what a query finds."""
    return [item["id"] for item in await items(database, **params)]


async def test_linked_keys_are_in_order(database_url: str) -> None:
    """Integers go by value, text by code point, UUIDs by their digits; none at all is `[]`."""
    async with open_shop(database_url) as database:
        await fill(database)
        await put(database, products, *(product() for _ in range(9)))
        near = [{"product_id": 1, "near_id": one} for one in (10, 2, 12, 1)]
        await put(database, product_beside, *near)
        await put(database, labels, {"id": SECOND}, {"id": FIRST})
        both = [{"product_id": 1, "label_id": one} for one in (SECOND, FIRST)]
        await put(database, product_labels, *both)
        row = await READ.run(database, 1)
        assert row is not None
        text = PRODUCT.encode(row, database.dialect)
        answered = json.loads(text)
        assert answered["tagIds"] == ["Z", "a", "b"]
        assert answered["near_ids"] == [1, 2, 10, 12]
        assert answered["label_ids"] == [str(FIRST), str(SECOND)]
        by_model = {**answered, "tagIds": answered["tagIds"]}
        assert text == ProductExpanded.model_validate(by_model).model_dump_json()
        third = (await items(database))[2]
        assert (third["tagIds"], third["label_ids"], third["near_ids"]) == ([], [], [])


async def test_expansions(database_url: str) -> None:
    """What is asked for stands last, in the spec's order, as the model writes it; null for none."""
    async with open_shop(database_url) as database:
        await fill(database)
        plain = await items(database)
        asked = await items(database, expand=["supplier", "warehouse"])
        oslo = {"id": 1, "city": "Oslo", "version": 1}
        assert asked[0] == plain[0] | {
            "warehouse": oslo,
            "supplier": {"id": str(FIRST), "name": "Acme"},
        }
        assert list(asked[0])[-2:] == ["warehouse", "supplier"]
        assert asked[2] == plain[2] | {"warehouse": oslo, "supplier": None}
        row = await READ.run(database, 2)
        assert row is not None
        (text,) = await encode_rows(database, PRODUCT, [row], READ.expand, ["warehouse"])
        assert text == ProductExpanded.model_validate_json(text).model_dump_json()
        assert "supplier" not in json.loads(text)


async def test_others_have_their_turn_while_many_rows_are_written(fresh_sqlite_url: str) -> None:
    """A page may be long; its rows keep their order."""
    async with open_shop(fresh_sqlite_url) as database:
        await fill(database)
        row = await READ.run(database, 1)
        assert row is not None
        at = PRODUCT.position_of(PRODUCT.key)
        found = [[*row[:at], number, *row[at + 1 :]] for number in range(AT_A_TIME * 5)]
        turns = 0

        async def count() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        other = asyncio.create_task(count())
        texts = await encode_rows(database, PRODUCT, found, {}, ())
        other.cancel()
        assert [json.loads(text)["id"] for text in texts] == list(range(AT_A_TIME * 5))
        assert turns >= 4


async def test_expansions_take_one_query_each(database_url: str) -> None:
    """One row or a hundred: each relation that is asked for costs one statement more."""
    async with open_shop(database_url) as database:
        await fill(database)
        await put(
            database,
            warehouses,
            *({"id": number, "city": f"C{number}"} for number in range(4, 101)),
        )
        counts = []
        for size in ("1", "100"):
            database.statements.clear()
            await items(database, title="one", page_size=size, expand=["warehouse", "supplier"])
            counts.append(len(database.statements))
            await put(
                database,
                products,
                *(product("one", number, supplier_id=SECOND) for number in range(2, 101)),
            )
        assert counts == [4, 4]
        database.statements.clear()
        found = await items(database, title="one", page_size="100", expand=["warehouse"])
        assert len(found) == 100
        assert {item["warehouse"]["city"] for item in found} >= {"C50", "C100", "Oslo"}
        assert len(database.statements) == 3


async def test_no_query_where_nothing_is_referred_to(database_url: str) -> None:
    """An expansion of an empty page, or of nulls alone, asks nothing."""
    async with open_shop(database_url) as database:
        await fill(database)
        assert await items(database, title="none", expand=["warehouse"]) == []
        database.statements.clear()
        (third,) = await items(database, title="three", expand=["supplier"])
        assert third["supplier"] is None
        assert len(database.statements) == 2


async def test_filters_through_a_relation(database_url: str) -> None:
    """A row is found by what it refers to; what refers to nothing has null there."""
    async with open_shop(database_url) as database:
        await fill(database)
        assert await ids(database, warehouse_city="Oslo") == [1, 3]
        assert await ids(database, warehouse_city="Bonn") == []
        assert await ids(database, warehouse_city_in=["Rome", "Bonn", "Rome"]) == [2]
        assert await ids(database, supplier_name_ne="Acme") == [2, 3]
        assert await ids(database, supplier_name_ne="Other") == [1, 2, 3]
        assert await ids(database, supplier_name_is_null="true") == [2, 3]
        assert await ids(database, supplier_name_is_null="false") == [1]
        assert await ids(database, warehouse_id="1", warehouse_city="Oslo", title="one") == [1]


async def test_filters_by_links(database_url: str) -> None:
    """Any of the given, all of them, none of them; the same one twice is one."""
    async with open_shop(database_url) as database:
        await fill(database)
        assert await ids(database, tag_ids_any=["b", "_"]) == [1, 2]
        assert await ids(database, tag_ids_any=["c", "unknown"]) == []
        assert await ids(database, tag_ids_all=["a", "b", "a"]) == [1]
        assert await ids(database, tag_ids_all=["a"]) == [1, 2]
        assert await ids(database, tag_ids_all=["a", "unknown"]) == []
        assert await ids(database, tag_ids_none=["b"]) == [2, 3]
        assert await ids(database, tag_ids_none=["b", "_"]) == [3]
        assert await ids(database, tag_ids_any=["a"], tag_ids_none=["_"]) == [1]


async def test_deleted_rows_are_neither_listed_nor_expanded(database_url: str) -> None:
    """What is marked as deleted answers nowhere, and is not counted."""
    async with open_shop(database_url) as database:
        await fill(database)
        await put(database, products, product("gone", deleted_at=EPOCH))
        await put(database, warehouses, {"id": 9, "city": "Gone", "deleted_at": EPOCH})
        await put(database, products, product("lost", 9))
        assert await ids(database) == [1, 2, 3, 5]
        assert await READ.run(database, 4) is None
        (lost,) = await items(database, title="lost", expand=["warehouse"])
        assert lost["warehouse"] is None


async def test_keys_longer_than_any(database_url: str) -> None:
    """A list of keys compares them as they are: none is cut to the column's length."""
    async with open_shop(database_url) as database:
        await put(database, categories, {"slug": "a" * 10, "title": "A"})
        by_key = Expansion(categories.c.parent_id, CATEGORY)
        assert await by_key.run(database, ["a" * 11, "'\"\\é"]) == {}
        assert list(await by_key.run(database, ["a" * 11, "a" * 10])) == ["a" * 10]


async def test_search(database_url: str) -> None:
    """Every word occurs in one of the columns, with ASCII case ignored; nothing is a wildcard."""
    async with open_shop(database_url) as database:
        await put(database, warehouses, {"city": "Oslo"})
        await put(
            database,
            products,
            product("Red Hammer", note="for NAILS"),
            product("100% wool", note=None),
            product("snake_case", note="ÉCLAIR"),
            product("1000 wool"),
        )
        assert await ids(database, q="hammer") == [1]
        assert await ids(database, q="NAILS red") == [1]
        assert await ids(database, q="red wool") == []
        assert await ids(database, q="0%") == [2]
        assert await ids(database, q="%") == [2]
        assert await ids(database, q="_") == [3]
        assert await ids(database, q="wool") == [2, 4]
        assert await ids(database, q="wool\t 1000 \n wool") == [4]
        assert await ids(database, q="Écl") == [3]
        assert await ids(database, q="écl") == []
        assert await ids(database, q="a\u00a0b") == []
        assert await ids(database, q="  ") == [1, 2, 3, 4]
        assert await ids(database, q="wool", stock="0", title_prefix="1000") == [4]
