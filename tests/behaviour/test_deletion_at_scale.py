"""Deletions that reach many rows, and many deletions that reach the same rows at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Generator, Sequence

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from sqlalchemy.ext.asyncio import create_async_engine

from tests.services import async_client

from .related import see_deadlocks

SPEC = """
spec: 1
service: {name: yard, version: 1}
defaults: {concurrency: etag}
resources:
  Site: {fields: {name: string(..9)}, endpoints: [create, bulk_create, delete]}
  Tag: {fields: {name: string(..9)}, endpoints: [create, bulk_create, delete]}
  Box:
    fields: {name: string(..9)}
    relations:
      site: {to: Site, inverse: boxes, on_delete: cascade}
      other: {to: Site?, inverse: other_boxes, on_delete: set_null}
      tags: {to: list(Tag), inverse: boxes}
    endpoints: {bulk_create: {max: 1000}, update: , list: {page: {max: 500}}, delete: }
  Node:
    fields: {name: string(..9)}
    relations: {up: {to: Node?, inverse: down, on_delete: cascade}}
    rules: {only_roots: {check: up is not null or name == 'root', message: Others hang below.}}
    endpoints: [list, delete, bulk_delete]
  Child:
    fields: {kind: string(..9)}
    relations:
      parent: {to: Site, inverse: children, on_delete: cascade}
      second: {to: Site?, inverse: second_children, on_delete: set_null}
    rules: {needed: {check: second is not null or kind != 'need', message: It needs a second.}}
    endpoints: [create]
