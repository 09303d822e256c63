"""Bulk creation: all rows or none, in the order of the items, each conflict with its index."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import BaseModel

from generator.runtime.bulk import BulkCreate, Counts
from generator.runtime.database import Database
from generator.runtime.many_rows import repeated
from generator.runtime.problems import Problem
from tests.runtime.depot import (
    BULK_CODES,
    BULK_COUNT,
    BULK_CREATE,
    BULK_KEEP,
    CREATE_LABEL,
    DELETE,
    DELETE_DEPOT,
    DELETE_LABEL,
    KEEP_LABELS,
    Code,
    Items,
    Label,
    create,
    execute,
    label,
    new,
    open_depot,
    shown,
)

pytestmark = pytest.mark.anyio


async def bulk(
    database: Database, *items: BaseModel, statement: BulkCreate[Any] = BULK_CREATE
) -> list[dict[str, Any]]:
    """Create items and return what is answered."""
    made = await statement.run(database, Items(items=list(items)))
    assert not isinstance(made, Counts)
    return [shown(row, database) for row in made]


async def refusal(
    database: Database, *items: BaseModel, statement: BulkCreate[Any] = BULK_CREATE
) -> Problem:
    """Create items of which some clash."""
    before = await execute(database, "SELECT count(*) FROM items")
    with pytest.raises(Problem) as problem:
        await bulk(database, *items, statement=statement)
    assert await execute(database, "SELECT count(*) FROM items") == before
    return problem.value


async def test_rows_are_in_the_order_of_their_items(database_url: str) -> None:
    """Each has a key of its own, what it gives and its links; what follows has later keys."""
    async with open_depot(database_url) as database:
        await create(database, "first")
        made = await bulk(
            database, new("B", high=3), new("A", label_ids=[label(2), label(1)]), new("C")
        )
        assert [one["sku"] for one in made] == ["B", "A", "C"]
        assert [one["id"] for one in made] == [2, 3, 4]
        assert [one["high"] for one in made] == [3, None, None]
        assert [one["label_ids"] for one in made] == [[], [label(1), label(2)], []]
        assert (await create(database, "last"))["id"] == 5


async def test_thousands_of_items(database_url: str) -> None:
    """Five thousand items, many with links, are one request and one transaction."""
    async with open_depot(database_url) as database:
        items = [new(f"S{at}", label_ids=[label(at % 4)]) for at in range(5000)]
        made = await bulk(database, *items)
        assert [one["sku"] for one in made] == [one.sku for one in items]
        assert made[4999]["label_ids"] == [label(3)]
        again = await refusal(database, *items)
        assert again.members["index"] == 0
        conflicts = again.members["conflicts"]
        assert isinstance(conflicts, list)
        assert len(conflicts) == 50


async def test_every_conflict_has_its_index(database_url: str) -> None:
    """References, sets that are taken in the table or by an item before, and rules."""
    async with open_depot(database_url) as database:
        await create(database, "A")
        await DELETE_DEPOT.run(database, 2)
        problem = await refusal(
            database,
            new("B"),
            new("A"),
            new("C", depotId=2),
            new("D", maker_id=7),
            new("B"),
            new("E", low=2, high=1),
            new("F", label_ids=[label(9)]),
            new("G", label_ids=[label(1)]),
        )
        taken = {"constraint": "sku", "fields": ["sku"]}
        message = "The low is not above the high."
        conflicts = [
            {"index": 1, "type": "/problems/unique-taken", **taken, "key": 1},
            {"index": 2, "type": "/problems/reference-missing"}
            | {"relation": "depot", "fields": ["depot_id"]},
            {"index": 3, "type": "/problems/reference-missing"}
            | {"relation": "maker", "fields": ["maker_id"]},
            {"index": 4, "type": "/problems/unique-taken", **taken},
            {"index": 5, "type": "/problems/rule-broken", "rule": "ordered"}
            | {"message": message, "fields": ["low", "high"]},
            {"index": 6, "type": "/problems/reference-missing"}
            | {"relation": "labels", "fields": ["label_ids"]},
        ]
        assert problem.code == "unique-taken"
        assert problem.members == {"index": 1, **taken, "key": 1, "conflicts": conflicts}


async def test_rows_that_are_kept_stand_in_their_place(database_url: str) -> None:
    """Kept are live rows of the table and items before, but no dead rows."""
    async with open_depot(database_url) as database:
        await create(database, "A", low=7)
        await create(database, "gone")
        await DELETE.run(database, 2)
        items = [new("B", low=1), new("A", low=2), new("B", low=3), new("gone")]
        made = await bulk(database, *items, statement=BULK_KEEP)
        assert [(one["sku"], one["low"]) for one in made] == [
            ("B", 1),
            ("A", 7),
            ("B", 1),
            ("gone", 0),
        ]
        assert made[0] == made[2]
        counts = await BULK_COUNT.run(database, Items(items=[new("A"), new("X"), new("X")]))
        assert counts == Counts(created=1, kept=2)
        wrong = await refusal(
            database, new("A", depotId=9), new("Z", depotId=9), statement=BULK_KEEP
        )
        assert wrong.members["index"] == 1


async def test_keeping_in_a_race(database_url: str) -> None:
    """Twenty requests with the same items at once: each answers the same rows."""
    async with open_depot(database_url) as database:
        items = [new(f"S{at}") for at in range(20)]
        answers = await asyncio.gather(
            *(bulk(database, *items, statement=BULK_KEEP) for _ in range(20))
        )
        assert all(one == answers[0] for one in answers)
        assert await execute(database, "SELECT count(*) FROM items") == [(20,)]


async def test_keys_that_clients_give(database_url: str) -> None:
    """A key is a unique set as any other: it can be kept, while another set is refused."""
    async with open_depot(database_url) as database:

        async def codes(*pairs: tuple[str, int | None]) -> list[tuple[Any, ...]]:
            items = [Code(code=code, size=size) for code, size in pairs]
            made = await BULK_CODES.run(database, Items(items=items))
            assert not isinstance(made, Counts)
            return [tuple(row) for row in made]

        assert await codes(("a", 1), ("b", None)) == [("a", 1), ("b", None)]
        assert await codes(("c", 3), ("a", 2), ("c", 4)) == [("c", 3), ("a", 1), ("c", 3)]
        with pytest.raises(Problem) as problem:
            await codes(("d", 1), ("a", 9))
        assert problem.value.members["index"] == 0
        assert problem.value.members["constraint"] == "size"


async def test_a_dead_row_has_its_key_for_ever(database_url: str) -> None:
    """It is not kept, and no other row gets its key, in bulk or alone."""
    async with open_depot(database_url) as database:
        await DELETE_LABEL.run(database, label(1))
        dead = Label.model_validate({"id": label(1), "name": "new"})
        live = Label.model_validate({"id": label(2), "name": "new"})
        kept = await KEEP_LABELS.run(database, Items(items=[live]))
        assert not isinstance(kept, Counts)
        assert [row[1] for row in kept] == ["l"]
        taken = {"constraint": "id", "fields": ["id"], "key": label(1)}
        with pytest.raises(Problem) as problem:
            await CREATE_LABEL.run(database, dead)
        assert problem.value.members == taken
        with pytest.raises(Problem) as problem:
            await KEEP_LABELS.run(database, Items(items=[live, dead]))
        conflict = {"index": 1, "type": "/problems/unique-taken", **taken}
        assert problem.value.members == {"index": 1, **taken, "conflicts": [conflict]}


async def test_secrets_are_hashed(fresh_sqlite_url: str) -> None:
    """What is stored of each is its own hash, made while the loop is free."""
    async with open_depot(fresh_sqlite_url) as database:
        await bulk(database, *(new(f"S{at}", password="hunter22") for at in range(3)))
        stored = {row[0] for row in await execute(database, "SELECT password FROM items")}
        assert len(stored) == 3
        assert all(one.startswith("$argon2id$") for one in stored)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("INSERT INTO t (a, b) VALUES (?, ?)", "INSERT INTO t (a, b) VALUES (?, ?), (?, ?)"),
        (
            "INSERT INTO t (a, b) VALUES ($1::INT, CAST($2 AS DATE))",
            "INSERT INTO t (a, b) VALUES ($1::INT, CAST($2 AS DATE)), ($3::INT, CAST($4 AS DATE))",
        ),
        ("INSERT INTO t (a) VALUES (NULL)", "INSERT INTO t (a) VALUES (NULL), (NULL)"),
    ],
)
def test_values_are_repeated(one: str, many: str) -> None:
    """Each row has parameters of its own."""
    assert repeated(one, 2) == many
