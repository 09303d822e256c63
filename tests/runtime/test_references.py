"""Writes of rows that refer to others: what is missing is named, and what is dead is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from sqlalchemy import update

from generator.runtime.database import Database
from generator.runtime.problems import Problem
from generator.runtime.statements import Update
from tests.runtime.depot import (
    DELETE_DEPOT,
    DELETE_LABEL,
    ITEM,
    REPLACE,
    UPDATE,
    WHERE_ITEM,
    ItemUpdate,
    change,
    create,
    execute,
    item,
    items,
    label,
    new,
    open_depot,
    shown,
)

pytestmark = pytest.mark.anyio


async def refusal(call: Coroutine[Any, Any, object]) -> tuple[str, dict[str, object]]:
    """Return the code and the members of the problem that a call raises."""
    with pytest.raises(Problem) as problem:
        await call
    return problem.value.code, problem.value.members


def missing(relation: str, field: str) -> tuple[str, dict[str, object]]:
    """Say what a missing reference is answered by."""
    return "reference-missing", {"relation": relation, "fields": [field]}


async def test_missing_references_are_named_in_order(database_url: str) -> None:
    """The first of the spec is named, whether it is dead or never was; before any unique set."""
    async with open_depot(database_url) as database:
        await create(database)
        assert await refusal(create(database, depotId=9, maker_id=9)) == missing(
            "depot", "depot_id"
        )
        assert await refusal(create(database, maker_id=9)) == missing("maker", "maker_id")
        wrong = create(database, label_ids=[label(1), label(9)])
        assert await refusal(wrong) == missing("labels", "label_ids")
        await DELETE_DEPOT.run(database, 2)
        assert await refusal(create(database, depotId=2)) == missing("depot", "depot_id")
        assert await refusal(change(database, 1, depotId=2)) == missing("depot", "depot_id")
        assert await refusal(change(database, 1, maker_id=2)) == missing("maker", "maker_id")
        assert (await refusal(create(database)))[0] == "unique-taken"


async def test_a_dead_member_is_missing(database_url: str) -> None:
    """A row cannot be linked to what is marked as deleted."""
    async with open_depot(database_url) as database:
        await create(database)
        await DELETE_LABEL.run(database, label(1))
        refused = await refusal(change(database, 1, label_ids=[label(0), label(1)]))
        assert refused == missing("labels", "label_ids")
        assert await execute(database, "SELECT * FROM item_labels") == []


async def test_unknown_rows_come_before_missing_references(database_url: str) -> None:
    """404, 412 and 409 are told in that order, though parents are locked before all."""
    async with open_depot(database_url) as database:
        assert await change(database, 7, depotId=9) is None
        await create(database)
        body = ItemUpdate.model_validate({"depotId": 9})
        assert (await refusal(UPDATE.run(database, 1, body, {5})))[0] == "precondition-failed"
        assert (await refusal(UPDATE.run(database, 1, body, {5, 1})))[0] == "reference-missing"


async def test_links_are_written_as_a_whole(database_url: str) -> None:
    """What is given replaces all, in the order of keys; what is not given stays."""
    async with open_depot(database_url) as database:
        made = await create(database, label_ids=[label(2), label(0)])
        assert made["label_ids"] == [label(0), label(2)]
        changed = await change(database, 1, label_ids=[label(1), label(2)])
        assert changed is not None
        assert changed["label_ids"] == [label(1), label(2)]
        assert changed["version"] == 2
        assert changed["updated_at"] > made["updated_at"]
        kept = await change(database, 1, sku="B")
        assert kept is not None
        assert kept["label_ids"] == [label(1), label(2)]
        replaced = shown(await REPLACE.run(database, 1, new()), database)
        assert replaced["label_ids"] == []
        assert await item(database, 1) == replaced


async def test_links_alone_are_written(database_url: str) -> None:
    """Where nothing else of the row changes, it is locked and found all the same."""
    bare = Update(ITEM, update(items).where(*WHERE_ITEM))
    async with open_depot(database_url) as database:
        await create(database, label_ids=[label(3)])
        body = ItemUpdate.model_validate({"label_ids": [label(1)]})
        assert shown(await bare.run(database, 1, body, {1}), database)["label_ids"] == [label(1)]
        assert await bare.run(database, 7, body) is None
        assert (await refusal(bare.run(database, 1, body, {2})))[0] == "precondition-failed"


async def test_rules_are_named_after_unique_sets(database_url: str) -> None:
    """A broken rule has its message; a set that is taken too is named instead."""
    broken = {
        "rule": "ordered",
        "message": "The low is not above the high.",
        "fields": ["low", "high"],
    }
    async with open_depot(database_url) as database:
        await create(database, high=5)
        assert await refusal(create(database, "B", low=2, high=1)) == ("rule-broken", broken)
        assert await refusal(change(database, 1, low=6)) == ("rule-broken", broken)
        worse = new("B", low=2, high=1)
        assert await refusal(REPLACE.run(database, 1, worse)) == ("rule-broken", broken)
        assert (await refusal(REPLACE.run(database, 1, worse, {4})))[0] == "precondition-failed"
        assert await REPLACE.run(database, 7, worse) is None
        assert (await refusal(create(database, "A", low=2, high=1)))[0] == "unique-taken"
        assert (await refusal(create(database, low=2, high=1, depotId=9)))[0] == "reference-missing"


async def test_two_updates_cannot_break_a_rule_together(database_url: str) -> None:
    """Of two that each would keep it alone, one is refused."""
    async with open_depot(database_url) as database:
        for at in range(10):
            key = (await create(database, f"S{at}", low=0, high=10))["id"]
            outcomes = await asyncio.gather(
                change(database, key, low=8), change(database, key, high=3), return_exceptions=True
            )
            (refused,) = [one for one in outcomes if isinstance(one, BaseException)]
            assert isinstance(refused, Problem)
            assert refused.code == "rule-broken"


async def test_one_of_fifty_writers_with_one_tag_wins(database_url: str) -> None:
    """The version is compared in the statement itself, with links and without."""
    async with open_depot(database_url) as database:
        await create(database)

        async def write(at: int) -> object:
            values: dict[str, object] = {"sku": f"S{at}"}
            if at % 2:
                values["label_ids"] = [label(at % 4)]
            return await UPDATE.run(database, 1, ItemUpdate.model_validate(values), {1, 7})

        outcomes = await asyncio.gather(*(write(at) for at in range(50)), return_exceptions=True)
        losers = [one for one in outcomes if isinstance(one, Problem)]
        assert len(losers) == 49
        assert {one.code for one in losers} == {"precondition-failed"}
        found = await item(database, 1)
        assert found is not None
        assert found["version"] == 2


async def test_an_empty_update_minds_the_version(database_url: str) -> None:
    """`{}` with a stale tag is refused; no tag that fits is no tag."""
    async with open_depot(database_url) as database:
        await create(database)
        nothing = ItemUpdate.model_validate({})
        assert await UPDATE.run(database, 1, nothing, {1}) is not None
        assert (await refusal(UPDATE.run(database, 1, nothing, {2})))[0] == "precondition-failed"
        assert (await refusal(UPDATE.run(database, 1, nothing, set())))[0] == "precondition-failed"
        assert await UPDATE.run(database, 2, nothing, set()) is None


async def test_no_live_child_of_a_dead_parent(database_url: str) -> None:
    """Creating a child and deleting its parent at once: one of the two is refused."""

    async def attempt(database: Database, name: str) -> tuple[object, object]:
        await execute(database, f"INSERT INTO depots (name, version) VALUES ('{name}', 1)")
        ((key,),) = await execute(database, f"SELECT id FROM depots WHERE name = '{name}'")
        child, parent = await asyncio.gather(
            create(database, name, depotId=key),
            DELETE_DEPOT.run(database, key),
            return_exceptions=True,
        )
        return child, parent

    async with open_depot(database_url) as database:
        outcomes = await asyncio.gather(*(attempt(database, f"D{at}") for at in range(20)))
        for child, parent in outcomes:
            (refused,) = [one for one in (child, parent) if isinstance(one, BaseException)]
            assert isinstance(refused, Problem)
            assert refused.code == ("reference-missing" if parent is True else "still-referenced")
        sql = (
            "SELECT count(*) FROM items JOIN depots ON depot_id = depots.id "
            "WHERE depots.deleted_at IS NOT NULL AND items.deleted_at IS NULL"
        )
        assert await execute(database, sql) == [(0,)]
