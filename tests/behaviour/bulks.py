"""What tests of bulk requests share: their service, items, and how they are sent."""

from __future__ import annotations

from uuid import uuid4

from starlette.testclient import TestClient

from tests.services import ROOT

from .related import Answered

BULK = ROOT / "tests/specs/bulk.yaml"

PARTS = "/parts:bulk-create"
WORDS = "/words:bulk-create"


def part(**fields: object) -> dict[str, object]:
    """Make a part unlike all others."""
    return {"sku": uuid4().hex} | fields


def send(http: TestClient, path: str, *items: object) -> list[Answered]:
    """Create items; return what is answered for each."""
    response = http.post(path, json={"items": items})
    assert response.status_code == 201, response.text
    assert "location" not in response.headers
    made: list[Answered] = response.json()["items"]
    return made


def total(http: TestClient, path: str = "/parts") -> int:
    """Count the rows of a resource."""
    return int(http.get(path, params={"page_size": 1}).headers["x-total-count"])
