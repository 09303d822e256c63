"""Members: added and removed one by one, each change a new version of the row."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from generator.runtime.database import Database
from generator.runtime.problems import Problem
from tests.runtime.depot import (
    DELETE,
    DELETE_LABEL,
    LABELS,
    create,
    execute,
    item,
    label,
    open_depot,
)

pytestmark = pytest.mark.anyio


async def read(database: Database) -> dict[str, Any]:
    """Read the first item."""
    found = await item(database, 1)
    assert found is not None
    return found


async def test_members_come_and_go(database_url: str) -> None:
    """What changes nothing raises no version."""
    async with open_depot(database_url) as database:
        before = await create(database)
        for at, version in ((2, 2), (1, 3), (1, 3)):
            await LABELS.add(database, 1, UUID(label(at)))
            found = await read(database)
            assert found["version"] == version
        assert found["label_ids"] == [label(1), label(2)]
        assert found["updated_at"] > before["updated_at"]
        for version in (4, 4):
            await LABELS.remove(database, 1, UUID(label(1)))
            found = await read(database)
            assert (found["label_ids"], found["version"]) == ([label(2)], version)
        await LABELS.remove(database, 1, UUID(label(9)))


async def test_what_is_not_there_is_named(database_url: str) -> None:
    """An unknown row comes before an unknown member; the dead are unknown."""
    async with open_depot(database_url) as database:
        await create(database, label_ids=[label(3)])
        await DELETE_LABEL.run(database, label(1))
        for call, code in (
            (LABELS.add(database, 7, UUID(label(9))), "unknown-key"),
            (LABELS.remove(database, 7, UUID(label(9))), "unknown-key"),
            (LABELS.add(database, 1, UUID(label(9))), "reference-missing"),
            (LABELS.add(database, 1, UUID(label(1))), "reference-missing"),
        ):
            with pytest.raises(Problem) as problem:
                await call
            assert problem.value.code == code
        assert problem.value.members == {"relation": "labels", "fields": ["label_ids"]}
        await DELETE.run(database, 1)
        with pytest.raises(Problem) as problem:
            await LABELS.add(database, 1, UUID(label(2)))
        assert problem.value.code == "unknown-key"


async def test_no_row_has_too_many(database_url: str) -> None:
    """Four at once where three may be: one is refused, and the version says how many came."""
    async with open_depot(database_url) as database:
        await create(database)
        outcomes = await asyncio.gather(
            *(LABELS.add(database, 1, UUID(label(at))) for at in range(4)), return_exceptions=True
        )
        (refused,) = [one for one in outcomes if one is not None]
        assert isinstance(refused, Problem)
        assert refused.code == "too-many-members"
        assert refused.members == {"relation": "labels", "most": 3}
        found = await read(database)
        assert (len(found["label_ids"]), found["version"]) == (3, 4)
        await LABELS.add(database, 1, UUID(found["label_ids"][0]))


async def test_links_to_a_label_that_goes(database_url: str) -> None:
    """Adding a label while it is deleted leaves no link to a dead one, and nobody waits."""
    async with open_depot(database_url) as database:
        for at in range(10):
            await create(database, f"S{at}")
        added = [LABELS.add(database, at + 1, UUID(label(1))) for at in range(10)]
        outcomes = await asyncio.gather(
            *added, DELETE_LABEL.run(database, label(1)), return_exceptions=True
        )
        codes = {one.code for one in outcomes if isinstance(one, Problem)}
        assert codes <= {"reference-missing"}
        assert outcomes[-1] is True
        assert await execute(database, "SELECT * FROM item_labels") == []
