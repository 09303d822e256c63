"""Statements: a row is created, read, replaced, updated and deleted alike on both databases."""

from __future__ import annotations

import asyncio
import json
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from generator.runtime import hashing
from generator.runtime.database import Database
from generator.runtime.problems import Problem
from tests.runtime.sample import (
    CREATE,
    DELETE,
    READ,
    REPLACE,
    UPDATE,
    ProductCreate,
    ProductReplace,
    ProductUpdate,
    open_database,
    session,
)

pytestmark = pytest.mark.anyio


def new(sku: str = "A-1", **values: object) -> ProductCreate:
    """Make a valid body."""
    return ProductCreate.model_validate({"sku": sku, "title": f"Title {sku}"} | values)


async def create(database: Database, sku: str = "A-1", **values: object) -> dict[str, Any]:
    """Create a product and return what is answered."""
    answer = await session(database).create(CREATE, new(sku, **values))
    return dict(json.loads(bytes(answer.body)))


async def password(database: Database) -> str | None:
    """Read what is stored of the only product's secret."""
    async with database.engine.connect() as connection:
        stored: str | None = await connection.scalar(text("SELECT password FROM products"))
    return stored


async def test_what_is_created_is_answered_and_read(database_url: str) -> None:
    """The answer to create equals the answer to read, byte for byte, and has an address."""
    async with open_database(database_url) as database:
        created = await session(database, root_path="/api").create(
            CREATE, new(price="9.5", eMail="a@b.c", stock=3)
        )
        read = await session(database).read(READ, 1)
        assert created.status_code == 201
        assert created.headers["location"] == "/api/catalog/products/1"
        assert created.body == read.body
        answered = json.loads(bytes(read.body))
        assert answered["price"] == "9.50"
        assert answered["eMail"] == "a@b.c"
        assert answered["created_at"] == answered["updated_at"]
        assert "password" not in answered


async def test_unknown_keys_are_problems(database_url: str) -> None:
    """A well-formed key of no row is 404 for every operation, and replacing never creates."""
    async with open_database(database_url) as database:
        db = session(database)
        body = ProductReplace.model_validate({"sku": "A", "title": "T"})
        for call in (
            db.read(READ, 7),
            db.replace(REPLACE, 7, body),
            db.update(UPDATE, 7, ProductUpdate.model_validate({"stock": 1})),
            db.update(UPDATE, 7, ProductUpdate.model_validate({})),
            db.delete(DELETE, 7),
        ):
            with pytest.raises(Problem) as problem:
                await call
            assert problem.value.code == "unknown-key"
            assert problem.value.members == {"resource": "product"}


async def test_update_writes_only_what_is_given(database_url: str) -> None:
    """Absent keeps, null clears, and the time of the update moves."""
    async with open_database(database_url) as database:
        before = await create(database, price="5", category="tools", stock=4)
        body = ProductUpdate.model_validate({"category": None})
        answer = await session(database).update(UPDATE, 1, body)
        after = json.loads(bytes(answer.body))
        assert after["updated_at"] > before["updated_at"]
        assert after == before | {"category": None, "updated_at": after["updated_at"]}


async def test_an_empty_update_changes_nothing(database_url: str) -> None:
    """`{}` answers the row as it is, with the old time of update."""
    async with open_database(database_url) as database:
        before = await create(database)
        answer = await session(database).update(UPDATE, 1, ProductUpdate.model_validate({}))
        assert json.loads(bytes(answer.body)) == before


async def test_replace_writes_all_but_what_it_keeps(database_url: str) -> None:
    """Absent becomes the default or null, but a secret stays."""
    async with open_database(database_url) as database:
        await create(database, price="5", category="tools", stock=4, password="hunter22")
        secret = await password(database)
        body = ProductReplace.model_validate({"sku": "B", "title": "T"})
        answer = await session(database).replace(REPLACE, 1, body)
        after = json.loads(bytes(answer.body))
        assert (after["price"], after["category"], after["stock"]) == (None, None, 0)
        assert await password(database) == secret
        assert secret is not None
        assert secret.startswith("$argon2id$")


async def test_deleted_is_gone_and_its_key_is_not_used_again(database_url: str) -> None:
    """Delete answers 204 once, and a later row has another key."""
    async with open_database(database_url) as database:
        await create(database)
        answer = await session(database).delete(DELETE, 1)
        assert answer.status_code == 204
        with pytest.raises(Problem):
            await session(database).read(READ, 1)
        assert (await create(database))["id"] == 2


async def test_statements_are_compiled_once_per_set_of_columns(database_url: str) -> None:
    """Two updates of the same columns share their SQL."""
    async with open_database(database_url) as database:
        await create(database)
        await session(database).update(UPDATE, 1, ProductUpdate.model_validate({"stock": 1}))
        compiled = len(UPDATE._prepared)
        await session(database).update(UPDATE, 1, ProductUpdate.model_validate({"stock": 2}))
        assert len(UPDATE._prepared) == compiled


async def test_hashing_leaves_the_loop_free(
    fresh_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While secrets are hashed, the loop goes on: a hash that waits for the loop is made."""
    begun, turned = threading.Event(), threading.Event()

    def hash_later(_: str) -> str:
        begun.set()
        return "made" if turned.wait(10) else "late"

    monkeypatch.setattr(hashing, "_hasher", lambda: SimpleNamespace(hash=hash_later))
    async with open_database(fresh_sqlite_url) as database:
        creating = asyncio.create_task(create(database, "S", password="p" * 8))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        turned.set()
        await creating
        assert await database.read("SELECT password FROM products", ()) == [("made",)]
