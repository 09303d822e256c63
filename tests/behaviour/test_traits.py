"""Traits and defaults: what is mixed into a resource works as if it stood there."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.services import client, compiled

from .related import conflict, make, stored

TRAITS = """
spec: 1
service: {name: traits, version: 1}
defaults:
  timestamps: true
  soft_delete: true
  concurrency: etag
  list: {page: {count: true, size: 7}}
traits:
  Named:
    fields:
      name: {type: string(1..40), index: true}
      alias: string(1..40)?
    unique: {alias_once: [alias]}
    rules: {other_alias: {check: alias != name, message: An alias is another name.}}
  Placed:
    with: [Named]
    fields: {floor: integer(0..99) = 0}
    relations:
      site: {to: Site?, inverse: placed}
    rules:
      ground_only:
        check: site is not null or floor == 0
        message: Without a site, it is on the ground.
    indexes: {by_floor: [site, -floor]}
resources:
  Site:
    with: [Named]
    timestamps: false
    endpoints: [create, read, update, delete]
  Desk:
    with: [Placed]
    fields: {width: integer(1..500) = 100}
    rules: {narrow_upstairs: width <= 200 or floor < 10}
    endpoints:
      create:
      list: {filter: [name, site], under: [site]}
      read:
      update:
      delete:
  Lamp:
    with: [Placed]
    soft_delete: false
    concurrency: none
    timestamps: false
    endpoints:
      create:
      list: {filter: [name], page: {count: false}}
      read:
      update:
      delete:
