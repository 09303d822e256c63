"""Defaults that the server writes: a literal of every type, in a field that no body has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from generator.field_types import FIELD_TYPES
from tests.services import client

DEFAULTS: dict[str, Any] = {
    "string": "import", "text": "A text.", "integer": 7, "number": 1.5, "decimal": "1.50",
    "boolean": True, "date": "2026-11-22", "datetime": "2026-11-22T10:00:00Z", "time": "09:00:00",
    "duration": "PT5M", "uuid": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "email": "a@example.com",
    "url": "https://example.com", "json": {"a": [1, None]}, "enum": "new", "list": ["1.50"],
    "object": {"took": "PT5M"},
}  # fmt: skip
WRITTEN = {
    "decimal": "decimal(5:2)",
    "list": "list(decimal(5:2))",
    "enum": "State",
    "object": "Part",
}
FIELDS = "".join(
    f"      a_{name}: {{type: {WRITTEN.get(name, name)}, default: {json.dumps(value)}, "
    "write: never}\n"
    for name, value in DEFAULTS.items()
)
SPEC = f"""
spec: 1
service: {{name: made, version: 1.0.0}}
enums:
  State: {{new: New., used: Used.}}
objects:
  Part: {{fields: {{took: duration}}}}
resources:
  Thing:
    fields:
      name: string(..9)
{FIELDS}    endpoints: {{create: , bulk_create: , read: }}
"""


@pytest.fixture(scope="module")
def things(module_database_url: str) -> Iterator[TestClient]:
    """Serve things whose every other field is written by the server."""
    with client(SPEC, module_database_url) as http:
        yield http


def test_every_type_has_a_default() -> None:
    """Of all types but secrets, which have none."""
    assert DEFAULTS.keys() == FIELD_TYPES.keys() - {"secret"}


def test_what_no_body_has_is_written(things: TestClient) -> None:
    """By a create and by a bulk create."""
    expected = {f"a_{name}": value for name, value in DEFAULTS.items()}
    created = things.post("/things", json={"name": "a"})
    assert created.status_code == 201
    items = things.post("/things:bulk-create", json={"items": [{"name": "a"}]}).json()["items"]
    for row in (created.json(), *items, things.get("/things/1").json()):
        assert {name: row[name] for name in expected} == expected
