"""Deletions: what stays is named, what goes takes along what it has to."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from generator.runtime.bulk import BulkDelete
from generator.runtime.database import Database
from generator.runtime.deletions import Delete, SoftDelete
from generator.runtime.problems import Problem
from tests.runtime.boxes import DELETE_BOX, DELETE_SEAL, LOT, open_tree
from tests.runtime.depot import (
    BULK_DELETE,
    DELETE,
    DELETE_BAY,
    DELETE_DEPOT,
    DELETE_LABEL,
    DELETE_MAKER,
    DELETE_NOTE,
    Ids,
    create,
    execute,
    item,
    label,
    open_depot,
)

pytestmark = pytest.mark.anyio


async def count(database: Database, what: str) -> int:
    """Count rows."""
    ((found,),) = await execute(database, f"SELECT count(*) FROM {what}")
    return int(found)


async def refused(database: Database, statement: Delete[Any], key: object) -> dict[str, object]:
    """Return what the problem of a restricted deletion says."""
    with pytest.raises(Problem) as problem:
        await statement.run(database, key)
    assert problem.value.code == "still-referenced"
    return problem.value.members


async def test_restrict_minds_live_rows(database_url: str) -> None:
    """A live row keeps what it refers to; a dead one does not."""
    async with open_depot(database_url) as database:
        await create(database)
        assert await refused(database, DELETE_DEPOT, 1) == {"relation": "depot", "resource": "item"}
        assert await count(database, "depots WHERE deleted_at IS NULL") == 2
        assert await DELETE.run(database, 1)
        assert await DELETE_DEPOT.run(database, 1)
        assert not await DELETE_DEPOT.run(database, 1)
        assert await count(database, "depots WHERE deleted_at IS NULL") == 1


async def test_a_marked_row_takes_along_what_cannot_be_marked(database_url: str) -> None:
    """Notes go with their item, links too; the item itself is only marked."""
    async with open_depot(database_url) as database:
        await create(database, label_ids=[label(1)])
        await execute(database, "INSERT INTO notes (item_id) VALUES (1), (1)")
        assert await DELETE.run(database, 1)
        assert await item(database, 1) is None
        assert await count(database, "notes") == 0
        assert await count(database, "item_labels") == 0
        assert await count(database, "items") == 1
        assert (await create(database))["id"] == 2


async def test_set_null_raises_the_version(database_url: str) -> None:
    """Whoever loses a reference has changed."""
    async with open_depot(database_url) as database:
        before = await create(database, maker_id=1)
        assert await DELETE_MAKER.run(database, 1)
        after = await item(database, 1)
        assert after is not None
        assert (after["maker_id"], after["version"]) == (None, 2)
        assert after["updated_at"] > before["updated_at"]


async def test_what_is_refused_changes_nothing(database_url: str) -> None:
    """One relation lets go, another holds: all stays as it was."""
    async with open_depot(database_url) as database:
        before = await create(database, maker_id=1)
        await execute(database, "INSERT INTO notes (item_id, maker_id) VALUES (1, 1)")
        assert await refused(database, DELETE_MAKER, 1) == {"relation": "maker", "resource": "note"}
        assert await item(database, 1) == before
        assert await DELETE_NOTE.run(database, 1)
        assert await DELETE_MAKER.run(database, 1)


async def test_the_owners_of_cut_links_have_changed(database_url: str) -> None:
    """A label that goes is in no row any more, and each row that had it has a new version."""
    async with open_depot(database_url) as database:
        await create(database, "A", label_ids=[label(1), label(2)])
        await create(database, "B", label_ids=[label(2)])
        assert await DELETE_LABEL.run(database, label(1))
        first, second = await item(database, 1), await item(database, 2)
        assert first is not None
        assert second is not None
        assert (first["label_ids"], first["version"]) == ([label(2)], 2)
        assert second["version"] == 1


async def test_a_tree_goes_with_its_root(database_url: str) -> None:
    """Rows that refer to each other, and all to what goes, are in each other's way no longer."""
    async with open_depot(database_url) as database:
        await execute(
            database, "INSERT INTO bays (depot_id, bay_id) VALUES (1, NULL), (1, 1), (1, 2), (1, 1)"
        )
        assert await refused(database, DELETE_BAY, 1) == {"relation": "bay", "resource": "bay"}
        assert await DELETE_DEPOT.run(database, 1)
        assert await count(database, "bays") == 0


async def test_a_row_that_refers_to_itself_goes(database_url: str) -> None:
    """It is in nobody's way but its own."""
    async with open_depot(database_url) as database:
        await execute(database, "INSERT INTO bays (id, depot_id, bay_id) VALUES (1, 1, 1)")
        assert await DELETE_BAY.run(database, 1)


async def test_the_version_is_checked(database_url: str) -> None:
    """404 comes before 412, and 412 before 409."""
    async with open_depot(database_url) as database:
        await create(database)
        assert not await DELETE.run(database, 7, {1})
        for statement in (DELETE, DELETE_DEPOT):
            with pytest.raises(Problem) as problem:
                await statement.run(database, 1, {2, 3})
            assert problem.value.code == "precondition-failed"
        assert await DELETE.run(database, 1, {1})


