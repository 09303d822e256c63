"""Many deletions in one request: unknown keys are no error, and one row that is held holds all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.services import async_client

from .bulks import BULK, part, send, total
from .related import conflict, keys, make, stored

SHELVES = "/shelves:bulk-delete"
FOLDERS = "/folders:bulk-delete"


def drop(http: TestClient, path: str, ids: Sequence[object]) -> int:
    """Delete rows; return how many there were."""
    response = http.post(path, json={"ids": ids})
    assert response.status_code == 200, response.text
    assert response.json().keys() == {"deleted"}
    number: int = response.json()["deleted"]
    return number


def shelf(http: TestClient) -> int:
    """Create a shelf; return its key."""
    key: int = make(http, "/shelves")["id"]
    return key


def folder(http: TestClient, **fields: object) -> int:
    """Create a folder; return its key."""
    key: int = make(http, "/folders", **{"name": uuid4().hex} | fields)["id"]
    return key


def there(http: TestClient, path: str, key: object) -> bool:
    """Tell whether a row is read."""
    status = http.get(f"{path}/{key}").status_code
    assert status in (200, 404)
    return status == 200


def test_unknown_keys_are_no_error(bulk: TestClient) -> None:
    """How many there were is answered; what was gone before does not count."""
    some = [shelf(bulk) for _ in range(3)]
    assert drop(bulk, SHELVES, [999999999, *some[1:]]) == 2
    assert [there(bulk, "/shelves", key) for key in some] == [True, False, False]
    assert drop(bulk, SHELVES, some) == 1
    assert drop(bulk, SHELVES, some) == 0


def test_keys_of_every_kind(bulk: TestClient) -> None:
    """Text and UUIDs, the latter in capitals too."""
    for code in ("AA", "BB"):
        make(bulk, "/countries", code=code)
    assert drop(bulk, "/countries:bulk-delete", ["BB", "ZZ", "AA"]) == 2
    tickets = [make(bulk, "/tickets")["id"] for _ in range(2)]
    assert drop(bulk, "/tickets:bulk-delete", [str(uuid4()), *map(str.upper, tickets)]) == 2
    assert not any(there(bulk, "/tickets", key) for key in tickets)


@pytest.mark.parametrize(
    "body",
    [
        {"ids": []},
        {"ids": [1, 1]},
        {"ids": [1, 2, 1.0]},
        {"ids": [0]},
        {"ids": ["1"]},
        {"ids": [None]},
        {"ids": 1},
        {"ids": list(range(1, 102))},
        {"ids": [1], "more": 1},
        {},
        [1],
    ],
)
def test_what_breaks_the_contract(bulk: TestClient, body: object) -> None:
    """1 to `max` distinct keys, and nothing else."""
    assert bulk.post(SHELVES, json=body).status_code == 422


def test_equal_keys_in_other_spellings(bulk: TestClient) -> None:
    """A schema tells two spellings of a UUID apart: they are no error, and one row."""
    key = make(bulk, "/tickets")["id"]
    answer = bulk.post("/tickets:bulk-delete", json={"ids": [key, key.upper()]})
    assert (answer.status_code, answer.json()) == (200, {"deleted": 1})
    assert bulk.post("/tickets:bulk-delete", json={"ids": [key, key]}).status_code == 422


def test_one_restricted_row_stops_all(bulk: TestClient) -> None:
    """409 names who holds it; nothing of the rest has happened either."""
    some = [shelf(bulk) for _ in range(3)]
    slip = make(bulk, "/slips", shelf_id=some[0])["id"]
    sticker = make(bulk, "/stickers", shelf_id=some[0])
    box = make(bulk, "/boxes", shelf_id=some[1])["id"]
    refused = bulk.post(SHELVES, json={"ids": some})
    conflict(refused, "still-referenced", relation="shelf", resource="box")
    assert all(there(bulk, "/shelves", key) for key in some)
    assert there(bulk, "/slips", slip)
    assert bulk.get(f"/stickers/{sticker['id']}").json() == sticker
    assert bulk.delete(f"/boxes/{box}").status_code == 204
    assert drop(bulk, SHELVES, some) == 3


def test_what_goes_along(bulk: TestClient) -> None:
    """Rows that cascade go, rows that let go stay, with one new version each; links go."""
    some = [shelf(bulk) for _ in range(3)]
    slips = [make(bulk, "/slips", shelf_id=key)["id"] for key in some]
    stickers = [
        make(bulk, "/stickers", shelf_id=some[0], shelf_ids=some),
        make(bulk, "/stickers", shelf_ids=some[:2]),
        make(bulk, "/stickers", shelf_ids=some[2:]),
        make(bulk, "/stickers", shelf_id=some[2]),
    ]
    assert drop(bulk, SHELVES, some[:2]) == 2
    assert [there(bulk, "/slips", key) for key in slips] == [False, False, True]
    left = [bulk.get(f"/stickers/{row['id']}").json() for row in stickers]
    assert [row["shelf_id"] for row in left] == [None, None, None, some[2]]
    assert [row["shelf_ids"] for row in left] == [some[2:], [], some[2:], []]
    assert left[2:] == stickers[2:]
    assert [row["version"] > 1 for row in left] == [True, True, False, False]
    assert left[0]["updated_at"] > stickers[0]["updated_at"]


def test_marked_rows(bulk: TestClient) -> None:
    """They are gone for readers, leave their values to others, and are unknown from then on."""
    name = uuid4().hex
    one, two = folder(bulk, name=name), folder(bulk)
    sheet = make(bulk, "/sheets", folder_id=one)["id"]
    assert drop(bulk, FOLDERS, [one, two]) == 2
    assert drop(bulk, FOLDERS, [two, one]) == 0
    assert not there(bulk, "/folders", one)
    assert not there(bulk, "/sheets", sheet)
    rows = stored(bulk, f"SELECT deleted_at FROM folders WHERE id IN ({one}, {two})")
    assert len(rows) == 2
    assert None not in {row[0] for row in rows}
    (again,) = send(bulk, "/folders:bulk-create", {"name": name})
    assert again["id"] not in (one, two)


def test_a_tree_of_marked_rows(bulk: TestClient) -> None:
    """A child that stays holds its parent; one that goes too, or has gone before, does not."""
    root = folder(bulk)
    child = folder(bulk, parent_id=root)
    grandchild = folder(bulk, parent_id=child)
    refused = bulk.post(FOLDERS, json={"ids": [root, child]})
    conflict(refused, "still-referenced", relation="parent", resource="folder")
    assert all(there(bulk, "/folders", key) for key in (root, child, grandchild))
    assert drop(bulk, FOLDERS, [grandchild]) == 1
    assert drop(bulk, FOLDERS, [root, child]) == 2


def test_items_that_refer_to_the_dead(bulk: TestClient) -> None:
    """An item of a bulk creation is no child of a row that was marked."""
    live, dead = folder(bulk), folder(bulk)
    assert drop(bulk, FOLDERS, [dead]) == 1
    items = [{"name": uuid4().hex, "parent_id": key} for key in (live, dead)]
    answer = bulk.post("/folders:bulk-create", json={"items": items})
    conflict(answer, "reference-missing", index=1, relation="parent", fields=["parent_id"])
    (made,) = send(bulk, "/folders:bulk-create", items[0])
    assert (made["parent_id"], made["version"]) == (live, 1)


def test_five_thousand(bulk: TestClient) -> None:
    """As many as can be created at once are deleted at once."""
    before = total(bulk)
    made = send(bulk, "/parts:bulk-create", *(part() for _ in range(5000)))
    assert drop(bulk, "/parts:bulk-delete", keys(made)) == 5000
    assert total(bulk) == before


@pytest.mark.anyio
async def test_requests_that_race(database_url: str) -> None:
    """Each row is counted once, in whatever order the keys are given."""
    patient = {"pool_timeout": 60, "busy_timeout": 60}
    async with async_client(BULK, database_url, settings=patient) as (http, _):
        items = [{"name": f"f{at}"} for at in range(40)]
        made = (await http.post("/folders:bulk-create", json={"items": items})).json()["items"]
        ids = keys(made)
        orders = [ids, ids[::-1], ids[20:] + ids[:20], ids[::2] + ids[1::2]]
        answers = await asyncio.gather(*(http.post(FOLDERS, json={"ids": one}) for one in orders))
        assert [answer.status_code for answer in answers] == [200] * 4
        assert sorted(answer.json()["deleted"] for answer in answers) == [0, 0, 0, 40]
