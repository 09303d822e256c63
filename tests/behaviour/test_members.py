"""Members: single links of a row, added, removed and listed by paths of their own."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.services import async_client

from .related import RELATIONS, conflict, country, keys, make, parcel, see_deadlocks, tag

PARCELS = "/r/parcels"


def test_add(related: TestClient) -> None:
    """A member that is added stands among the row's keys; the row's version rises."""
    first, second = tag(related), tag(related)
    created = parcel(related, tag_ids=[second])
    path = f"{PARCELS}/{created['id']}"
    answer = related.put(f"{path}/tags/{first}")
    assert (answer.status_code, answer.content) == (204, b"")
    left = related.get(path).json()
    assert left["tag_ids"] == [first, second]
    assert left["version"] == created["version"] + 1


def test_adding_twice(related: TestClient) -> None:
    """What is there already stays: the same answer, and nothing changes."""
    first = tag(related)
    created = parcel(related, tag_ids=[first])
    path = f"{PARCELS}/{created['id']}"
    assert related.put(f"{path}/tags/{first}").status_code == 204
    assert related.get(path).json() == created


def test_remove(related: TestClient) -> None:
    """A link that is removed is gone; the member itself stays. Removing twice is no error."""
    first, second = tag(related), tag(related)
    created = parcel(related, tag_ids=[first, second])
    path = f"{PARCELS}/{created['id']}"
    answer = related.delete(f"{path}/tags/{first}")
    assert (answer.status_code, answer.content) == (204, b"")
    left = related.get(path).json()
    assert left["tag_ids"] == [second]
    assert left["version"] == created["version"] + 1
    assert related.delete(f"{path}/tags/{first}").status_code == 204
    assert related.get(path).json() == left
    assert related.get(f"/r/tags/{first}").status_code == 200


def test_removing_what_never_was(related: TestClient) -> None:
    """A member that does not exist is not linked, which is all that was asked for."""
    path = f"{PARCELS}/{parcel(related)['id']}"
    assert related.delete(f"{path}/tags/987654321").status_code == 204
    assert related.delete(f"{path}/zones/ZZZ").status_code == 204


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_unknown_owner(related: TestClient, method: str) -> None:
    """Nothing can be linked to a row that is not there, whether or not there is such a member."""
    for member in (tag(related), 987_654_321):
        answer = related.request(method, f"{PARCELS}/987654321/tags/{member}")
        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/unknown-key"


@pytest.mark.parametrize(
    ("path", "relation", "name"),
    [
        ("tags/987654321", "tags", "tag_ids"),
        ("zones/ZZZ", "zones", "zone_codes"),
        ("parts/987654321", "parts", "part_ids"),
    ],
)
def test_a_missing_member(related: TestClient, path: str, relation: str, name: str) -> None:
    """It is a conflict that names the relation, and changes nothing."""
    created = parcel(related)
    answer = related.put(f"{PARCELS}/{created['id']}/{path}")
    conflict(answer, "reference-missing", relation=relation, fields=[name])
    assert related.get(f"{PARCELS}/{created['id']}").json() == created


@pytest.mark.parametrize("path", ["x/tags/1", "0/tags/1", "1/tags/x", "1/tags/0", "1/zones/be"])
def test_keys_that_break_their_grammar(related: TestClient, path: str) -> None:
    """Either key in the path is typed as the key of its resource is."""
    assert related.put(f"{PARCELS}/{path}").status_code == 422
    assert related.delete(f"{PARCELS}/{path}").status_code == 422


def test_more_than_max(related: TestClient) -> None:
    """One more than the most is a conflict; one that is there already is not one more."""
    some = [tag(related) for _ in range(4)]
    created = parcel(related, tag_ids=some[:3])
    path = f"{PARCELS}/{created['id']}"
    conflict(related.put(f"{path}/tags/{some[3]}"), "too-many-members", relation="tags", most=3)
    assert related.put(f"{path}/tags/{some[0]}").status_code == 204
    assert related.get(path).json() == created
    related.delete(f"{path}/tags/{some[0]}")
    assert related.put(f"{path}/tags/{some[3]}").status_code == 204


def test_outside_of_bodies(related: TestClient) -> None:
    """`body: false` keeps the keys out of answers, and the version as it is; paths remain."""
    created = parcel(related)
    path, some = f"{PARCELS}/{created['id']}", [tag(related), tag(related), tag(related)]
    assert related.put(f"{path}/hidden/{some[1]}").status_code == 204
    assert related.put(f"{path}/hidden/{some[0]}").status_code == 204
    conflict(related.put(f"{path}/hidden/{some[2]}"), "too-many-members", relation="hidden")
    assert related.get(path).json() == created
    assert keys(related.get(f"{path}/hidden").json()) == some[:2]
    given = {"code": created["code"], "warehouse_id": created["warehouse_id"]}
    assert related.put(path, json=given).status_code == 200
    assert keys(related.get(f"{path}/hidden").json()) == some[:2]
    assert related.delete(f"{path}/hidden/{some[0]}").status_code == 204
    assert keys(related.get(f"{path}/hidden").json()) == [some[1]]


def test_of_the_same_resource(related: TestClient) -> None:
    """A row's members may be rows like it, and the row itself; the other side has its own."""
    first, second = parcel(related), parcel(related)
    path = f"{PARCELS}/{first['id']}"
    assert related.put(f"{path}/parts/{second['id']}").status_code == 204
    assert related.put(f"{path}/parts/{first['id']}").status_code == 204
    listed = related.get(f"{path}/parts").json()
    assert keys(listed) == [first["id"], second["id"]]
    assert listed[0] == related.get(path).json()
    assert related.get(f"{PARCELS}/{second['id']}/parts").json() == []
    assert related.delete(f"{path}/parts/{first['id']}").status_code == 204
    assert related.get(path).json()["part_ids"] == [second["id"]]


