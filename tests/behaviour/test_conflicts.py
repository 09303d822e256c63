"""Unique sets: over one field and several, with nulls, and with case ignored; also under a race."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.services import CATALOG, async_client, client

from .samples import SAMPLES, sample

NULLS = """
spec: 1
service: {name: nulls, version: 1}
resources:
  Seat:
    unique: {place: [row, number]}
    fields:
      row: {type: string(..5)?}
      number: {type: integer?}
      badge: {type: string(..5)?, unique: ignore_case}
    endpoints: [create, read, update]
"""


def product(**fields: object) -> dict[str, object]:
    """Make a product of the catalog."""
    return {"sku": "AB-1", "title": "A title", "unit_price": 1.5} | fields


@pytest.fixture(scope="module")
def seats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Talk to a service whose unique sets may hold nulls."""
    file = tmp_path_factory.mktemp("nulls") / "nulls.db"
    with client(NULLS, f"sqlite+aiosqlite:///{file}") as http:
        yield http


def test_a_set_of_several_fields(http: TestClient) -> None:
    """The conflict names the set, its fields and the row in the way."""
    first = http.post(SAMPLES, json=sample(name="pair", colour="red")).json()
    assert http.post(SAMPLES, json=sample(name="pair", colour="blue")).status_code == 201
    problem = http.post(SAMPLES, json=sample(name="pair", colour="red")).json()
    assert problem["status"] == 409
    assert problem["type"] == "/problems/unique-taken"
    assert (problem["constraint"], problem["fields"]) == ("name_per_colour", ["name", "colour"])
    assert problem["key"] == first["id"]


def test_a_set_on_update(http: TestClient) -> None:
    """A row is never in its own way; what an update leaves counts too."""
    first = http.post(SAMPLES, json=sample(name="own", colour="red")).json()
    second = http.post(SAMPLES, json=sample(name="own", colour="green")).json()
    path = f"{SAMPLES}/{first['id']}"
    assert http.patch(path, json={"name": "own", "colour": "red"}).status_code == 200
    problem = http.patch(path, json={"colour": "green"}).json()
    assert (problem["status"], problem["key"]) == (409, second["id"])
    assert http.get(path).json()["colour"] == "red"
    body = {
        name: value for name, value in sample(name="own", colour="green").items() if name != "batch"
    }
    assert http.put(path, json=body).status_code == 409


def test_ascii_case_ignored(seats: TestClient) -> None:
    """A to Z, and no other letters."""
    first = seats.post("/seats", json={"badge": "aÄß"}).json()
    problem = seats.post("/seats", json={"badge": "AÄß"}).json()
    assert (problem["status"], problem["key"]) == (409, first["id"])
    assert (problem["constraint"], problem["fields"]) == ("badge", ["badge"])
    for other in ("aäß", "aÄSS", "İ", "i̇", "K", "\u212a"):
        assert seats.post("/seats", json={"badge": other}).status_code == 201


def test_rows_with_a_null_never_clash(seats: TestClient) -> None:
    """Neither in a set of one nor of several; without a null they do."""
    for body in ({}, {"row": "A"}, {"number": 1}, {"row": None, "number": None, "badge": None}):
        for _ in range(2):
            assert seats.post("/seats", json=body).status_code == 201
    first = seats.post("/seats", json={"row": "A", "number": 1}).json()
    assert seats.post("/seats", json={"row": "A", "number": 1}).json()["key"] == first["id"]
    half = seats.post("/seats", json={"row": "A"}).json()
    assert seats.patch(f"/seats/{half['id']}", json={"number": 1}).status_code == 409
    assert seats.patch(f"/seats/{first['id']}", json={"number": None}).status_code == 200
    assert seats.patch(f"/seats/{half['id']}", json={"number": 1}).status_code == 200


def test_the_first_set_in_the_order_of_the_spec_is_named(http: TestClient) -> None:
    """Where several are taken at once, on every database the same."""
    first = http.post(SAMPLES, json=sample(name="order", code="ZZ01")).json()
    second = http.post(SAMPLES, json=sample(code="ZZ02")).json()
    both = sample(name="order", code="ZZ01", token=second["token"])
    assert http.post(SAMPLES, json=both).json()["constraint"] == "code"
    assert http.post(SAMPLES, json=both | {"code": "ZZ03"}).json()["constraint"] == "token"
    problem = http.post(SAMPLES, json=sample(name="order")).json()
    assert (problem["constraint"], problem["key"]) == ("name_per_colour", first["id"])


@pytest.mark.anyio
async def test_a_race_for_one_value(database_url: str) -> None:
    """One create is answered 201, the others 409, on both databases."""
    # On a busy machine the usual time-outs would answer some with 503.
    patient = {"pool_timeout": 60, "connect_timeout": 60, "busy_timeout": 60}
    async with async_client(CATALOG, database_url, settings=patient) as (http, _):
        answers = await asyncio.gather(
            *(http.post("/catalog/products", json=product()) for _ in range(30))
        )
        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 29}
        [key] = [answer.json()["id"] for answer in answers if answer.status_code == 201]
        taken = [answer.json() for answer in answers if answer.status_code == 409]
        assert {(one["key"], one["constraint"]) for one in taken} == {(key, "sku")}
        assert len((await http.get("/catalog/products")).json()) == 1
