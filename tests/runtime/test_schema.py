"""The schema: created once, by one of those that start together, and never another one's."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from generator.runtime.database import Database
from generator.runtime.schema import Schema, SchemaMismatchError
from tests.runtime.sample import SCHEMA, Settings, open_database

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
WORK = """
import asyncio, sys
from tests.runtime.sample import CREATE, ProductCreate, open_database, session

async def main() -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    async with open_database(sys.argv[1]) as database:
        for number in range(30):
            body = {"sku": f"{sys.argv[2]}-{number}", "title": "T"}
            await session(database).create(CREATE, ProductCreate.model_validate(body))

asyncio.run(main())
"""


async def test_a_second_start_finds_the_tables(database_url: str) -> None:
    """Starting again changes nothing."""
    for _ in range(2):
        async with open_database(database_url) as database:
            found = await database.read("SELECT digest FROM restwright_schema", ())
            assert [row[0] for row in found] == [SCHEMA.digest]


async def test_two_that_start_at_once_create_once(database_url: str) -> None:
    """Eight engines start together; all serve, on one set of tables."""

    async def start() -> None:
        async with Database(Settings(database_url=database_url)) as database:
            await SCHEMA.ensure(database)

    await asyncio.gather(*(start() for _ in range(8)))
    async with Database(Settings(database_url=database_url)) as database:
        assert len(await database.read("SELECT digest FROM restwright_schema", ())) == 1


async def test_two_processes_create_once_and_work_together(database_url: str) -> None:
    """Two real processes start at one moment, and none of their sixty writes is refused."""
    both = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, database_url, name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    for process in both:
        assert process.stdout is not None
        process.stdout.readline()
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    async with open_database(database_url) as database:
        (count,) = await database.read("SELECT count(*) FROM products", ())
        assert count[0] == 60


async def test_another_schema_is_refused(database_url: str) -> None:
    """The sentence names both digests and the variable to set."""
    async with open_database(database_url) as database:
        with pytest.raises(SchemaMismatchError) as error:
            await Schema(SCHEMA.tables, "fedcba9876543210").ensure(database)
        sentence = str(error.value)
        assert "0123456789abcdef" in sentence
        assert "fedcba9876543210" in sentence
        assert "SAMPLE_DATABASE_URL" in sentence
        assert "\n" not in sentence


async def test_tables_of_others_are_left_alone(database_url: str) -> None:
    """A database that has a table of the same name is refused, and stays as it was."""
    async with Database(Settings(database_url=database_url)) as database:
        await database.write("CREATE TABLE products (x INTEGER)", ())
        with pytest.raises(SchemaMismatchError, match="already has a table 'products'"):
            await SCHEMA.ensure(database)
        with pytest.raises(Exception, match="restwright_schema"):
            await database.read("SELECT * FROM restwright_schema", ())


async def test_text_is_by_code_point_in_postgresql(fresh_postgres_url: str) -> None:
    """The server's own catalog says that every text column has the collation C."""
    async with open_database(fresh_postgres_url) as database:
        found = await database.read(
            "SELECT column_name, collation_name FROM information_schema.columns "
            "WHERE table_name = 'products' AND data_type IN ('text', 'character varying')",
            (),
        )
        assert len(found) >= 5
        assert {row[1] for row in found} == {"C"}
