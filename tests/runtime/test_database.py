"""The database: connections come back clean, and an outage is a problem that says when to retry."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from generator.runtime.database import Database, StartError
from generator.runtime.drivers import Row, ViolationError
from generator.runtime.lifespan import lifespan
from generator.runtime.problems import Problem
from generator.runtime.steps import Steps
from tests.lent import lent, until_back, until_lent
from tests.runtime.sample import CREATE, SCHEMA, ProductCreate, Settings, open_database, session

pytestmark = pytest.mark.anyio

SLOW = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000000) "
    "SELECT max(x) FROM n",
    "postgresql": "SELECT pg_sleep(30)",
}


async def assert_unavailable(database: Database, sql: str, *, write: bool = False) -> None:
    """Run a statement that the database cannot run now."""
    run = database.write if write else database.read
    with pytest.raises(Problem) as problem:
        await run(sql, ())
    assert problem.value.code == "database-unavailable"
    assert problem.value.headers is not None
    assert problem.value.headers["Retry-After"] == "1"


async def test_a_cancelled_statement_gives_its_connection_back(database_url: str) -> None:
    """A client that leaves during a slow statement neither keeps a connection nor blocks one."""
    async with open_database(database_url, pool_size=1, pool_overflow=0) as database:
        for run in (database.read, database.write):
            slow = asyncio.create_task(run(SLOW[database.dialect], ()))
            await until_lent(database)
            assert lent(database) == 1
            slow.cancel()
            with pytest.raises(asyncio.CancelledError):
                await slow
            await until_back(database)
            async with asyncio.timeout(10):
                await database.ping()


async def test_cancelled_writes_leave_no_transaction(database_url: str) -> None:
    """Writes that are cut short at any moment are there once or not at all; later ones work."""
    async with open_database(database_url, pool_size=2, pool_overflow=0) as database:
        for attempt in range(40):
            body = ProductCreate.model_validate({"sku": f"S{attempt}", "title": "T"})
            task = asyncio.create_task(session(database).create(CREATE, body))
            await asyncio.sleep(attempt * 0.0001)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await until_back(database)
        body = ProductCreate.model_validate({"sku": "last", "title": "T"})
        await session(database).create(CREATE, body)
        found = await database.read("SELECT sku FROM products", ())
        assert len({row[0] for row in found}) == len(found)


async def test_a_slow_statement_ends_at_its_time_out(database_url: str) -> None:
    """It is a 503, and the connection is free again."""
    async with open_database(database_url, statement_timeout=0.3) as database:
        await assert_unavailable(database, SLOW[database.dialect])
        await until_back(database)  # SQLite's is closed, since it ran behind others.
        await database.ping()


async def test_a_failed_statement_gives_its_connection_back(database_url: str) -> None:
    """A defect stays the error that it is, and costs no connection."""
    async with open_database(database_url, pool_size=1, pool_overflow=0) as database:
        for _ in range(3):
            with pytest.raises(Exception, match="nowhere"):
                await database.read("SELECT * FROM nowhere", ())
        await until_back(database)
        await database.ping()


async def test_an_exhausted_pool_is_an_outage(database_url: str) -> None:
    """Who waits too long for a connection is told to come again; afterwards all is well."""
    options = {"pool_size": 1, "pool_overflow": 0, "pool_timeout": 0.2}
    async with open_database(database_url, **options) as database:
        async with database.engine.connect():
            await assert_unavailable(database, "SELECT 1")
        await database.ping()


async def test_the_loop_is_free_during_a_slow_statement(database_url: str) -> None:
    """Other requests are answered while a statement runs."""
    async with open_database(database_url) as database:
        slow = asyncio.create_task(database.read(SLOW[database.dialect], ()))
        await until_lent(database)
        async with asyncio.timeout(10):
            for _ in range(10):
                await database.ping()
        assert not slow.done()
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)


async def test_a_locked_file_is_an_outage(fresh_sqlite_url: str, tmp_path: Path) -> None:
    """Another process that keeps the lock makes writes fail after the time-out, and reads work."""
    async with open_database(fresh_sqlite_url, busy_timeout=0.2) as database:
        other = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await assert_unavailable(database, "DELETE FROM products", write=True)
        assert await database.read("SELECT count(*) FROM products", ()) == [(0,)]
        other.close()
        await database.write("DELETE FROM products", ())


async def test_writers_that_wait_too_long_are_told(fresh_sqlite_url: str) -> None:
    """The queue of writers has the same time-out as the lock of the file."""
    async with open_database(fresh_sqlite_url, busy_timeout=0.2) as database:
        first = asyncio.create_task(database.write(SLOW["sqlite"], ()))
        await until_lent(database)
        await assert_unavailable(database, "DELETE FROM products", write=True)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


async def test_a_full_disk_is_an_outage(fresh_sqlite_url: str) -> None:
    """SQLite's own bound on pages stands for a disk that is full."""
    async with open_database(fresh_sqlite_url, pool_size=1, pool_overflow=0) as database:
        await database.read("PRAGMA max_page_count = 1", ())
        body = {"sku": "S", "title": "x" * 400}
        with pytest.raises(Problem) as problem:
            for number in range(1000):
                one = ProductCreate.model_validate(body | {"sku": f"S{number}"})
                await session(database).create(CREATE, one)
        assert problem.value.code == "database-unavailable"
        await database.ping()


