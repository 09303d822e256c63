"""Keys: made by the server or given by the client, of the service's types or natural."""

from __future__ import annotations

import uuid

import pytest
from starlette.testclient import TestClient

from .samples import COUNTRIES, EVENTS, SAMPLES, TICKETS, VISITS

GIVEN = "6f9619ff-8b86-4011-b42d-00cf4fc964ff"


def test_a_natural_key_is_a_field(http: TestClient) -> None:
    """It is required, stands in the path, and never changes."""
    created = http.post(COUNTRIES, json={"code": "DE", "name": "Germany"})
    assert created.json() == {"code": "DE", "name": "Germany"}
    assert created.headers["location"] == f"{COUNTRIES}/DE"
    path = f"{COUNTRIES}/DE"
    assert http.get(path).json() == created.json()
    assert http.post(COUNTRIES, json={"name": "Nowhere"}).status_code == 422
    for method in ("PUT", "PATCH"):
        assert http.request(method, path, json={"code": "DE", "name": "x"}).status_code == 422
        assert http.request(method, path, json={"name": "Deutschland"}).json()["code"] == "DE"
    assert http.get(COUNTRIES, params={"pageSize": 100}).json()[0].keys() == {"code", "name"}
    assert http.delete(path).status_code == 204
    assert http.get(path).status_code == 404


@pytest.mark.parametrize("key", ["d", "DEU", "de", "D1", "", "..", "D/", "D E", "ÄÖ", "DE\n", None])
def test_natural_keys_that_could_not_be_addressed(http: TestClient, key: str | None) -> None:
    """They break the pattern of the field, so no row has one."""
    answer = http.post(COUNTRIES, json={"code": key, "name": "x"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "code"]


def test_a_natural_key_that_is_taken(http: TestClient) -> None:
    """409 names the row that is there."""
    assert http.post(COUNTRIES, json={"code": "IT", "name": "Italy"}).status_code == 201
    problem = http.post(COUNTRIES, json={"code": "IT", "name": "Italia"}).json()
    assert problem["status"] == 409
    assert (problem["fields"], problem["key"]) == (["code"], "IT")


@pytest.mark.parametrize("key", ["0", "-1", "01", "+1", "1.5", "abc", "9007199254740992", "%20"])
@pytest.mark.parametrize("path", [SAMPLES, TICKETS])
def test_integer_keys_that_are_none(http: TestClient, path: str, key: str) -> None:
    """422; a well-formed one of no row is 404, and so is `1.0`, which the schema cannot refuse."""
    answer = http.get(f"{path}/{key}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"][0] == "path"
    for absent in ("9007199254740991", "1.0"):
        problem = http.get(f"{path}/{absent}").json()
        assert (problem["status"], problem["type"]) == (404, "/problems/unknown-key")


@pytest.mark.parametrize("path", [EVENTS, VISITS])
def test_uuid_keys(http: TestClient, path: str) -> None:
    """36 characters in either case; other spellings are 422."""
    for wrong in (GIVEN.replace("-", ""), f"{{{GIVEN}}}", f"urn:uuid:{GIVEN}", GIVEN[:-1], "1"):
        assert http.get(f"{path}/{wrong}").status_code == 422
    absent = str(uuid.uuid4())
    for key in (absent, absent.upper()):
        problem = http.get(f"{path}/{key}").json()
        assert (problem["status"], problem["type"]) == (404, "/problems/unknown-key")


def test_a_uuid_that_the_client_gives(http: TestClient) -> None:
    """Creating is safe to repeat: 409 names the row that is there."""
    body = {"id": GIVEN.upper(), "kind": "x"}
    created = http.post(EVENTS, json=body)
    assert created.json()["id"] == GIVEN
    assert created.headers["location"] == f"{EVENTS}/{GIVEN}"
    assert http.get(f"{EVENTS}/{GIVEN.upper()}").json() == created.json()
    for again in (body, body | {"id": GIVEN, "kind": "y"}):
        problem = http.post(EVENTS, json=again).json()
        assert (problem["status"], problem["key"], problem["fields"]) == (409, GIVEN, ["id"])
    assert http.post(EVENTS, json={"kind": "x"}).status_code == 422


def test_an_integer_that_the_client_gives(http: TestClient) -> None:
    """From 1 to 2^53 - 1, and never changed."""
    most = 2**53 - 1
    for key in (1, 7.0, most):
        created = http.post(TICKETS, json={"id": key})
        assert (created.status_code, created.json()["id"]) == (201, int(key))
        assert http.get(created.headers["location"]).json() == created.json()
    for wrong in (0, -1, most + 1, 1.5, "2", True, None):
        answer = http.post(TICKETS, json={"id": wrong})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["loc"] == ["body", "id"]
    problem = http.post(TICKETS, json={"id": 7}).json()
    assert (problem["status"], problem["key"], problem["constraint"]) == (409, 7, "id")
    assert http.patch(f"{TICKETS}/7", json={"id": 8}).status_code == 422


def test_uuid7_keys_go_up(http: TestClient) -> None:
    """Also within a millisecond, so that lists by key are lists by age."""
    made = [http.post(VISITS, json={"page": str(number)}).json()["id"] for number in range(50)]
    assert {uuid.UUID(one).version for one in made} == {7}
    assert made == sorted(made)
    listed = http.get(VISITS, params={"pageSize": 100}).json()
    assert [row["id"] for row in listed] == made


def test_fields_called_like_types_and_builtins(http: TestClient) -> None:
    """They are fields like others."""
    body = {"date": "2026-11-22", "time": "10:00:00", "bytes": 3, "type": "a", "match": True}
    more = body | {"list": [1.5, 2], "keys": "k"}
    created = http.post(TICKETS, json={"id": 100} | more)
    assert created.json() == {"id": 100} | more
    assert http.patch(f"{TICKETS}/100", json={"time": None}).json() == created.json() | {
        "time": None
    }