"""

pytestmark = pytest.mark.anyio


Statements = Generator[tuple[str, Sequence[object]], Sequence[object], object]


def count(app: FastAPI) -> list[int]:
    """Count from now on how many keys each statement of a transaction sends."""
    sent: list[int] = []
    lanes = app.state.database.lanes
    transact = lanes.transact

    def counted(steps: Statements) -> Statements:
        rows: Sequence[object] | None = None
        try:
            while True:
                statement = next(steps) if rows is None else steps.send(rows)
                sent.append(sum(map(size, statement[1])))
                rows = yield statement
        except StopIteration as end:
            return end.value

    lanes.transact = lambda make, *rest: transact(lambda: counted(make()), *rest)
    return sent


def size(value: object) -> int:
    """Return how many keys a value holds: an array, or the text of one."""
    if isinstance(value, str):
        return len(value.split(","))
    return len(value) if isinstance(value, list) else 0


async def make(http: AsyncClient, path: str, items: Sequence[dict[str, object]]) -> list[int]:
    """Create many rows; return their keys."""
    answer = await http.post(f"/{path}:bulk-create", json={"items": items})
    assert answer.status_code == 201, answer.text
    return [row["id"] for row in answer.json()["items"]]


async def plant(app: FastAPI, parents: Sequence[int | None]) -> None:
    """Create nodes 1, 2, 3... with these parents."""
    rows = (
        f"({key}, '{'a' if up else 'root'}', {up or 'NULL'}, 1)"
        for key, up in enumerate(parents, 1)
    )
    sql = f"INSERT INTO nodes (id, name, up_id, version) VALUES {', '.join(rows)}"
    await app.state.database.write(sql, ())


async def test_deletions_of_the_same_rows_do_not_deadlock(fresh_postgres_url: str) -> None:
    """Each locks what goes and what changes in one order, however the rows lie on the disk."""
    chance = random.Random(1)
    async with async_client(SPEC, fresh_postgres_url) as (http, app):
        deadlocks = see_deadlocks(app)
        sites = await make(http, "sites", [{"name": "a"}] * 5)
        tags = await make(http, "tags", [{"name": "a"}] * 12)
        items: list[dict[str, object]] = [
            {
                "name": "a",
                "site_id": chance.choice(sites),
                "other_id": chance.choice(sites),
                "tag_ids": chance.sample(tags, 4),
            }
            for _ in range(300)
        ]
        boxes = await make(http, "boxes", items)
        for key in chance.sample(boxes, 100):
            assert (await http.patch(f"/boxes/{key}", json={"name": "b"})).status_code == 200
        paths = [f"/tags/{key}" for key in tags] + [f"/sites/{key}" for key in sites[1:]]
        chance.shuffle(paths)
        answers = await asyncio.gather(*(http.delete(path) for path in paths))
        assert {answer.status_code for answer in answers} == {204}
        assert not any(deadlocks)
        left = (await http.get("/boxes", params={"page_size": 500})).json()
    expected = [
        (key, item["other_id"] if item["other_id"] == sites[0] else None, 0)
        for key, item in zip(boxes, items, strict=True)
        if item["site_id"] == sites[0]
    ]
    assert [(row["id"], row["other_id"], len(row["tag_ids"])) for row in left] == expected


async def test_trees_that_overlap_do_not_deadlock(fresh_postgres_url: str) -> None:
    """Rows of one table are locked by key, whichever refers to which."""
    last = 40
    async with async_client(SPEC, fresh_postgres_url) as (http, app):
        # The last is the root: each hangs below the next.
        await plant(app, [None] * last)
        for key in range(1, last):
            sql = f"UPDATE nodes SET up_id = {key + 1}, name = 'a' WHERE id = {key}"
            await app.state.database.write(sql, ())
        deadlocks = see_deadlocks(app)
        bodies = [{"ids": [key, last - key]} for key in range(1, last // 2, 2)]
        answers = await asyncio.gather(
            *(http.post("/nodes:bulk-delete", json=body) for body in bodies)
        )
        assert {answer.status_code for answer in answers} == {200}
        assert not any(deadlocks)


@pytest.mark.parametrize("order", [1, -1])
async def test_two_relations_to_one_table_do_not_deadlock(
    fresh_postgres_url: str, order: int
) -> None:
    """Whichever relation comes first, a writer that waits for a row holds none after it."""
    other = create_async_engine(fresh_postgres_url)
    lock = "SELECT id FROM sites WHERE id = {} FOR UPDATE NOWAIT"
    async with async_client(SPEC, fresh_postgres_url) as (http, app):
        deadlocks = see_deadlocks(app)
        first, last = await make(http, "sites", [{"name": "a"}] * 2)
        site, second = (first, last)[::order]
        items = [{"name": "a", "site_id": site, "other_id": second}] * 2
        async with other.connect() as deletion:
            await deletion.exec_driver_sql(lock.format(first))
            writer = asyncio.create_task(make(http, "boxes", items))
            await somebody_waits(app)
            await deletion.exec_driver_sql(lock.format(last))
            await deletion.rollback()
        assert len(await writer) == 2
        assert not any(deadlocks)
    await other.dispose()


async def somebody_waits(app: FastAPI) -> None:
    """Return as soon as a statement waits for a lock."""
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted"
    async with asyncio.timeout(30):
        while not list(await app.state.database.read(waiting, ())):
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("shape", ["chain", "fan"])
async def test_a_large_tree(database_url: str, shape: str) -> None:
    """What is sent grows with the rows that go, not with their square; no row loses its parent."""
    number = 1_000
    parents = [key if shape == "chain" else 1 for key in range(number)]
    async with async_client(SPEC, database_url) as (http, app):
        await plant(app, [None, *parents[1:], None])
        sent = count(app)
        assert (await http.delete("/nodes/1")).status_code == 204
        assert sum(sent) < 10 * number
        assert len(sent) < (2 * number if "sqlite" in database_url and shape == "chain" else 30)
        assert [row["id"] for row in (await http.get("/nodes")).json()] == [number + 1]


async def test_the_relation_that_a_rule_needs_is_named(database_url: str) -> None:
    """Where a rule forbids to let go, the relation is at fault that would have been cleared."""
    async with async_client(SPEC, database_url) as (http, _):
        first, second = await make(http, "sites", [{"name": "a"}] * 2)
        child = {"kind": "need", "parent_id": first, "second_id": second}
        assert (await http.post("/children", json=child)).status_code == 201
        problem = (await http.delete(f"/sites/{second}")).json()
        assert (problem["relation"], problem["resource"]) == ("second", "child")
        assert (await http.delete(f"/sites/{first}")).status_code == 204
        assert (await http.delete(f"/sites/{second}")).status_code == 204
