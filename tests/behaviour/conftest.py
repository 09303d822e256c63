"""The large service, once per module: tests make rows of their own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.services import EVERYTHING, client


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Talk to the service in this process."""
    file = tmp_path_factory.mktemp("everything") / "everything.db"
    with client(EVERYTHING, f"sqlite+aiosqlite:///{file}") as opened:
        yield opened
