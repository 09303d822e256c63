"""The library that hostile inputs are sent to, and the look for damage afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import make_url

from tests.services import LIBRARY, Server, served

from .damage import check_log


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Name an empty database of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('library') / 'library.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    url = make_url(request.getfixturevalue("postgres_url"))
    server.psql("CREATE DATABASE hostile")
    yield url.set(database="hostile").render_as_string(hide_password=False)
    server.psql("DROP DATABASE hostile WITH (FORCE)")


@pytest.fixture(scope="module")
def library(database: str) -> Iterator[Server]:
    """Serve a library with the books 1 and 3, without 2; look for damage at the end."""
    with served(LIBRARY, database) as server:
        stock(server)
        yield server
        read_every_page(server)
        check_log(server)


def stock(server: Server) -> None:
    """Put in what the table asks for."""
    with server.client() as http:
        for number, title in enumerate(["Snow Crash", "b", "c"], start=1):
            body = {"title": title, "isbn": f"979000000000{number}", "price": 1, "tags": ["x"]}
            assert http.post("/books", json=body).status_code == 201
        assert http.delete("/books/2").status_code == 204
        for number in range(5):
            body = {"reader": f"reader {number}", "until": "2026-12-01"}
            assert http.post("/loans", json=body).status_code == 201
        assert http.post("/shelves", json={"code": "A1", "room": "x"}).status_code == 201


def read_every_page(server: Server) -> None:
    """Read all lists to their ends: what was accepted must never break a later read."""
    with server.client() as http:
        for path in ("/books?page_size=100", "/books?sort=-price&page_size=7", "/shelves"):
            following: str | None = path
            while following is not None:
                answer = http.get(following)
                assert answer.status_code == 200
                assert "password" not in answer.text
                following = answer.links.get("next", {}).get("url")
        cursor: dict[str, str] = {}
        while True:
            page = http.get("/loans", params=cursor)
            assert page.status_code == 200
            if page.json()["next_cursor"] is None:
                break
            cursor = {"cursor": page.json()["next_cursor"]}