def test_list(related: TestClient) -> None:
    """The members are answered whole, in the order of their keys, page by page with links."""
    codes = [country(related, code) for code in ("DE", "AT", "ITA", "IT", "FR")]
    path = f"{PARCELS}/{parcel(related, zone_codes=codes)['id']}/zones"
    whole = related.get(path)
    assert [one["code"] for one in whole.json()] == ["AT", "DE", "FR", "IT", "ITA"]
    assert whole.json()[0] == {"code": "AT", "name": "AT"}
    assert whole.headers["link"] == f'<{path}?page=1>; rel="first"'
    second = related.get(path, params={"page": 2, "page_size": 2})
    assert [one["code"] for one in second.json()] == ["FR", "IT"]
    assert second.headers["link"] == (
        f'<{path}?page_size=2&page=1>; rel="first", <{path}?page_size=2&page=1>; rel="prev", '
        f'<{path}?page_size=2&page=3>; rel="next"'
    )
    assert related.get(path, params={"page": 4, "page_size": 2}).json() == []
    assert related.head(path).status_code == 200


@pytest.mark.parametrize(
    "query", ["page=0", "page=", "page_size=0", "page_size=101", "cursor=x", "name=x", "expand=x"]
)
def test_parameters_of_lists(related: TestClient, query: str) -> None:
    """A list of members has pages and nothing else."""
    assert related.get(f"{PARCELS}/{parcel(related)['id']}/tags?{query}").status_code == 422


def test_an_unknown_owner_has_no_list(related: TestClient) -> None:
    """No members and no row are two things."""
    assert related.get(f"{PARCELS}/{parcel(related)['id']}/tags").json() == []
    assert related.get(f"{PARCELS}/987654321/tags").status_code == 404
    assert related.get(f"{PARCELS}/x/tags").status_code == 422


def test_methods(related: TestClient) -> None:
    """A path of members allows what the spec names."""
    path = f"{PARCELS}/{parcel(related)['id']}/tags"
    assert related.post(path, json={}).status_code == 405
    assert related.options(path).headers["allow"] == "GET, HEAD, OPTIONS"
    assert related.get(f"{path}/1").status_code == 405
    assert related.options(f"{path}/1").headers["allow"] == "PUT, DELETE, OPTIONS"
    assert related.put(f"/r/sites/1/tags/{tag(related)}").status_code == 404
    assert related.get(f"{path}/").status_code == 404


def test_a_member_of_an_unlisted_uuid(related: TestClient) -> None:
    """A relation without `members` has no paths."""
    path = f"{PARCELS}/{parcel(related)['id']}/sources"
    assert related.get(path).status_code == 404
    assert related.put(f"{path}/{uuid4()}").status_code == 404


def test_a_deleted_member_is_not_listed(related: TestClient) -> None:
    """Its links have gone with it."""
    code = make(related, "/r/countries", code="QX", name="Q")["code"]
    path = f"{PARCELS}/{parcel(related, zone_codes=[code])['id']}/zones"
    assert related.delete(f"/r/countries/{code}").status_code == 204
    assert related.get(path).json() == []


@pytest.mark.anyio
async def test_many_at_once(database_url: str) -> None:
    """Of members that are added at once, as many stay as there may be; the version counts them."""
    async with async_client(RELATIONS, database_url) as (http, _):
        home = (await http.post("/r/warehouses", json={"name": "A"})).json()["id"]
        for number in range(12):
            await http.post("/r/tags", json={"name": f"{number}"})
        made = await http.post(PARCELS, json={"code": "A", "warehouse_id": home})
        path = f"{PARCELS}/{made.json()['id']}"
        adding = (http.put(f"{path}/tags/{number}") for number in range(1, 13))
        answers = await asyncio.gather(*adding)
        assert sorted(answer.status_code for answer in answers) == [204] * 3 + [409] * 9
        left = (await http.get(path)).json()
        assert (len(left["tag_ids"]), left["version"]) == (3, 4)


@pytest.mark.anyio
async def test_two_rows_become_members_of_each_other(database_url: str) -> None:
    """Neither waits for the other's row, which would be a deadlock."""
    async with async_client(RELATIONS, database_url) as (http, app):
        deadlocks = see_deadlocks(app)
        home = (await http.post("/r/warehouses", json={"name": "A"})).json()["id"]
        for turn in range(10):
            one, two = [
                (await http.post(PARCELS, json={"code": f"{turn}{end}", "warehouse_id": home}))
                for end in "ab"
            ]
            first, second = one.json()["id"], two.json()["id"]
            answers = await asyncio.gather(
                http.put(f"{PARCELS}/{first}/parts/{second}"),
                http.put(f"{PARCELS}/{second}/parts/{first}"),
                http.patch(f"{PARCELS}/{first}", json={"part_ids": [second]}),
            )
            assert [answer.status_code for answer in answers] == [204, 204, 200]
            assert (await http.get(f"{PARCELS}/{first}")).json()["part_ids"] == [second]
        assert not any(deadlocks)
