"""Unique sets: the first that is taken is named, on both databases alike, also in a race."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from generator.runtime import conflicts
from generator.runtime.database import Database
from generator.runtime.problems import Problem
from generator.runtime.steps import Steps
from tests.runtime.sample import (
    CREATE,
    LIST,
    REPLACE,
    UPDATE,
    ProductCreate,
    ProductListParams,
    ProductReplace,
    ProductUpdate,
    open_database,
    session,
)

pytestmark = pytest.mark.anyio


async def create(database: Database, sku: str, **values: object) -> dict[str, Any]:
    """Create a product and return what is answered."""
    body = ProductCreate.model_validate({"sku": sku, "title": sku} | values)
    answer = await session(database).create(CREATE, body)
    return dict(json.loads(bytes(answer.body)))


async def conflict(database: Database, sku: str, **values: object) -> dict[str, object]:
    """Create a product that clashes, and return what the problem says."""
    with pytest.raises(Problem) as problem:
        await create(database, sku, **values)
    assert problem.value.code == "unique-taken"
    return problem.value.members


async def test_the_first_taken_set_is_named(database_url: str) -> None:
    """Where two sets are taken, the answer names the one that the spec has first."""
    async with open_database(database_url) as database:
        await create(database, "A", title="T", category="c")
        await create(database, "B", eMail="b@x.y")
        assert await conflict(database, "A", eMail="B@X.Y") == {
            "constraint": "sku",
            "fields": ["sku"],
            "key": 1,
        }
        assert await conflict(database, "C", title="T", category="c", eMail="B@X.Y") == {
            "constraint": "place",
            "fields": ["title", "category"],
            "key": 1,
        }
        assert await conflict(database, "C", eMail="B@X.Y") == {
            "constraint": "email",
            "fields": ["eMail"],
            "key": 2,
        }


async def test_case_is_ignored_in_ascii_alone(database_url: str) -> None:
    """`É` and `é` are two letters, whatever the database's collation."""
    async with open_database(database_url) as database:
        await create(database, "A", eMail="É@x")
        await create(database, "B", eMail="é@x")
        assert (await conflict(database, "C", eMail="É@X"))["key"] == 1


async def test_nulls_never_clash(database_url: str) -> None:
    """Any number of rows may have the same title and no category."""
    async with open_database(database_url) as database:
        await create(database, "A", title="T")
        await create(database, "B", title="T")


async def test_update_clashes_with_other_rows_alone(database_url: str) -> None:
    """What an update leaves as it is counts too, but never the row itself."""
    async with open_database(database_url) as database:
        await create(database, "A", title="T", category="c")
        await create(database, "B", title="T", category="d")
        db = session(database)
        await db.update(UPDATE, 1, ProductUpdate.model_validate({"sku": "A", "title": "T"}))
        with pytest.raises(Problem) as problem:
            await db.update(UPDATE, 2, ProductUpdate.model_validate({"category": "c"}))
        assert problem.value.members == {
            "constraint": "place",
            "fields": ["title", "category"],
            "key": 1,
        }
        body = ProductReplace.model_validate({"sku": "A", "title": "other"})
        with pytest.raises(Problem) as problem:
            await db.replace(REPLACE, 2, body)
        assert problem.value.members["constraint"] == "sku"


async def test_one_of_fifty_wins(database_url: str) -> None:
    """Fifty creates of one sku at once: one row, and forty-nine are told whose it is."""
    async with open_database(database_url) as database:
        outcomes = await asyncio.gather(
            *(create(database, "A") for _ in range(50)), return_exceptions=True
        )
        (winner,) = [one for one in outcomes if isinstance(one, dict)]
        losers = [one for one in outcomes if isinstance(one, Problem)]
        assert len(losers) == 49
        assert {one.code for one in losers} == {"unique-taken"}
        assert {one.members["key"] for one in losers} == {winner["id"]}
        found = await LIST.run(database, ProductListParams())
        assert found.total == 1


async def test_a_row_that_hides_is_named_by_the_database(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where looking finds nothing twice, the database's own report says which set it is."""

    def nothing(*_: object) -> Steps[dict[int, Problem]]:
        yield "SELECT 1", ()
        return {}

    async with open_database(database_url) as database:
        await create(database, "A", title="T", category="c", eMail="a@b")
        monkeypatch.setattr(conflicts, "find_conflicts", nothing)
        assert (await conflict(database, "A"))["constraint"] == "sku"
        place = await conflict(database, "B", title="T", category="c")
        assert place == {"constraint": "place", "fields": ["title", "category"]}
        assert (await conflict(database, "B", eMail="A@B"))["constraint"] == "email"
