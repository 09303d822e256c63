"""Services, once per module and database: tests make rows of their own in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.same.pair import count_calls
from tests.services import CATALOG, EVERYTHING, client, compiled

from .bulks import BULK
from .related import ARCHIVE, RELATIONS


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what the compiled path of the catalog answers."""
    found: Counter[str] = Counter()
    count_calls(compiled(CATALOG), found, monkeypatch)
    return found


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Talk to the large service in this process."""
    file = tmp_path_factory.mktemp("everything") / "everything.db"
    with client(EVERYTHING, f"sqlite+aiosqlite:///{file}") as opened:
        yield opened


@pytest.fixture(scope="module")
def related(module_database_url: str) -> Iterator[TestClient]:
    """Talk to the service of relations, on each database in turn."""
    with client(RELATIONS, module_database_url) as opened:
        yield opened


@pytest.fixture(scope="module")
def archive(module_database_url: str) -> Iterator[TestClient]:
    """Talk to the service whose rows are marked as deleted, on each database in turn."""
    with client(ARCHIVE, module_database_url) as opened:
        yield opened


@pytest.fixture(scope="module")
def bulk(module_database_url: str) -> Iterator[TestClient]:
    """Talk to the service that takes many rows at once, on each database in turn."""
    with client(BULK, module_database_url) as opened:
        yield opened
