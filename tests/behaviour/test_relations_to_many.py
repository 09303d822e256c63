"""Links: a row's keys of others, written as a whole and answered in the order of the keys."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.services import async_client

from .related import (
    RELATIONS,
    Answered,
    conflict,
    country,
    keys,
    make,
    parcel,
    supplier,
    tag,
    warehouse,
)

PARCELS = "/r/parcels"
LISTS = ("tag_ids", "zone_codes", "source_ids", "part_ids")


def body(created: Answered, **fields: object) -> dict[str, object]:
    """Make the least that replaces a parcel."""
    return {"code": created["code"], "warehouse_id": created["warehouse_id"]} | fields


def test_absent_on_create(related: TestClient) -> None:
    """A row that names none is linked to none, and says so."""
    created = parcel(related)
    assert [created[name] for name in LISTS] == [[], [], [], []]
    assert related.get(f"{PARCELS}/{created['id']}").json() == created


def test_the_order_of_keys(related: TestClient) -> None:
    """Keys are answered in their order, however they were sent: numbers by value."""
    some = [tag(related) for _ in range(12)][-3:]
    suppliers = [supplier(related) for _ in range(5)]
    zones = [country(related, code) for code in ("ZA", "AT", "CHE", "CH")]
    parts = keys([parcel(related) for _ in range(3)])
    created = parcel(
        related,
        tag_ids=some[::-1],
        source_ids=suppliers,
        zone_codes=zones,
        part_ids=[parts[1], parts[2], parts[0]],
    )
    assert created["tag_ids"] == some
    assert created["source_ids"] == sorted(suppliers)
    assert created["zone_codes"] == ["AT", "CH", "CHE", "ZA"]
    assert created["part_ids"] == parts
    assert related.get(f"{PARCELS}/{created['id']}").json() == created
    query = {"warehouse_id": created["warehouse_id"]}
    assert related.get(PARCELS, params=query).json() == [created]


def test_numbers_by_value(related: TestClient) -> None:
    """9 comes before 10, as it does not in text."""
    while tag(related) % 10 != 8:
        pass
    some = [tag(related), tag(related)]
    assert some[0] % 10 == 9
    assert parcel(related, tag_ids=some[::-1])["tag_ids"] == some


def test_replace(related: TestClient) -> None:
    """The whole list is replaced; absent, it is empty."""
    first, second, third = tag(related), tag(related), tag(related)
    created = parcel(related, tag_ids=[first, second])
    path = f"{PARCELS}/{created['id']}"
    replaced = related.put(path, json=body(created, tag_ids=[third, second]))
    assert replaced.json()["tag_ids"] == [second, third]
    assert related.get(path).json() == replaced.json()
    assert related.put(path, json=body(created)).json()["tag_ids"] == []
    assert related.get(path).json()["tag_ids"] == []


def test_update(related: TestClient) -> None:
    """Absent keeps the list; a list that is given replaces it, an empty one too; null is 422."""
    first, second = tag(related), tag(related)
    created = parcel(related, tag_ids=[first])
    path = f"{PARCELS}/{created['id']}"
    assert related.patch(path, json={"weight": 2}).json()["tag_ids"] == [first]
    assert related.patch(path, json={}).json()["tag_ids"] == [first]
    assert related.patch(path, json={"tag_ids": [second, first]}).json()["tag_ids"] == [
        first,
        second,
    ]
    assert related.patch(path, json={"tag_ids": None}).status_code == 422
    answer = related.patch(path, json={"tag_ids": [], "zone_codes": [country(related, "NL")]})
    assert (answer.json()["tag_ids"], answer.json()["zone_codes"]) == ([], ["NL"])
    assert related.get(path).json() == answer.json()


def test_links_raise_the_version(related: TestClient) -> None:
    """What changes the keys alone changes the row: it has another tag."""
    created = parcel(related)
    path = f"{PARCELS}/{created['id']}"
    before = related.get(path).headers["etag"]
    answer = related.patch(path, json={"tag_ids": [tag(related)]}, headers={"If-Match": before})
    assert answer.status_code == 200
    assert answer.headers["etag"] != before
    stale = related.patch(path, json={"tag_ids": []}, headers={"If-Match": before})
    assert stale.status_code == 412
    assert related.get(path).json() == answer.json()


@pytest.mark.parametrize(
    "wrong",
    [
        {"tag_ids": "1"},
        {"tag_ids": 1},
        {"tag_ids": ["1"]},
        {"tag_ids": [0]},
        {"tag_ids": [-1]},
        {"tag_ids": [None]},
        {"tag_ids": [[1]]},
        {"tag_ids": [1, 1]},
        {"tag_ids": [1, 1.0]},
        {"tag_ids": [1, 2, 3, 4]},
        {"zone_codes": ["be"]},
        {"zone_codes": ["BE", "BE"]},
        {"source_ids": ["00000000-0000-4000-8000-00000000000A"] * 2},
        {"zone_ids": []},
        {"tags": []},
        {"hidden_ids": []},
    ],
    ids=str,
)
def test_lists_that_break_the_contract(related: TestClient, wrong: dict[str, object]) -> None:
    """No key, one twice, more than `max`, a relation without `body`: 422, on every write."""
    created = parcel(related)
    path = f"{PARCELS}/{created['id']}"
    assert related.post(PARCELS, json=body(created, code="other") | wrong).status_code == 422
    assert related.put(path, json=body(created) | wrong).status_code == 422
    assert related.patch(path, json=wrong).status_code == 422
    assert related.get(path).json() == created


def test_the_same_uuid_in_two_spellings(related: TestClient) -> None:
    """A schema cannot see that they are one key: it is linked once, or it is a conflict."""
    key = supplier(related)
    created = related.post(
        PARCELS,
        json={
            "code": "twice",
            "warehouse_id": warehouse(related)["id"],
            "source_ids": [key, key.upper()],
        },
    )
    assert created.status_code in (201, 409)
    if created.status_code == 201:
        assert created.json()["source_ids"] == [key]


def test_as_many_as_max(related: TestClient) -> None:
    """The most that is allowed is allowed, by default 100."""
    assert len(parcel(related, tag_ids=[tag(related) for _ in range(3)])["tag_ids"]) == 3
    where = warehouse(related)["id"]
    parts = keys([parcel(related, warehouse_id=where) for _ in range(101)])
    assert parcel(related, part_ids=parts[1:])["part_ids"] == parts[1:]
    answer = related.post(PARCELS, json={"code": "c", "warehouse_id": where, "part_ids": parts})
    assert answer.status_code == 422


def test_missing_members(related: TestClient) -> None:
    """A key of no row is a conflict, and nothing at all is written."""
    first = tag(related)
    created = parcel(related, tag_ids=[first])
    path = f"{PARCELS}/{created['id']}"
    wrong: list[tuple[str, str, list[object]]] = [
        ("tags", "tag_ids", [first, 987_654_321]),
        ("zones", "zone_codes", ["ZZ"]),
        ("parts", "part_ids", [created["id"], 987_654_321]),
    ]
    for relation, name, linked in wrong:
        given = body(created, code="never", weight=50) | {name: linked}
        for answer in (
            related.post(PARCELS, json=given),
            related.put(path, json=given),
            related.patch(path, json={"weight": 50, name: linked}),
        ):
            conflict(answer, "reference-missing", relation=relation, fields=[name])
    assert related.get(path).json() == created
    where = {"warehouse_id": created["warehouse_id"]}
    assert related.get(PARCELS, params=where).json() == [created]
    given = body(created, code="never", source_ids=[str(uuid4())])
    conflict(related.post(PARCELS, json=given), "reference-missing", relation="sources")


def test_no_such_row_comes_first(related: TestClient) -> None:
    """A row that is not there is 404, and a stale tag 412, before a member that is missing."""
    created = parcel(related)
    wrong = {"tag_ids": [987_654_321]}
    for path, status in (("987654321", 404), (str(created["id"]), 412)):
        headers = {"If-Match": '"1000"'}
        url = f"{PARCELS}/{path}"
        assert related.patch(url, json=wrong, headers=headers).status_code == status
        put = related.put(url, json=body(created) | wrong, headers=headers)
        assert put.status_code == status


def test_an_immutable_list(related: TestClient) -> None:
    """`write: create` links once: later writes keep the links, and may not name them."""
    key = supplier(related)
    created = parcel(related, source_ids=[key])
    path = f"{PARCELS}/{created['id']}"
    assert related.patch(path, json={"source_ids": []}).status_code == 422
    assert related.put(path, json=body(created, source_ids=[key])).status_code == 422
    assert related.put(path, json=body(created)).json()["source_ids"] == [key]
    assert related.patch(path, json={"weight": 3}).json()["source_ids"] == [key]


def test_a_row_may_be_linked_to_itself(related: TestClient) -> None:
    """A relation of a resource to itself has two sides, and they are not the same."""
    first, second = parcel(related), parcel(related)
    path = f"{PARCELS}/{first['id']}"
    linked = related.patch(path, json={"part_ids": [second["id"], first["id"]]}).json()
    assert linked["part_ids"] == [first["id"], second["id"]]
    assert related.get(f"{PARCELS}/{second['id']}").json()["part_ids"] == []
    assert related.delete(path).status_code == 204
    assert related.get(f"{PARCELS}/{second['id']}").json() == second


def test_two_rows_share_members(related: TestClient) -> None:
    """Many to many: a row's links are its own."""
    shared, other = tag(related), tag(related)
    first, second = parcel(related, tag_ids=[shared, other]), parcel(related, tag_ids=[shared])
    related.patch(f"{PARCELS}/{first['id']}", json={"tag_ids": []})
    assert related.get(f"{PARCELS}/{second['id']}").json() == second