async def test_one_of_many_deletes_wins(database_url: str) -> None:
    """A row is deleted once."""
    async with open_depot(database_url) as database:
        await create(database, label_ids=[label(1)])
        outcomes = await asyncio.gather(*(DELETE.run(database, 1, {1}) for _ in range(20)))
        assert sorted(outcomes) == [False] * 19 + [True]


async def test_many_are_deleted_or_none(database_url: str) -> None:
    """Unknown keys are no error; one row that has to stay keeps all."""
    async with open_depot(database_url) as database:
        for sku in "ABC":
            await create(database, sku)
        assert await BULK_DELETE.run(database, Ids(ids=[1, 2, 9])) == 2
        assert await count(database, "items WHERE deleted_at IS NULL") == 1
        assert await BULK_DELETE.run(database, Ids(ids=[1, 2])) == 0
        depots = BulkDelete(DELETE_DEPOT)
        with pytest.raises(Problem) as problem:
            await depots.run(database, Ids(ids=[2, 1]))
        assert problem.value.members == {"relation": "depot", "resource": "item"}
        assert await count(database, "depots WHERE deleted_at IS NULL") == 2


async def test_a_whole_tree_is_deleted_at_once(database_url: str) -> None:
    """Rows of one request do not hold each other."""
    async with open_depot(database_url) as database:
        values = ", ".join(f"({key}, 1, {key - 1 or 'NULL'})" for key in range(1, 41))
        await execute(database, f"INSERT INTO bays (id, depot_id, bay_id) VALUES {values}")
        bays = BulkDelete(DELETE_BAY)
        with pytest.raises(Problem):
            await bays.run(database, Ids(ids=[*range(1, 40)]))
        assert await bays.run(database, Ids(ids=[*range(1, 41)])) == 40


async def test_a_real_deletion_takes_dead_referrers_along(database_url: str) -> None:
    """Boxes really go: dead items in them go, with their links and notes; live ones hold them."""
    async with open_tree(database_url) as database:
        for sql in (
            "INSERT INTO boxes (id) VALUES (1), (2)",
            "INSERT INTO lots (id, box_id, deleted_at) VALUES (1, 1, NULL), "
            "(2, 2, '2026-01-01 00:00:00+00')",
            "INSERT INTO parts (id, lot_id, box_id) VALUES (1, 2, NULL)",
        ):
            await execute(database, sql)
        assert await refused(database, DELETE_BOX, 1) == {"relation": "box", "resource": "lot"}
        assert await DELETE_BOX.run(database, 2)
        assert await execute(database, "SELECT id FROM boxes") == [(1,)]
        assert await execute(database, "SELECT id FROM lots") == [(1,)]
        assert await count(database, "parts") == 0


async def test_what_goes_on_one_path_goes_on_all(database_url: str) -> None:
    """A crate is marked on the way through its lot, but goes with its pallet, which cannot be."""
    async with open_tree(database_url) as database:
        for sql in (
            "INSERT INTO boxes (id) VALUES (1)",
            "INSERT INTO lots (id, box_id) VALUES (1, 1)",
            "INSERT INTO parts (id, lot_id) VALUES (1, 1)",
            "INSERT INTO crates (id, lot_id, part_id) VALUES (1, 1, 1), (2, 1, NULL)",
        ):
            await execute(database, sql)
        assert await SoftDelete(LOT).run(database, 1)
        assert await execute(database, "SELECT id FROM crates") == [(2,)]
        assert await count(database, "crates WHERE deleted_at IS NULL") == 0
        assert await count(database, "parts") == 0
        assert await DELETE_BOX.run(database, 1)
        assert await count(database, "crates") == 0


async def test_a_reference_that_a_rule_needs_holds(database_url: str) -> None:
    """Where letting go would break a check, the row is still referred to."""
    async with open_tree(database_url) as database:
        await execute(database, "INSERT INTO boxes (id) VALUES (1)")
        await execute(database, "INSERT INTO seals (id, box_id) VALUES (1, 1)")
        assert await refused(database, DELETE_BOX, 1) == {"relation": "box", "resource": "seal"}


async def test_a_row_that_nothing_refers_to(database_url: str) -> None:
    """It is one statement, which minds the version too."""
    async with open_tree(database_url) as database:
        await execute(database, "INSERT INTO boxes (id) VALUES (1)")
        await execute(database, "INSERT INTO seals (id, box_id, version) VALUES (1, 1, 5)")
        assert not await DELETE_SEAL.run(database, 2, {5})
        with pytest.raises(Problem) as problem:
            await DELETE_SEAL.run(database, 1, set())
        assert problem.value.code == "precondition-failed"
        assert await DELETE_SEAL.run(database, 1, {5, 6})
        assert not await DELETE_SEAL.run(database, 1)
