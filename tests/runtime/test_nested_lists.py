"""Lists below a row: what refers to it, and what it is linked to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel

from generator.runtime.database import Database
from generator.runtime.expansions import encode_rows
from generator.runtime.nested_lists import ListUnder
from generator.runtime.problems import Problem
from tests.runtime.shop import (
    CATEGORY,
    CHILDREN,
    CURSORS,
    CURSORS_OF_WAREHOUSE,
    LIST_OF_TAGS,
    LIST_OF_WAREHOUSE,
    TAG,
    TREE,
    CategoryParams,
    CursorParams,
    PageParams,
    open_shop,
)
from tests.runtime.shop_tables import (
    EPOCH,
    categories,
    fill,
    product,
    products,
    put,
    warehouses,
)

pytestmark = pytest.mark.anyio


async def below(
    database: Database, listing: ListUnder[Any], key: object, params: BaseModel
) -> list[object]:
    """List the first value of each row below another."""
    found = await listing.run(database, key, params)
    return [row[0] for row in found.rows]


async def test_lists_below_a_row(database_url: str) -> None:
    """They hold what refers to that row, with the same filters; without the row there is none."""
    async with open_shop(database_url) as database:
        await fill(database)
        await put(database, warehouses, {"id": 9, "city": "Gone", "deleted_at": EPOCH})
        everything = PageParams.model_validate({})
        assert await below(database, LIST_OF_WAREHOUSE, 1, everything) == [1, 3]
        assert await below(database, LIST_OF_WAREHOUSE, 2, everything) == [2]
        assert await below(database, LIST_OF_WAREHOUSE, 3, everything) == []
        some = PageParams.model_validate({"title_prefix": "t"})
        assert await below(database, LIST_OF_WAREHOUSE, 1, some) == [3]
        assert (await LIST_OF_WAREHOUSE.run(database, 1, everything)).total == 2
        for unknown in (7, 9):
            with pytest.raises(Problem) as problem:
                await LIST_OF_WAREHOUSE.run(database, unknown, everything)
            assert problem.value.code == "unknown-key"
            assert problem.value.members == {"resource": "warehouse"}


async def test_cursors_belong_to_the_row_above(database_url: str) -> None:
    """A cursor of a list below one row leads nowhere below another, nor without one."""
    async with open_shop(database_url) as database:
        await fill(database)
        await put(database, products, *(product(warehouse=1 + n % 2) for n in range(8)))
        small = {"page_size": "2", "sort": ["-stock"]}
        first = await CURSORS_OF_WAREHOUSE.run(database, 1, CursorParams.model_validate(small))
        params = CursorParams.model_validate({**small, "cursor": first.next_cursor})
        second = await CURSORS_OF_WAREHOUSE.run(database, 1, params)
        assert not {row[0] for row in first.rows} & {row[0] for row in second.rows}
        for call in (
            CURSORS_OF_WAREHOUSE.run(database, 2, params),
            CURSORS.run(database, params),
        ):
            with pytest.raises(Problem) as problem:
                await call
            assert problem.value.code == "unknown-cursor"


async def test_lists_of_members(database_url: str) -> None:
    """They hold what a row is linked to, by key, a page at a time."""
    async with open_shop(database_url) as database:
        await fill(database)
        pages = [PageParams.model_validate({"page": n, "page_size": "2"}) for n in ("1", "2", "3")]
        first, second, third = [await LIST_OF_TAGS.run(database, 1, page) for page in pages]
        assert [TAG.encode(row, database.dialect) for row in first.rows] == [
            '{"name":"Z"}',
            '{"name":"a"}',
        ]
        assert [row[0] for row in second.rows] == ["b"]
        assert (first.more, second.more, first.total) == (True, False, 3)
        assert third.rows == []
        assert await below(database, LIST_OF_TAGS, 3, pages[0]) == []
        with pytest.raises(Problem) as problem:
            await LIST_OF_TAGS.run(database, 99, pages[0])
        assert problem.value.members == {"resource": "product"}


async def test_a_tree(database_url: str) -> None:
    """Rows may refer to rows of their own table: shown, filtered through, and listed below."""
    async with open_shop(database_url) as database:
        rows = [("all", None), ("tools", "all"), ("toys", "all"), ("saws", "tools")]
        for slug, parent in rows:
            row = {"slug": slug, "title": slug.title(), "parent_id": parent}
            await put(database, categories, row)
        everything = CategoryParams.model_validate({})
        found = await TREE.run(database, everything)
        texts = await encode_rows(database, CATEGORY, found.rows, TREE.expand, ["parent"])
        parents = {item["slug"]: item["parent"] for item in map(json.loads, texts)}
        assert parents["all"] is None
        assert parents["saws"] == {"slug": "tools", "title": "Tools", "parent_id": "all"}
        through = await TREE.run(database, CategoryParams.model_validate({"parent_title": "All"}))
        assert [row[0] for row in through.rows] == ["tools", "toys"]
        assert await below(database, CHILDREN, "all", everything) == ["tools", "toys"]
        assert await below(database, CHILDREN, "saws", everything) == []
        with pytest.raises(Problem):
            await CHILDREN.run(database, "unknown-and-longer-than-any", everything)