def test_links_go_with_either_end(related: TestClient) -> None:
    """Deleting a member takes it out of the answers of rows, whose versions rise."""
    gone, stays = tag(related), tag(related)
    zone = make(related, "/r/countries", code="QQ", name="Q")["code"]
    created = parcel(related, tag_ids=[gone, stays], zone_codes=[zone])
    bystander = parcel(related, tag_ids=[stays])
    path = f"{PARCELS}/{created['id']}"
    assert related.delete(f"/r/tags/{gone}").status_code == 204
    left = related.get(path).json()
    assert left == created | {"tag_ids": [stays], "version": left["version"]}
    assert left["version"] > created["version"]
    assert related.delete("/r/countries/QQ").status_code == 204
    assert related.get(path).json()["zone_codes"] == []
    assert related.get(f"{PARCELS}/{bystander['id']}").json() == bystander
    assert related.delete(path).status_code == 204
    assert related.get(f"/r/tags/{stays}").status_code == 200


@pytest.mark.anyio
async def test_writers_at_once(database_url: str) -> None:
    """Each writer is answered its own list, and the last one's stays: none is mixed of two."""
    async with async_client(RELATIONS, database_url) as (http, _):
        home = (await http.post("/r/warehouses", json={"name": "A"})).json()["id"]
        for number in range(6):
            await http.post("/r/tags", json={"name": f"{number}"})
        made = await http.post(PARCELS, json={"code": "A", "warehouse_id": home})
        path = f"{PARCELS}/{made.json()['id']}"
        lists = [[1, 2, 3], [4, 5, 6], [], [1, 6], [2, 4], [3], [5], [2, 3, 5]] * 3
        answers = await asyncio.gather(
            *(http.patch(path, json={"tag_ids": some}) for some in lists)
        )
        assert [answer.json()["tag_ids"] for answer in answers] == lists
        versions = sorted(answer.json()["version"] for answer in answers)
        assert versions == list(range(2, len(lists) + 2))
        last = max((answer.json() for answer in answers), key=lambda row: int(row["version"]))
        assert (await http.get(path)).json() == last


@pytest.mark.anyio
async def test_a_member_goes_meanwhile(database_url: str) -> None:
    """Linking to a row while it is deleted: the link is refused, or goes with the row."""
    async with async_client(RELATIONS, database_url) as (http, app):
        home = (await http.post("/r/warehouses", json={"name": "A"})).json()["id"]
        made = await http.post(PARCELS, json={"code": "A", "warehouse_id": home})
        path = f"{PARCELS}/{made.json()['id']}"
        for turn in range(20):
            key = (await http.post("/r/tags", json={"name": f"{turn}"})).json()["id"]
            requests = [http.patch(path, json={"tag_ids": [key]}), http.delete(f"/r/tags/{key}")]
            requests.insert(turn % 3, http.put(f"{path}/hidden/{key}"))
            statuses = {answer.status_code for answer in await asyncio.gather(*requests)}
            assert statuses <= {200, 204, 409}
            assert (await http.get(path)).json()["tag_ids"] == []
            assert list(await app.state.database.read("SELECT * FROM parcel_hidden", ())) == []
