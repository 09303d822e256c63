"""The contract's own examples, sent to the service: they are rows that it takes."""

from __future__ import annotations

from typing import Any, TypeAlias

from httpx2 import Response
from starlette.testclient import TestClient

from generator.ir import Resource
from generator.lower import lower
from generator.parse import parse
from generator.source import read
from tests.services import WAREHOUSE, client, compiled

TAKEN = {"/problems/unique-taken", "/problems/reference-missing"}

Json: TypeAlias = Any


def test_examples_are_taken(database_url: str) -> None:
    """Each POST, in the order of the resources, is 201, or is refused for other rows alone."""
    contract = compiled(WAREHOUSE).contract()
    service = lower(parse(read(WAREHOUSE.read_bytes(), WAREHOUSE)))
    with client(WAREHOUSE, database_url) as http:
        for resource in service.resources:
            give_parent(http, contract, resource)
            created = post(http, contract, resource.path)
            assert created.status_code == 201, (resource.name, created.text)
            for operation in resource.operations:
                if operation.kind == "bulk_create":
                    answer = post(http, contract, operation.path)
                    assert answer.status_code == 201 or answer.json()["type"] in TAKEN, answer.text
        for resource in service.resources:
            change(http, contract, resource.item_path)


def give_parent(http: TestClient, contract: Json, resource: Resource) -> None:
    """Make the row of the same resource that the example refers to."""
    own = [one.field_wire for one in resource.relations if one.target == resource.name]
    if own:
        root = body(contract, resource.path, "post") | dict.fromkeys(own)
        assert http.post(resource.path, json=root).status_code == 201


def post(http: TestClient, contract: Json, path: str) -> Response:
    """Send the example of a body."""
    return http.post(path, json=body(contract, path, "post"))


def change(http: TestClient, contract: Json, path: str) -> None:
    """Send the examples that change a row to the one that the first example made."""
    rows = http.get(path.rpartition("/")[0]).json()
    row = (rows["items"] if isinstance(rows, dict) else rows)[0]
    for method in ("put", "patch"):
        if method in contract["paths"][path]:
            there = f"{path.rpartition('/')[0]}/{row['id']}"
            answer = http.request(method, there, json=body(contract, path, method))
            assert answer.status_code == 200 or answer.json()["type"] in TAKEN, answer.text


def body(contract: Json, path: str, method: str) -> Json:
    """Read the example of a body."""
    request = contract["paths"][path][method]["requestBody"]
    return request["content"]["application/json"]["example"]
