"""A row may refer to rows of its own table that are there, and to itself where its key is known."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.services import client

SPEC = """
spec: 1
service: {name: tree, version: 1}
resources:
  Node:
    fields: {name: string(..9)}
    relations: {parent: {to: Node?, inverse: children}}
    endpoints: {create: , list: , update: , bulk_create: }
  Token:
    key: {type: uuid, given: client}
    fields: {name: string(..9)}
    relations: {parent: {to: Token?, inverse: children}}
    endpoints: [create, list]
"""


@pytest.fixture
def tree(database_url: str) -> Iterator[TestClient]:
    """Serve an empty tree."""
    with client(SPEC, database_url) as http:
        yield http


def test_a_key_that_is_guessed_is_missing(tree: TestClient) -> None:
    """A new row does not refer to itself, or to a later one, by the key that it will get."""
    alone = {"name": "a", "parent_id": 1}
    for path, body in (
        ("/nodes", alone),
        ("/nodes:bulk-create", {"items": [alone]}),
        ("/nodes:bulk-create", {"items": [{"name": "a", "parent_id": 2}, {"name": "b"}]}),
    ):
        refused = tree.post(path, json=body)
        assert refused.status_code == 409
        assert refused.json()["relation"] == "parent"
    assert tree.get("/nodes").json() == []


def test_a_row_that_is_there_may_refer_to_itself(tree: TestClient) -> None:
    """An update knows the key."""
    key = tree.post("/nodes", json={"name": "a"}).json()["id"]
    assert tree.patch(f"/nodes/{key}", json={"parent_id": key}).json()["parent_id"] == key


def test_a_key_that_the_client_gives_is_known(tree: TestClient) -> None:
    """The new row may refer to itself."""
    key = str(uuid4())
    created = tree.post("/tokens", json={"id": key, "name": "a", "parent_id": key})
    assert created.status_code == 201
    assert created.json()["parent_id"] == key
