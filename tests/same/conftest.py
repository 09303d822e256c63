"""Two empty databases of a kind, for the two services of a pair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

NAMES = ("same_compiled", "same_plain")


@pytest.fixture
def sqlite_urls(tmp_path: Path) -> tuple[str, str]:
    """Name two files that are not there yet."""
    one, other = (f"sqlite+aiosqlite:///{tmp_path / name}.db" for name in NAMES)
    return one, other


@pytest.fixture
def postgres_urls(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Make two databases."""
    server = request.getfixturevalue("postgres_server")
    url = make_url(request.getfixturevalue("postgres_url"))
    for name in NAMES:
        server.psql(f"CREATE DATABASE {name}")
    one, other = (url.set(database=name).render_as_string(hide_password=False) for name in NAMES)
    yield one, other
    for name in NAMES:
        server.psql(f"DROP DATABASE {name} WITH (FORCE)")