"""


@pytest.fixture(scope="module")
def traits(module_database_url: str) -> Iterator[TestClient]:
    """Talk to a service of traits, on each database in turn."""
    with client(TRAITS, module_database_url) as http:
        yield http


PLACED = ["/desks", "/lamps"]


@pytest.mark.parametrize("path", ["/sites", *PLACED])
def test_fields_and_unique_sets(traits: TestClient, path: str) -> None:
    """Each resource has them for itself: what one has taken, another still may."""
    name, alias = uuid4().hex, uuid4().hex
    taken = make(traits, path, name=name, alias=alias)
    assert (taken["name"], taken["alias"]) == (name, alias)
    again = traits.post(path, json={"name": name, "alias": alias})
    conflict(again, "unique-taken", constraint="alias_once", fields=["alias"], key=taken["id"])
    for other in {"/sites", *PLACED} - {path}:
        make(traits, other, name=name, alias=alias)
        assert traits.patch(f"{path}/{taken['id']}", json={"alias": alias}).status_code == 200
        alias = uuid4().hex
        assert traits.patch(f"{path}/{taken['id']}", json={"alias": alias}).status_code == 200
    for body in ({}, {"name": ""}, {"name": None}, {"name": "a" * 41}, {"name": "a", "alias": 1}):
        assert traits.post(path, json=body).status_code == 422


@pytest.mark.parametrize("path", ["/sites", *PLACED])
def test_rules_of_a_trait_of_a_trait(traits: TestClient, path: str) -> None:
    """They hold on every write of every resource that has them."""
    told = {
        "rule": "other_alias",
        "message": "An alias is another name.",
        "fields": ["alias", "name"],
    }
    conflict(traits.post(path, json={"name": "a", "alias": "a"}), "rule-broken", **told)
    made = make(traits, path, name="a")
    conflict(traits.patch(f"{path}/{made['id']}", json={"alias": "a"}), "rule-broken", **told)


@pytest.mark.parametrize("path", PLACED)
def test_relations_and_rules_over_them(traits: TestClient, path: str) -> None:
    """Two resources refer to one by the same relation, and both hold it."""
    site = make(traits, "/sites", name="a site")["id"]
    above = traits.post(path, json={"name": "above", "floor": 2})
    told = {"rule": "ground_only", "fields": ["site_id", "floor"]}
    conflict(above, "rule-broken", message="Without a site, it is on the ground.", **told)
    missing = traits.post(path, json={"name": "a", "site_id": 999999999})
    conflict(missing, "reference-missing", relation="site")
    made = make(traits, path, name="above", floor=2, site_id=site)
    row = f"{path}/{made['id']}"
    conflict(traits.patch(row, json={"site_id": None}), "rule-broken", **told)
    held = traits.delete(f"/sites/{site}")
    conflict(held, "still-referenced", relation="site", resource=path[1:-1])
    assert traits.delete(row).status_code == 204
    assert traits.delete(f"/sites/{site}").status_code == 204


def test_own_parts_beside_those_of_traits(traits: TestClient) -> None:
    """What a resource says itself comes first, and holds beside what is mixed in."""
    site = make(traits, "/sites", name="a site")["id"]
    whole = {"name": "n", "width": 201, "floor": 10, "site_id": site}
    conflict(traits.post("/desks", json=whole), "rule-broken", rule="narrow_upstairs")
    both = traits.post("/desks", json=whole | {"alias": "n"})
    conflict(both, "rule-broken", rule="narrow_upstairs")
    made = make(traits, "/desks", **whole | {"floor": 9})
    assert list(made) == [
        "id", "width", "floor", "name", "alias", "site_id", "version", "created_at", "updated_at",
    ]  # fmt: skip
    assert traits.get(f"/sites/{site}/placed").json() == [made]
    assert traits.get("/desks", params={"name": "n", "site_id": site}).json() == [made]


def test_defaults(traits: TestClient) -> None:
    """What all resources have by default: versions, times, and marks in place of deletions."""
    desk = traits.post("/desks", json={"name": "d"})
    row = f"/desks/{desk.json()['id']}"
    assert desk.headers["etag"] == '"1"'
    assert desk.json()["created_at"] == desk.json()["updated_at"]
    assert traits.patch(row, json={"width": 1}, headers={"If-Match": '"9"'}).status_code == 412
    listed = traits.get("/desks")
    assert "x-total-count" in listed.headers
    assert listed.headers["etag"].startswith('W/"')
    assert traits.delete(row, headers={"If-Match": '"1"'}).status_code == 204
    assert traits.get(row).status_code == 404
    (deleted,) = stored(traits, f"SELECT deleted_at FROM desks WHERE id = {desk.json()['id']}")
    assert deleted[0] is not None


def test_defaults_that_a_resource_undoes(traits: TestClient) -> None:
    """There are no versions, no times, no marks; the rest of the defaults still holds."""
    lamp = traits.post("/lamps", json={"name": "l"})
    row = f"/lamps/{lamp.json()['id']}"
    assert "etag" not in lamp.headers
    assert lamp.json().keys() == {"id", "floor", "name", "alias", "site_id"}
    assert traits.patch(row, json={"floor": 0}, headers={"If-Match": '"9"'}).status_code == 200
    listed = traits.get("/lamps")
    assert not listed.headers.keys() & {"etag", "x-total-count"}
    assert traits.get(row, headers={"If-None-Match": "*"}).status_code == 200
    for _ in range(8):
        make(traits, "/lamps", name="one of many")
    assert len(traits.get("/lamps").json()) == 7
    assert traits.delete(row, headers={"If-Match": '"9"'}).status_code == 204
    assert stored(traits, f"SELECT id FROM lamps WHERE id = {lamp.json()['id']}") == []
    site = make(traits, "/sites", name="timeless")
    assert site.keys() == {"id", "name", "alias", "version"}


def test_in_the_contract() -> None:
    """What is mixed in is documented with each resource; 412 only where there are tags."""
    contract = compiled(TRAITS).contract()
    schemas = contract["components"]["schemas"]
    for name in ("Site", "Desk", "Lamp"):
        assert {"name", "alias"} <= schemas[name]["properties"].keys()
        assert "An alias is another name." in schemas[f"{name}Create"]["description"]
    paths = contract["paths"]
    assert "412" in paths["/desks/{desk_id}"]["patch"]["responses"]
    assert "412" not in paths["/lamps/{lamp_id}"]["patch"]["responses"]
