"""The pitfall: state in a dictionary of the process, gone with it and different in every worker.

Everything is in the database; the schema is made once, and known again.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import httpx2
import pytest

from tests.services import CATALOG, NotStartedError, compiled, served

PATH = "/catalog/products"
OTHER = CATALOG.read_text().replace("title: string(1..200)", "title: string(1..300)")


def product(number: int) -> dict[str, object]:
    """Make a product."""
    return {"sku": f"sku-{number}", "title": "A title", "unit_price": number + 0.5}


def test_state_survives_a_restart(tmp_path: Path) -> None:
    """Also where the process is killed: what was answered is there."""
    url = f"sqlite:///{tmp_path / 'catalog.db'}"
    with served(CATALOG, url) as server:
        created = httpx2.post(server.url + PATH, json=product(1)).json()
        server.process.kill()
    with served(CATALOG, url) as server:
        found = httpx2.get(f"{server.url}{PATH}/{created['id']}")
        assert (found.status_code, found.json()) == (200, created)
        assert httpx2.post(server.url + PATH, json=product(1)).status_code == 409
        assert httpx2.post(server.url + PATH, json=product(2)).json()["id"] > created["id"]


def test_two_workers_see_one_state(tmp_path: Path) -> None:
    """What one has answered, the other finds: every read follows a write on another connection."""
    with served(CATALOG, f"sqlite:///{tmp_path / 'catalog.db'}", workers=2) as server:
        for number in range(40):
            created = httpx2.post(server.url + PATH, json=product(number))
            assert created.status_code == 201
            found = httpx2.get(server.url + created.headers["location"])
            assert (found.status_code, found.json()) == (200, created.json())
        pages = [httpx2.get(f"{server.url}{PATH}?page_size=100").json() for _ in range(10)]
        assert all(page == pages[0] for page in pages)
        assert len(pages[0]) == 40
        log = server.log()
        assert log.count("Application startup complete") == 2
        assert "Traceback" not in log


def test_two_workers_do_not_both_take_a_unique_value(tmp_path: Path) -> None:
    """One answers 201, the other 409; nobody waits for a lock until it fails."""
    with served(CATALOG, f"sqlite:///{tmp_path / 'catalog.db'}", workers=2) as server:
        statuses: list[int] = []

        def create(number: int) -> None:
            for step in range(10):
                answer = httpx2.post(server.url + PATH, json=product(step))
                statuses.append(answer.status_code)

        threads = [threading.Thread(target=create, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (statuses.count(201), statuses.count(409)) == (10, 50)


def test_services_that_start_at_once_create_the_schema_once(tmp_path: Path) -> None:
    """Four workers on a file that is not there yet."""
    file = tmp_path / "deep" / "catalog.db"
    with served(CATALOG, f"sqlite:///{file}", workers=4) as server:
        assert httpx2.post(server.url + PATH, json=product(1)).status_code == 201
        log = server.log()
    assert "Traceback" not in log
    assert "rror" not in log.replace("uvicorn.error", "")
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT count(*) FROM restwright_schema").fetchone()
    connection.close()
    assert rows == (1,)


def test_services_that_start_at_once_on_postgresql(fresh_postgres_url: str) -> None:
    """The same, where only a lock of the server's stands between them."""
    with served(CATALOG, fresh_postgres_url, workers=3) as server:
        assert httpx2.post(server.url + PATH, json=product(1)).status_code == 201
        assert len(httpx2.get(server.url + PATH).json()) == 1
        assert "Traceback" not in server.log()


def test_another_schema_is_refused_in_one_sentence(database_url: str) -> None:
    """It names the variable, says what to do, and nothing is touched."""
    with served(CATALOG, database_url) as server:
        assert httpx2.post(server.url + PATH, json=product(1)).status_code == 201
    with pytest.raises(NotStartedError) as raised, served(OTHER, database_url):
        pass
    [sentence] = [line for line in str(raised.value).splitlines() if '"critical"' in line]
    assert "The database holds the tables of schema " in sentence
    assert "CATALOG_DATABASE_URL" in sentence
    with served(CATALOG, database_url) as server:
        assert len(httpx2.get(server.url + PATH).json()) == 1


def test_a_foreign_table_is_left_alone(tmp_path: Path) -> None:
    """A database that has one of the tables already is refused."""
    file = tmp_path / "catalog.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE products (x)")
    connection.close()
    with pytest.raises(NotStartedError, match="already has a table 'products'"):
        with served(CATALOG, f"sqlite:///{file}"):
            pass
    with sqlite3.connect(file) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    connection.close()
    assert names == {"products"}


def test_the_digest_follows_the_tables() -> None:
    """Another length of a column is another schema; another description is not."""
    described = CATALOG.read_text().replace("What the warehouse stocks.", "Something else.")
    digests = [
        compiled(text).module("schema").SCHEMA.digest
        for text in (CATALOG.read_text(), described, OTHER)
    ]
    assert digests[0] == digests[1] != digests[2]
