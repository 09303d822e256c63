"""Timestamps, names on the wire, and what of a field the contract says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from starlette.testclient import TestClient

from tests.services import EVERYTHING, compiled

from .samples import EVENTS, SAMPLES, TICKETS, VISITS, sample


def schema(name: str) -> dict[str, Any]:
    """Return the properties of a schema of the contract."""
    found: dict[str, Any] = compiled(EVERYTHING).contract()["components"]["schemas"][name]
    return dict(found["properties"])


def test_timestamps(http: TestClient) -> None:
    """Set by the server, equal on create; an update moves one of them."""
    before = datetime.now(UTC)
    created = http.post(VISITS, json={"page": "x"}).json()
    assert created["createdAt"] == created["updatedAt"]
    assert 0 <= (datetime.fromisoformat(created["createdAt"]) - before).total_seconds() < 60
    updated = http.patch(f"{VISITS}/{created['id']}", json={"page": "x"}).json()
    assert updated["createdAt"] == created["createdAt"]
    assert updated["updatedAt"] > created["updatedAt"]


def test_created_alone_and_none(http: TestClient) -> None:
    """`timestamps: created` makes one of them, `false` undoes the default."""
    key = "6f9619ff-8b86-4011-b42d-00cf4fc96400"
    event = http.post(EVENTS, json={"id": key, "kind": "x"}).json()
    assert event.keys() == {"id", "kind", "payload", "createdAt"}
    assert http.post(TICKETS, json={"id": 500}).json().keys().isdisjoint({"createdAt", "updatedAt"})


def test_names_on_the_wire(http: TestClient) -> None:
    """Camel case for fields and parameters, an `as` as it stands; the Python names are unknown."""
    created = http.post(SAMPLES, json=sample(homePage="https://example.org")).json()
    assert {"createdAt", "updatedAt", "homePage"} <= created.keys()
    assert created.keys().isdisjoint({"created_at", "updated_at", "homepage", "home_page"})
    assert list(created)[0] == "id"
    for name in ("homepage", "home_page"):
        answer = http.post(SAMPLES, json=sample(**{name: "https://example.org"}))
        assert [error["loc"] for error in answer.json()["errors"]] == [["body", name]]
    for query in ("page_size=1", "name_ge=a", "homepageContains=a", "sort=created_at"):
        assert http.get(f"{SAMPLES}?{query}").status_code == 422
    for query in ("pageSize=1", "nameGe=a", "homePageContains=a", "sort=createdAt"):
        assert http.get(f"{SAMPLES}?{query}").status_code == 200


def test_what_the_contract_says_of_fields() -> None:
    """Defaults, descriptions, examples, deprecation and who sends what."""
    create, answered = schema("SampleCreate"), schema("Sample")
    assert create["name"]["description"] == "What it is called."
    assert create["legacy"]["deprecated"] is answered["legacy"]["deprecated"] is True
    assert create["runs"]["default"] == "PT5M"
    assert create["password"]["writeOnly"] is True
    assert "origin" not in create
    assert answered.keys().isdisjoint({"password", "note"})
    assert "batch" not in schema("SampleReplace")
    assert "batch" not in schema("SampleUpdate")
    assert "default" not in schema("SampleUpdate")["runs"]
