"""Rows that really go while others are only marked; and deletions that race with new children."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.services import async_client

from .related import ARCHIVE, RELATIONS, Answered, conflict, make, see_deadlocks, stored

ROUNDS = 20


def shelf(http: TestClient, **fields: object) -> Answered:
    """Create a shelf unlike all others."""
    return make(http, "/shelves", **{"code": uuid4().hex[:12]} | fields)


def delete(http: TestClient, path: str) -> None:
    """Delete a row."""
    answer = http.delete(path)
    assert answer.status_code == 204, answer.text


def number(http: TestClient, table: str, *rows: Answered) -> int:
    """Count those of some rows that are in the table, dead or alive."""
    some = ",".join(str(row["id"]) for row in rows)
    return len(stored(http, f"SELECT id FROM {table} WHERE id IN ({some})"))


def test_dead_referrers_go_along(archive: TestClient) -> None:
    """A real delete takes dead rows that refer to it, and dead rows that refer to those."""
    room = make(archive, "/rooms", name="A")
    row = shelf(archive, room_id=room["id"])
    box = make(archive, "/boxes", name="A", shelf_id=row["id"])
    conflict(archive.delete(f"/rooms/{room['id']}"), "still-referenced", resource="shelf")
    delete(archive, f"/boxes/{box['id']}")
    delete(archive, f"/shelves/{row['id']}")
    delete(archive, f"/rooms/{room['id']}")
    assert number(archive, "shelves", row) == 0
    assert number(archive, "boxes", box) == 0


def test_one_live_referrer_keeps_the_dead(archive: TestClient) -> None:
    """A refused delete changes nothing, the dead rows neither."""
    room = make(archive, "/rooms", name="A")
    live, dead = (shelf(archive, room_id=room["id"]) for _ in range(2))
    delete(archive, f"/shelves/{dead['id']}")
    conflict(archive.delete(f"/rooms/{room['id']}"), "still-referenced", relation="room")
    assert number(archive, "shelves", live, dead) == 2


def test_a_real_cascade(archive: TestClient) -> None:
    """When the parent really goes, what cascades really goes, dead and alive, at any depth."""
    hall = make(archive, "/halls", name="A")
    live, dead = (shelf(archive, hall_id=hall["id"]) for _ in range(2))
    child = shelf(archive, parent_id=live["id"])
    book = make(archive, "/books", name="A", shelf_id=child["id"])
    slip = make(archive, "/slips", name="A", book_id=book["id"])
    old_box = make(archive, "/boxes", name="A", shelf_id=dead["id"])
    delete(archive, f"/boxes/{old_box['id']}")
    delete(archive, f"/shelves/{dead['id']}")
    sticker, old_sticker = (
        make(archive, "/stickers", name="A", shelf_id=live["id"]) for _ in range(2)
    )
    delete(archive, f"/stickers/{old_sticker['id']}")
    delete(archive, f"/halls/{hall['id']}")
    assert number(archive, "shelves", live, dead, child) == 0
    assert number(archive, "boxes", old_box) == 0
    assert number(archive, "books", book) == 0
    assert number(archive, "slips", slip) == 0
    left = archive.get(f"/stickers/{sticker['id']}").json()
    assert (left["shelf_id"], left["version"]) == (None, sticker["version"] + 1)
    found = stored(archive, f"SELECT shelf_id FROM stickers WHERE id = {old_sticker['id']}")
    assert found == [(None,)]


def test_a_real_cascade_that_is_held(archive: TestClient) -> None:
    """A live row that is not to go with them keeps all of them."""
    hall = make(archive, "/halls", name="A")
    row = shelf(archive, hall_id=hall["id"])
    lamp = make(archive, "/lamps", name="A", shelf_id=row["id"])
    answer = archive.delete(f"/halls/{hall['id']}")
    conflict(answer, "still-referenced", relation="shelf", resource="lamp")
    assert archive.get(f"/shelves/{row['id']}").json() == row
    delete(archive, f"/lamps/{lamp['id']}")
    delete(archive, f"/halls/{hall['id']}")


def test_a_dead_tree(archive: TestClient) -> None:
    """Dead rows that refer to each other go together."""
    hall = make(archive, "/halls", name="A")
    root = shelf(archive, hall_id=hall["id"])
    rows = [root]
    for _ in range(5):
        rows.append(shelf(archive, parent_id=rows[-1]["id"]))
    delete(archive, f"/shelves/{root['id']}")
    assert number(archive, "shelves", *rows) == 6
    delete(archive, f"/halls/{hall['id']}")
    assert number(archive, "shelves", *rows) == 0


def test_a_dead_circle(archive: TestClient) -> None:
    """Dead rows that hold each other go with what they both belong to."""
    hall = make(archive, "/halls", name="A")
    row = shelf(archive, hall_id=hall["id"])
    other = shelf(archive, parent_id=row["id"], hall_id=hall["id"])
    box = make(archive, "/boxes", name="A", shelf_id=row["id"])
    for one, body in (
        (row, {"main_box_id": box["id"], "parent_id": other["id"]}),
        (other, {"main_box_id": box["id"]}),
    ):
        assert archive.patch(f"/shelves/{one['id']}", json=body).status_code == 200
    answer = archive.delete(f"/shelves/{row['id']}")
    conflict(answer, "still-referenced", relation="shelf", resource="box")
    answer = archive.delete(f"/boxes/{box['id']}")
    conflict(answer, "still-referenced", relation="main_box", resource="shelf")
    aside = {"shelf_id": shelf(archive)["id"]}
    assert archive.patch(f"/boxes/{box['id']}", json=aside).status_code == 200
    delete(archive, f"/shelves/{row['id']}")
    delete(archive, f"/boxes/{box['id']}")
    delete(archive, f"/halls/{hall['id']}")
    assert number(archive, "shelves", row, other) == 0


def test_what_is_marked_holds_what_goes(archive: TestClient) -> None:
    """A row that would only be marked goes really where it refers to one that really goes."""
    row = shelf(archive)
    book = make(archive, "/books", name="A", shelf_id=row["id"])
    slip = make(archive, "/slips", name="A", book_id=book["id"])
    child = shelf(archive, parent_id=row["id"], slip_id=slip["id"])
    leaf = shelf(archive, parent_id=child["id"])
    delete(archive, f"/shelves/{row['id']}")
    assert number(archive, "slips", slip) == 0
    assert number(archive, "books", book) == 1
    assert [number(archive, "shelves", one) for one in (row, child)] == [1, 0]
    assert archive.get(f"/shelves/{leaf['id']}").status_code == 404


ORPHANS = {
    "boxes": """SELECT child.id FROM boxes child JOIN shelves parent ON parent.id = child.shelf_id
        WHERE child.deleted_at IS NULL AND parent.deleted_at IS NOT NULL""",
    "lamps": """SELECT child.id FROM lamps child JOIN shelves parent ON parent.id = child.shelf_id
        WHERE parent.deleted_at IS NOT NULL""",
    "books": """SELECT child.id FROM books child JOIN shelves parent ON parent.id = child.shelf_id
        WHERE child.deleted_at IS NULL AND parent.deleted_at IS NOT NULL""",
    "stickers": """SELECT child.id FROM stickers child JOIN shelves parent
        ON parent.id = child.shelf_id
        WHERE child.deleted_at IS NULL AND parent.deleted_at IS NOT NULL""",
    "shelves": """SELECT child.id FROM shelves child JOIN shelves parent
        ON parent.id = child.parent_id
        WHERE child.deleted_at IS NULL AND parent.deleted_at IS NOT NULL""",
    "shelf_topics": """SELECT link.shelf_id FROM shelf_topics link
        JOIN shelves parent ON parent.id = link.shelf_id WHERE parent.deleted_at IS NOT NULL""",
}
"""Live rows, by table, that refer to a dead one."""


@pytest.mark.anyio
async def test_a_child_is_made_while_its_parent_goes(database_url: str) -> None:
    """Whoever comes first, there is never a live child of a dead parent."""
    deleted = set()
    async with async_client(ARCHIVE, database_url) as (http, app):
        subject = (await http.post("/topics", json={"name": "A"})).json()["id"]
        for turn in range(ROUNDS):
            home = (await http.post("/shelves", json={"code": f"{turn}"})).json()["id"]
            child = {"name": "A", "shelf_id": home}
            requests: list[tuple[str, str, object]] = [
                ("POST", "/books", child),
                ("POST", "/stickers", child),
                ("POST", "/shelves", {"code": f"{turn}-child", "parent_id": home}),
                ("PUT", f"/shelves/{home}/topics/{subject}", None),
            ]
            # If one that restricts came each time, the deletion would hardly ever win.
            if turn % 4 == 0:
                requests.append(("POST", "/boxes" if turn % 8 else "/lamps", child))
            requests.insert(turn % 6, ("DELETE", f"/shelves/{home}", None))
            answers = await asyncio.gather(
                *(http.request(method, path, json=body) for method, path, body in requests)
            )
            for (method, _, _), answer in zip(requests, answers, strict=True):
                expected = {"DELETE": (204, 409), "POST": (201, 409), "PUT": (204, 404)}[method]
                assert answer.status_code in expected, (method, answer.text)
                deleted |= {answer.status_code} if method == "DELETE" else set()
            for table, sql in ORPHANS.items():
                assert list(await app.state.database.read(sql, ())) == [], table
    assert 204 in deleted


@pytest.mark.anyio
async def test_many_children_are_made_while_their_parent_goes(database_url: str) -> None:
    """A bulk is as a single one: all of its rows are there, or none, and no parent is dead."""
    async with async_client(ARCHIVE, database_url) as (http, app):
        for turn in range(ROUNDS):
            home = (await http.post("/shelves", json={"code": f"{turn}"})).json()["id"]
            items = [{"name": f"{number}", "shelf_id": home} for number in range(50)]
            made, deleted = await asyncio.gather(
                http.post("/boxes:bulk-create", json={"items": items}),
                http.post("/shelves:bulk-delete", json={"ids": [home]}),
            )
            assert (made.status_code, deleted.status_code) in ((201, 409), (409, 200))
            assert list(await app.state.database.read(ORPHANS["boxes"], ())) == []


@pytest.mark.anyio
async def test_two_rows_refer_to_each_other(database_url: str) -> None:
    """Neither waits for the other, although both are changed: only a deletion has to wait."""
    async with async_client(ARCHIVE, database_url) as (http, app):
        deadlocks = see_deadlocks(app)
        for turn in range(ROUNDS):
            made = [await http.post("/shelves", json={"code": f"{turn}{end}"}) for end in "ab"]
            first, second = (answer.json()["id"] for answer in made)
            answers = await asyncio.gather(
                http.patch(f"/shelves/{first}", json={"parent_id": second}),
                http.patch(f"/shelves/{second}", json={"parent_id": first}),
            )
            assert [answer.status_code for answer in answers] == [200, 200]
        assert not any(deadlocks)


@pytest.mark.anyio
async def test_a_child_moves_while_its_parent_goes(database_url: str) -> None:
    """An update that refers to a row that goes is refused, or goes first."""
    async with async_client(ARCHIVE, database_url) as (http, app):
        last = (await http.post("/shelves", json={"code": "last"})).json()["id"]
        created = await http.post("/books", json={"name": "A", "shelf_id": last})
        for turn in range(ROUNDS):
            home = (await http.post("/shelves", json={"code": f"{turn}"})).json()["id"]
            book = (await http.post("/books", json={"name": "A", "shelf_id": last})).json()["id"]
            moved, deleted = await asyncio.gather(
                http.patch(f"/books/{book}", json={"shelf_id": home}),
                http.delete(f"/shelves/{home}"),
            )
            assert deleted.status_code == 204
            assert moved.status_code in (200, 409)
            after = await http.get(f"/books/{book}")
            assert after.status_code == (404 if moved.status_code == 200 else 200)
            assert list(await app.state.database.read(ORPHANS["books"], ())) == []
        assert (await http.get(f"/books/{created.json()['id']}")).status_code == 200


@pytest.mark.anyio
async def test_real_deletions_race_too(database_url: str) -> None:
    """A new row holds its parent, goes with it, or is too late; it is never a defect."""
    async with async_client(RELATIONS, database_url) as (http, app):
        for turn in range(ROUNDS):
            home = (await http.post("/r/warehouses", json={"name": "A"})).json()["id"]
            region = (await http.post("/r/regions", json={"name": "A"})).json()["id"]
            requests: list[tuple[str, str, object]] = [
                ("POST", "/r/parcels", {"code": "A", "warehouse_id": home}),
                ("POST", "/r/sites", {"name": "A", "region_id": region}),
                ("POST", "/r/moves", {"step": 1, "parcel_id": 1, "target_id": home}),
            ]
            requests.insert(turn % 3, ("DELETE", f"/r/warehouses/{home}", None))
            requests.insert(turn % 4, ("DELETE", f"/r/regions/{region}", None))
            answers = await asyncio.gather(
                *(http.request(method, path, json=body) for method, path, body in requests)
            )
            for (method, path, _), answer in zip(requests, answers, strict=True):
                expected = (201, 409) if method == "POST" else (204, 409)
                assert answer.status_code in expected, (method, path, answer.text)
            assert (await http.get(f"/r/regions/{region}")).status_code == 404
            orphans = f"SELECT id FROM sites WHERE region_id = {region}"
            assert list(await app.state.database.read(orphans, ())) == []