async def test_connections_that_the_server_closed_cost_no_request(
    fresh_postgres_url: str,
) -> None:
    """After a restart of the server, requests find new connections."""
    async with open_database(fresh_postgres_url) as database:
        await asyncio.gather(*(database.ping() for _ in range(5)))
        async with open_database(fresh_postgres_url) as other:
            await other.read(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()",
                (),
            )
        for _ in range(10):
            await database.ping()
            await database.write("DELETE FROM products", ())


async def test_a_server_that_is_not_there_is_an_outage() -> None:
    """A refused connection is 503, not 500."""
    url = "postgresql://postgres@127.0.0.1:9/none"
    async with Database(Settings(database_url=url)) as database:
        await assert_unavailable(database, "SELECT 1")
        with pytest.raises(Problem):
            await database.ping()


async def test_a_read_only_server_is_an_outage(fresh_postgres_url: str) -> None:
    """A replica answers reads; writes are told to come again."""
    async with open_database(fresh_postgres_url, pool_size=1, pool_overflow=0) as database:
        await database.read("SET default_transaction_read_only = on", ())
        await assert_unavailable(database, "DELETE FROM products", write=True)


async def test_a_deadlock_is_tried_again(
    fresh_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that a deadlock undid is repeated, at most four times."""
    attempts = 0

    async def victim(sql: str, values: Sequence[object], seconds: float) -> Sequence[Row]:
        nonlocal attempts
        attempts += 1
        if attempts < 5:
            error: Any = Exception("deadlock detected")
            error.sqlstate = "40P01"
            raise error
        return []

    async with open_database(fresh_postgres_url) as database:
        monkeypatch.setattr(database.lanes, "write", victim)
        assert await database.write("DELETE FROM products", ()) == []
        assert attempts == 5
        attempts = -10
        await assert_unavailable(database, "DELETE FROM products", write=True)


INSERT = "INSERT INTO restwright_schema (digest) VALUES ('added')"
COUNT = "SELECT count(*) FROM restwright_schema"


def steps(*statements: str) -> Steps[int]:
    """Run statements, and return how many rows there are then."""
    for statement in statements:
        yield statement, ()
    ((count,),) = yield COUNT, ()
    return int(count)


async def test_a_transaction_is_there_as_a_whole(database_url: str) -> None:
    """Its result is what the steps return; what they raise undoes all of it."""

    def failing() -> Steps[int]:
        yield from steps(INSERT)
        raise Problem("unknown-key", "none")

    async with open_database(database_url, pool_size=1, pool_overflow=0) as database:
        assert await database.transact(lambda: steps(INSERT, INSERT)) == 3
        with pytest.raises(Problem, match="none"):
            await database.transact(failing)
        with pytest.raises(Exception, match="nowhere"):
            await database.transact(lambda: steps(INSERT, "DELETE FROM nowhere"))
        assert await database.transact(lambda: steps(INSERT)) == 4
        await until_back(database)


async def test_transactions_that_are_cut_short_do_nothing(database_url: str) -> None:
    """A client that leaves, or a time-out, in the midst of one: the connection is free again."""
    options = {"pool_size": 1, "pool_overflow": 0, "statement_timeout": 1}
    async with open_database(database_url, **options) as database:
        slow = SLOW[database.dialect]
        task = asyncio.create_task(database.transact(lambda: steps(INSERT, slow)))
        await until_lent(database)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(Problem) as problem:
            await database.transact(lambda: steps(INSERT, slow))
        assert problem.value.code == "database-unavailable"
        await until_back(database)
        assert await database.transact(lambda: steps(INSERT)) == 2


async def test_what_is_called_off_is_not_committed(fresh_sqlite_url: str) -> None:
    """A thread of SQLite that is between two statements, or before COMMIT, gives up there."""
    threads: list[threading.Event] = []

    def waiting(*rest: str) -> Steps[int]:
        yield INSERT, ()
        called_off = threading.Event()
        threads.append(called_off)
        called_off.wait(5)
        yield from (steps(*rest) if rest else ())
        return 0

    async def begun() -> None:
        while not threads:
            await asyncio.sleep(0.001)

    async with open_database(fresh_sqlite_url, statement_timeout=0.2) as database:
        for rest in ((), (INSERT,)):
            late = asyncio.create_task(database.transact(partial(waiting, *rest)))
            await begun()
            await asyncio.sleep(0.3)
            threads.pop().set()
            with pytest.raises(Problem) as problem:
                await late
            assert problem.value.code == "database-unavailable"
            left = asyncio.create_task(database.transact(partial(waiting, *rest)))
            await begun()
            left.cancel()
            await asyncio.sleep(0)
            threads.pop().set()
            with pytest.raises(asyncio.CancelledError):
                await left
        assert (await database.read(COUNT, ()))[0][0] == 1
        assert await database.transact(lambda: steps(INSERT)) == 2


async def test_what_was_done_in_time_is_no_failure(fresh_sqlite_url: str) -> None:
    """A statement that is too late to be called off is answered as what it is: committed."""

    began, go = threading.Event(), threading.Event()

    def slowly() -> Steps[str]:
        began.set()
        go.wait(10)
        yield INSERT, ()
        return "done"

    async with open_database(fresh_sqlite_url, statement_timeout=0.8) as database:
        task = asyncio.create_task(database.transact(slowly))
        while not began.is_set():
            await asyncio.sleep(0.001)
        go.set()
        time.sleep(2)  # The loop hears of the time-out and of the result at the same moment.
        assert await task == "done"
        assert (await database.read(COUNT, ()))[0][0] == 2


async def test_transactions_that_lock_each_other_run_again(fresh_postgres_url: str) -> None:
    """The victim of a deadlock begins anew, with new steps."""
    made = held = 0

    def crossing(first: int, second: int) -> Steps[None]:
        nonlocal made, held
        made += 1
        lock = "SELECT pg_advisory_xact_lock($1)"
        yield lock, (first,)
        held += 1
        while held < 2:
            yield "SELECT pg_sleep(0.01)", ()
        yield lock, (second,)

    async with open_database(fresh_postgres_url) as database:
        await asyncio.gather(
            database.transact(lambda: crossing(1, 2)), database.transact(lambda: crossing(2, 1))
        )
        assert made == 3


async def test_a_constraint_is_an_error_of_its_own(database_url: str) -> None:
    """What the drivers raise differs; what the service sees does not."""
    parent = "CREATE TABLE parents (id INTEGER PRIMARY KEY)"
    child = (
        "CREATE TABLE children (id INTEGER PRIMARY KEY, size INTEGER CONSTRAINT ck CHECK (size > 0)"
        ", parent INTEGER REFERENCES parents (id) ON DELETE RESTRICT)"
    )
    async with open_database(database_url) as database:
        for sql in (parent, child, "INSERT INTO parents VALUES (1)"):
            await database.write(sql, ())
        await database.write("INSERT INTO children VALUES (1, 1, 1)", ())
        for sql, kind in (
            ("INSERT INTO children VALUES (1, 1, 1)", "unique"),
            ("INSERT INTO children VALUES (2, 0, 1)", "rule"),
            ("INSERT INTO children VALUES (2, 1, 2)", "reference"),
            ("DELETE FROM parents", "reference"),
        ):
            with pytest.raises(ViolationError) as violation:
                await database.write(sql, ())
            assert violation.value.kind == kind
            with pytest.raises(ViolationError) as violation:
                await database.transact(partial(steps, INSERT, sql))
            assert violation.value.kind == kind
        assert (await database.read(COUNT, ()))[0][0] == 1


async def test_sqlite_is_set_up(fresh_sqlite_url: str) -> None:
    """Each connection keeps what it acknowledged, and minds references."""
    async with open_database(fresh_sqlite_url) as database:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert await database.read(f"PRAGMA {pragma}", ()) == [(value,)]


async def test_a_database_in_memory_lasts_while_it_is_open() -> None:
    """One connection holds it, also through a statement that is cut short."""
    async with open_database("sqlite://", statement_timeout=0.2) as database:
        body = ProductCreate.model_validate({"sku": "S", "title": "T"})
        await session(database).create(CREATE, body)
        await assert_unavailable(database, SLOW["sqlite"])
        assert await database.read("SELECT count(*) FROM products", ()) == [(1,)]


async def test_sqlalchemy_works_beside(database_url: str) -> None:
    """The team's own transactions commit, roll back and leave nothing behind."""
    async with open_database(database_url) as database:
        async with database.engine.begin() as connection:
            await connection.execute(text("UPDATE restwright_schema SET digest = 'kept'"))
        with pytest.raises(ZeroDivisionError):
            async with database.engine.begin() as connection:
                await connection.execute(text("UPDATE restwright_schema SET digest = 'lost'"))
                raise ZeroDivisionError
        await until_back(database)
        found = await database.read("SELECT digest FROM restwright_schema", ())
        assert [row[0] for row in found] == ["kept"]


async def test_the_lifespan_opens_and_closes(tmp_path: Path) -> None:
    """While an application serves, its database is in its state; the folder of the file is made."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'var' / 'deep' / 'a.db'}")
    app = FastAPI()
    async with lifespan(settings, SCHEMA)(app):
        assert isinstance(app.state.database, Database)
        await app.state.database.ping()
        assert app.state.settings is settings


@pytest.mark.parametrize("url", ["postgres://postgres@127.0.0.1:9/none", "sqlite:////proc/no/a.db"])
async def test_a_service_that_cannot_start_says_why(url: str) -> None:
    """The sentence names the variable to look at."""
    with pytest.raises(StartError, match="check SAMPLE_DATABASE_URL"):
        async with lifespan(Settings(database_url=url), SCHEMA)(FastAPI()):
            pass
