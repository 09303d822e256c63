"""Sessions: what handlers of many rows answer, in bytes, and with which status."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from uuid import UUID

import pytest

from generator.runtime.models import QueryModel
from generator.runtime.problems import Problem
from generator.runtime.sessions import Session
from tests.runtime.depot import (
    BULK_COUNT,
    BULK_CREATE,
    BULK_DELETE,
    LABELS,
    Ids,
    Items,
    create,
    item,
    label,
    new,
    open_depot,
)

pytestmark = pytest.mark.anyio

SCOPE = {"type": "http", "path": "/items", "query_string": b"", "headers": []}


class PageParams(QueryModel):
    """The page of a list of members."""

    page: int = 1
    page_size: int = 2


async def refused(call: Awaitable[object]) -> str:
    """Return the code of the problem that a call raises."""
    with pytest.raises(Problem) as problem:
        await call
    return problem.value.code


async def test_bulk_answers(database_url: str) -> None:
    """Rows in order or counts, with 201; how many were deleted, with 200."""
    async with open_depot(database_url) as database:
        db = Session(database, SCOPE)
        both = await db.bulk_create(BULK_CREATE, Items(items=[new("A"), new("B")]))
        assert both.status_code == 201
        items = json.loads(bytes(both.body))["items"]
        assert [(one["id"], one["sku"]) for one in items] == [(1, "A"), (2, "B")]
        counted = await db.bulk_create(BULK_COUNT, Items(items=[new("B"), new("C")]))
        assert (counted.status_code, counted.body) == (201, b'{"created":1,"kept":1}')
        deleted = await db.bulk_delete(BULK_DELETE, Ids(ids=[1, 2, 99]))
        assert (deleted.status_code, deleted.body) == (200, b'{"deleted":2}')


async def test_members(database_url: str) -> None:
    """Adding and removing are 204 however often; the list has pages."""
    async with open_depot(database_url) as database:
        db = Session(database, SCOPE)
        await create(database)
        for at in (2, 0, 1, 2):
            assert (await db.add_member(LABELS, 1, UUID(label(at)))).status_code == 204
        found = await db.list_members(LABELS, 1, PageParams())
        assert [one["id"] for one in json.loads(bytes(found.body))] == [label(0), label(1)]
        assert 'rel="next"' in found.headers["link"]
        for _ in range(2):
            assert (await db.remove_member(LABELS, 1, UUID(label(0)))).status_code == 204
        assert (await item(database, 1) or {})["label_ids"] == [label(1), label(2)]
        for call in (
            db.add_member(LABELS, 9, UUID(label(0))),
            db.remove_member(LABELS, 9, UUID(label(0))),
            db.list_members(LABELS, 9, PageParams()),
        ):
            assert await refused(call) == "unknown-key"
        assert await refused(db.add_member(LABELS, 1, UUID(label(9)))) == "reference-missing"
