"""What becomes of rows when one that they refer to is deleted: refused, deleted too, let go."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.services import client

from .related import RELATIONS, Answered, conflict, make, parcel, stored, supplier, tag, warehouse


def there(http: TestClient, path: str, row: Answered) -> bool:
    """Tell whether a row can still be read."""
    status = http.get(f"/r/{path}/{row['id']}").status_code
    assert status in (200, 404)
    return status == 200


def named(http: TestClient, path: str, **fields: object) -> Answered:
    """Create a row that has a name and what is given."""
    return make(http, f"/r/{path}", name="A name", **fields)


def test_restrict(related: TestClient) -> None:
    """A row that another needs stays; the problem names the relation and the other resource."""
    home = warehouse(related)
    row = parcel(related, warehouse_id=home["id"])
    path = f"/r/warehouses/{home['id']}"
    problem = conflict(
        related.delete(path), "still-referenced", relation="warehouse", resource="parcel"
    )
    assert "warehouse" in problem["detail"]
    assert related.get(path).json() == home
    assert related.delete(f"/r/parcels/{row['id']}").status_code == 204
    assert related.delete(path).status_code == 204


@pytest.mark.parametrize(
    ("path", "fields", "name"),
    [
        ("makers", {"name": "A"}, "producer_id"),
        ("customers", {"name": "A", "id": "5aa1ad2a-9ccd-4b1c-8a3a-8a5a6a7a8a9a"}, "customer_id"),
        ("lots", {"name": "A", "id": 77}, "lot_id"),
        ("countries", {"name": "A", "code": "RES"}, "country_id"),
    ],
)
def test_restrict_is_the_default(
    related: TestClient, path: str, fields: dict[str, object], name: str
) -> None:
    """An optional reference restricts as well, whatever its key, until it is cleared."""
    made = make(related, f"/r/{path}", **fields)
    key = made.get("id", made.get("code"))
    row = parcel(related, **{name: key})
    relation = "maker" if path == "makers" else name.removesuffix("_id")
    answer = related.delete(f"/r/{path}/{key}")
    conflict(answer, "still-referenced", relation=relation, resource="parcel")
    if name == "lot_id":
        related.delete(f"/r/parcels/{row['id']}")
    else:
        assert related.patch(f"/r/parcels/{row['id']}", json={name: None}).status_code == 200
    assert related.delete(f"/r/{path}/{key}").status_code == 204


def test_set_null(related: TestClient) -> None:
    """Rows that refer to it stay, refer to nothing, and have another version."""
    key = supplier(related)
    seal = make(related, "/r/seals", number=9)["id"]
    rows = [parcel(related, supplier_id=key) for _ in range(3)]
    sealed = parcel(related, seal_id=seal)
    bystander = parcel(related, supplier_id=supplier(related))
    assert related.delete(f"/r/suppliers/{key}").status_code == 204
    for row in rows:
        left = related.get(f"/r/parcels/{row['id']}").json()
        assert left == row | {"supplier_id": None, "version": row["version"] + 1}
    assert related.get(f"/r/parcels/{bystander['id']}").json() == bystander
    assert related.delete(f"/r/seals/{seal}").status_code == 204
    assert related.get(f"/r/parcels/{sealed['id']}").json()["seal_id"] is None


def test_set_null_changes_when_it_was_updated(related: TestClient) -> None:
    """The row has changed: its time and its tag say so, and an old tag no longer fits."""
    place = bins(related)[-1]
    note = named(related, "notes", bin_id=place["id"])
    assert related.delete(f"/r/bins/{place['id']}").status_code == 204
    answer = related.get(f"/r/notes/{note['id']}")
    left = answer.json()
    assert left["bin_id"] is None
    assert left["updated_at"] > note["updated_at"]
    assert left["created_at"] == note["created_at"]
    assert answer.headers["etag"] == f'"{note["version"] + 1}"'
    stale = related.delete(f"/r/notes/{note['id']}", headers={"If-Match": f'"{note["version"]}"'})
    assert stale.status_code == 412


def bins(http: TestClient) -> tuple[Answered, Answered, Answered]:
    """Create a region, a site in it and a bin in that."""
    region = named(http, "regions")
    site = named(http, "sites", region_id=region["id"], tag_ids=[tag(http)])
    return region, site, named(http, "bins", site_id=site["id"])


def test_cascade(related: TestClient) -> None:
    """What belongs to a row goes with it, at any depth; what refers to that is let go."""
    region, site, place = bins(related)
    others = bins(related)
    note = named(related, "notes", bin_id=place["id"])
    more = [named(related, "bins", site_id=site["id"]) for _ in range(3)]
    assert related.delete(f"/r/regions/{region['id']}").status_code == 204
    gone = [there(related, "sites", site)] + [there(related, "bins", one) for one in more]
    assert not any([*gone, there(related, "bins", place)])
    assert related.get(f"/r/notes/{note['id']}").json()["bin_id"] is None
    assert related.get(f"/r/tags/{site['tag_ids'][0]}").status_code == 200
    assert stored(related, f"SELECT * FROM site_tags WHERE site_id = {site['id']}") == []
    paths = ("regions", "sites", "bins")
    assert all(there(related, path, row) for path, row in zip(paths, others, strict=True))


def test_restricted_at_depth(related: TestClient) -> None:
    """One row far below that is held keeps everything above it, and nothing at all is changed."""
    region, site, place = bins(related)
    free = named(related, "bins", site_id=site["id"])
    note = named(related, "notes", bin_id=free["id"])
    hold = named(related, "holds", bin_id=place["id"])
    for path, row in (("regions", region), ("sites", site), ("bins", place)):
        answer = related.delete(f"/r/{path}/{row['id']}")
        conflict(answer, "still-referenced", relation="bin", resource="hold")
    assert there(related, "bins", free)
    assert related.get(f"/r/notes/{note['id']}").json() == note
    assert related.get(f"/r/sites/{site['id']}").json() == site
    assert related.delete(f"/r/holds/{hold['id']}").status_code == 204
    assert related.delete(f"/r/regions/{region['id']}").status_code == 204
    assert not there(related, "bins", free)


def test_what_restricts_may_go_too(related: TestClient) -> None:
    """A row that is held only by what its deletion takes along is not held."""
    region, site, place = bins(related)
    hold = named(related, "holds", bin_id=place["id"], region_id=region["id"])
    answer = related.delete(f"/r/sites/{site['id']}")
    conflict(answer, "still-referenced", relation="bin", resource="hold")
    assert related.delete(f"/r/regions/{region['id']}").status_code == 204
    assert not there(related, "bins", place)
    assert not there(related, "holds", hold)


def tree(http: TestClient, path: str, depth: int) -> list[Answered]:
    """Create a row, two in it, and so on below the first of the two."""
    rows = [named(http, path)]
    above = rows[0]
    for _ in range(depth):
        some = [named(http, path, parent_id=above["id"]) for _ in range(2)]
        above = some[0]
        rows += some
    return rows


def test_cascade_through_a_tree(related: TestClient) -> None:
    """The rows below a row go with it; its parent and its siblings stay."""
    rows = tree(related, "categories", 6)
    assert related.delete(f"/r/categories/{rows[1]['id']}").status_code == 204
    assert [there(related, "categories", row) for row in rows] == [True, False, True] + [False] * 10
    assert related.delete(f"/r/categories/{rows[0]['id']}").status_code == 204
    assert not there(related, "categories", rows[2])


def test_a_row_that_belongs_to_itself(related: TestClient) -> None:
    """Going with itself, or being held by itself alone, keeps no row."""
    for path in ("categories", "folders"):
        row = named(related, path)
        url = f"/r/{path}/{row['id']}"
        assert related.patch(url, json={"parent_id": row["id"]}).status_code == 200
        assert related.delete(url).status_code == 204
        assert not there(related, path, row)


def test_a_circle(related: TestClient) -> None:
    """Rows that refer to each other in a circle go together where one goes."""
    rows = tree(related, "categories", 2)
    url = f"/r/categories/{rows[0]['id']}"
    assert related.patch(url, json={"parent_id": rows[3]["id"]}).status_code == 200
    assert related.delete(f"/r/categories/{rows[1]['id']}").status_code == 204
    assert not any(there(related, "categories", row) for row in rows)


def test_a_circle_that_restricts(related: TestClient) -> None:
    """Rows that hold each other can go together, as they can where one takes the other along."""
    rows = tree(related, "folders", 2)
    url = f"/r/folders/{rows[0]['id']}"
    assert related.patch(url, json={"parent_id": rows[3]["id"]}).status_code == 200
    answer = related.post("/r/folders:bulk-delete", json={"ids": [row["id"] for row in rows]})
    assert answer.json() == {"deleted": 5}


def test_the_foreign_keys_of_a_circle(fresh_postgres_url: str, fresh_sqlite_url: str) -> None:
    """Tables that refer to each other have them in both databases, opened by one process."""
    with client(RELATIONS, fresh_postgres_url):
        pass
    with client(RELATIONS, fresh_sqlite_url) as http:
        for table, others in (("sites", ["regions"]), ("regions", ["sites", "sites"])):
            found = stored(http, f"SELECT \"table\" FROM pragma_foreign_key_list('{table}')")
            assert [row[0] for row in found] == others


@pytest.mark.parametrize("relation", ["capital", "port"])
def test_a_circle_of_two_resources(related: TestClient, relation: str) -> None:
    """A row that is held by what belongs to it goes with it."""
    region, site, place = bins(related)
    url = f"/r/regions/{region['id']}"
    assert related.patch(url, json={f"{relation}_id": site["id"]}).status_code == 200
    if relation == "capital":
        answer = related.delete(f"/r/sites/{site['id']}")
        conflict(answer, "still-referenced", relation="capital", resource="region")
        assert related.delete(url).status_code == 204
    else:
        assert related.delete(f"/r/sites/{site['id']}").status_code == 204
    gone = (("regions", region), ("sites", site), ("bins", place))
    assert not any(there(related, path, row) for path, row in gone)


def test_a_restricted_tree(related: TestClient) -> None:
    """A row with rows in it stays; from the leaves up, the tree can be taken down."""
    rows = tree(related, "folders", 2)
    for row in rows[:2]:
        answer = related.delete(f"/r/folders/{row['id']}")
        conflict(answer, "still-referenced", relation="parent", resource="folder")
    assert all(related.delete(f"/r/folders/{row['id']}").status_code == 204 for row in rows[::-1])


def test_bulk_delete(related: TestClient) -> None:
    """One row that is held stops all; what refers to each other can go together."""
    rows = tree(related, "folders", 2)
    some = [row["id"] for row in rows]
    answer = related.post("/r/folders:bulk-delete", json={"ids": some[:2]})
    problem: Any = conflict(answer, "still-referenced", relation="parent", resource="folder")
    assert problem["status"] == 409
    assert all(there(related, "folders", row) for row in rows)
    answer = related.post("/r/folders:bulk-delete", json={"ids": [*some, 987_654_321]})
    assert (answer.status_code, answer.json()) == (200, {"deleted": 5})
    assert not any(there(related, "folders", row) for row in rows)


def test_bulk_delete_cascades(related: TestClient) -> None:
    """The number is that of the rows named, not of those that go with them."""
    first, second = bins(related), bins(related)
    ids = [first[0]["id"], second[0]["id"]]
    hold = named(related, "holds", bin_id=second[2]["id"])
    answer = related.post("/r/regions:bulk-delete", json={"ids": ids})
    conflict(answer, "still-referenced", relation="bin")
    assert there(related, "bins", first[2])
    related.delete(f"/r/holds/{hold['id']}")
    assert related.post("/r/regions:bulk-delete", json={"ids": ids}).json() == {"deleted": 2}
    assert not there(related, "bins", first[2])
    assert not there(related, "sites", second[1])


def test_a_deep_tree(related: TestClient) -> None:
    """Nothing is too deep to be deleted."""
    above: Answered = named(related, "categories")
    root = above
    for _ in range(150):
        above = named(related, "categories", parent_id=above["id"])
    assert related.delete(f"/r/categories/{root['id']}").status_code == 204
    assert not there(related, "categories", above)


def test_no_such_row(related: TestClient) -> None:
    """Deleting twice is 404, as of what never was."""
    region, *_ = bins(related)
    assert related.delete(f"/r/regions/{region['id']}").status_code == 204
    assert related.delete(f"/r/regions/{region['id']}").status_code == 404
    assert related.delete("/r/categories/987654321").status_code == 404
    assert related.delete("/r/suppliers/00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_version_comes_first(related: TestClient) -> None:
    """A stale tag is 412 before a row that is still referred to is 409."""
    row = parcel(related)
    make(related, "/r/moves", step=1, parcel_id=row["id"])
    path = f"/r/parcels/{row['id']}"
    assert related.delete(path, headers={"If-Match": '"99"'}).status_code == 412
    assert there(related, "parcels", row)
    tagged = related.get(path).headers["etag"]
    assert related.delete(path, headers={"If-Match": tagged}).status_code == 204
    assert stored(related, f"SELECT * FROM moves WHERE parcel_id = {row['id']}") == []
