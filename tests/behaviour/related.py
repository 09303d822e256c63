"""What tests of relations share: their two services, making rows, and looking into tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from tests.services import ROOT

RELATIONS = ROOT / "tests/specs/relations.yaml"
ARCHIVE = ROOT / "tests/specs/archive.yaml"

Answered = dict[str, Any]
"""A row as it was answered."""


def make(http: TestClient, path: str, **fields: object) -> Answered:
    """Create a row; it is called something unless a name is given."""
    response = http.post(path, json=fields)
    assert response.status_code == 201, response.text
    made: Answered = response.json()
    return made


def warehouse(http: TestClient, **fields: object) -> Answered:
    """Create a warehouse."""
    return make(http, "/r/warehouses", **{"name": "A warehouse"} | fields)


def tag(http: TestClient) -> int:
    """Create a tag unlike all others; return its key."""
    key: int = make(http, "/r/tags", name=uuid4().hex)["id"]
    return key


def supplier(http: TestClient, name: str | None = "A supplier") -> str:
    """Create a supplier; return its key."""
    key: str = make(http, "/r/suppliers", name=name)["id"]
    return key


def country(http: TestClient, code: str) -> str:
    """Create a country, unless it is there; return its key."""
    assert http.post("/r/countries", json={"code": code, "name": code}).status_code in (201, 409)
    return code


def parcel(http: TestClient, **fields: object) -> Answered:
    """Create a parcel unlike all others, in a warehouse of its own unless one is given."""
    if "warehouse_id" not in fields:
        fields["warehouse_id"] = warehouse(http)["id"]
    return make(http, "/r/parcels", **{"code": uuid4().hex[:12]} | fields)


def keys(rows: Sequence[Answered]) -> list[Any]:
    """Return the keys of rows as they were answered."""
    return [row["id"] for row in rows]


def conflict(response: Response, code: str, **members: object) -> Answered:
    """Hold that a write was refused by a conflict, with these members; return the problem."""
    problem: Answered = response.json()
    assert response.status_code == 409, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"/problems/{code}"
    assert {name: problem.get(name) for name in members} == members
    return problem


def stored(http: TestClient, sql: str) -> list[tuple[Any, ...]]:
    """Ask the tables themselves."""
    app: Any = http.app
    assert http.portal is not None
    rows = http.portal.call(app.state.database.read, sql, ())
    return [tuple(row) for row in rows]


def see_deadlocks(app: FastAPI) -> list[bool]:
    """Note from now on whether an error of the database is that of a deadlock."""
    driver, deadlocks = app.state.database.driver, list[bool]()
    is_transient = driver.is_transient

    def seen(error: Exception) -> bool:
        deadlocks.append(is_transient(error))
        return deadlocks[-1]

    driver.is_transient = seen
    return deadlocks
