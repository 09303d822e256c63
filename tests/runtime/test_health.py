"""Whether the service lives, and whether it can work."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from generator.runtime.problems import Problem
from tests.runtime.sample_api import make_app


def test_a_service_with_its_database_is_ready() -> None:
    """HEAD is asked by load balancers."""
    client = TestClient(make_app())
    for path in ("/livez", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer.headers["cache-control"] == "no-store"
        assert client.head(path).status_code == 200


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("secret address"),
        Problem("database-unavailable", "Busy.", headers={"Retry-After": "1"}),
    ],
)
def test_a_service_without_its_database_lives_but_is_not_ready(error: Exception) -> None:
    """It is not started anew for that."""
    app = make_app()
    app.state.database.error = error
    client = TestClient(app)
    assert client.get("/livez").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["type"] == "/problems/database-unavailable"
    assert "secret" not in answer.text
