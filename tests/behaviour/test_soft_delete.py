"""Rows that are marked as deleted: not there for any request, and what becomes of the others."""

from __future__ import annotations

from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from .related import Answered, conflict, keys, make, stored


def shelf(http: TestClient, **fields: object) -> Answered:
    """Create a shelf unlike all others."""
    return make(http, "/shelves", **{"code": uuid4().hex[:12]} | fields)


def topic(http: TestClient) -> Answered:
    """Create a topic."""
    return make(http, "/topics", name=uuid4().hex)


def gone(http: TestClient, **fields: object) -> Answered:
    """Create a shelf, and delete it."""
    made = shelf(http, **fields)
    assert http.delete(f"/shelves/{made['id']}").status_code == 204
    return made


def marked(http: TestClient, table: str, row: Answered) -> bool | None:
    """Tell whether a row is marked in its table; None where it is not there at all."""
    found = stored(http, f"SELECT deleted_at FROM {table} WHERE id = {row['id']}")
    return found[0][0] is not None if found else None


def test_it_is_not_there(archive: TestClient) -> None:
    """Every operation on it is 404; the row itself stays in the table."""
    row = shelf(archive)
    path = f"/shelves/{row['id']}"
    answer = archive.delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    for refused in (
        archive.get(path),
        archive.get(f"{path}?expand=room"),
        archive.put(path, json={"code": "other"}),
        archive.patch(path, json={"code": "other"}),
        archive.patch(path, json={}),
        archive.patch(path, json={"topic_ids": []}),
        archive.delete(path),
        archive.get(path, headers={"If-None-Match": '"1"'}),
        archive.delete(path, headers={"If-Match": '"99"'}),
        archive.patch(path, json={}, headers={"If-Match": '"1"'}),
        archive.get(f"{path}/children"),
        archive.get(f"{path}/boxes"),
        archive.get(f"{path}/topics"),
        archive.put(f"{path}/topics/{topic(archive)['id']}"),
        archive.delete(f"{path}/topics/{topic(archive)['id']}"),
    ):
        assert refused.status_code == 404, (refused.request.method, refused.request.url)
        assert refused.json()["type"] == "/problems/unknown-key"
    assert marked(archive, "shelves", row) is True


def test_it_is_never_answered_when(archive: TestClient) -> None:
    """The mark is the service's own: nothing answers it, takes it, filters or sorts by it."""
    row = shelf(archive)
    assert "deleted_at" not in row
    assert archive.patch(f"/shelves/{row['id']}", json={"deleted_at": None}).status_code == 422
    assert archive.get("/shelves?deleted_at_is_null=false").status_code == 422


def test_it_is_not_listed(archive: TestClient) -> None:
    """Lists, counts, searches and nested lists leave it out."""
    prefix = uuid4().hex[:10]
    room = make(archive, "/rooms", name="A")["id"]
    parent = shelf(archive)["id"]
    live, dead = (
        shelf(archive, code=f"{prefix}-{one}", room_id=room, parent_id=parent) for one in "ab"
    )
    assert archive.delete(f"/shelves/{dead['id']}").status_code == 204
    for path in (
        f"/shelves?code_prefix={prefix}",
        f"/shelves?q={prefix}",
        f"/shelves?room_id={room}",
        f"/shelves/{parent}/children",
        f"/rooms/{room}/shelves",
    ):
        answer = archive.get(path)
        assert answer.json() == [live], path
        assert answer.headers["x-total-count"] == "1"


def test_lists_by_cursor(archive: TestClient) -> None:
    """A page goes on behind a row that was deleted meanwhile."""
    home = shelf(archive)["id"]
    rows = [make(archive, "/boxes", name=name, shelf_id=home) for name in "abcd"]
    path = f"/shelves/{home}/boxes?page_size=2"
    first = archive.get(path).json()
    assert keys(first["items"]) == keys(rows[:2])
    for row in rows[1:3]:
        archive.delete(f"/boxes/{row['id']}")
    assert archive.get(f"{path}&cursor={first['next_cursor']}").json()["items"] == rows[3:]


def test_it_cannot_be_referred_to(archive: TestClient) -> None:
    """A reference or a link to it is one to a row that is missing, on every kind of write."""
    dead, dead_topic = gone(archive)["id"], topic(archive)["id"]
    archive.delete(f"/topics/{dead_topic}")
    live = shelf(archive)
    box = make(archive, "/boxes", name="A", shelf_id=live["id"])
    lamp = make(archive, "/lamps", name="A", shelf_id=live["id"])
    answers = [
        archive.post("/boxes", json={"name": "B", "shelf_id": dead}),
        archive.post("/boxes:bulk-create", json={"items": [{"name": "B", "shelf_id": dead}]}),
        archive.patch(f"/boxes/{box['id']}", json={"shelf_id": dead}),
        archive.post("/lamps", json={"name": "B", "shelf_id": dead}),
        archive.patch(f"/lamps/{lamp['id']}", json={"shelf_id": dead}),
        archive.post("/books", json={"name": "B", "shelf_id": dead}),
    ]
    for answer in answers:
        conflict(answer, "reference-missing", relation="shelf", fields=["shelf_id"])
    path = f"/shelves/{live['id']}"
    for answer in (
        archive.post("/shelves", json={"code": "never", "topic_ids": [dead_topic]}),
        archive.put(path, json={"code": "never", "topic_ids": [dead_topic]}),
        archive.patch(path, json={"topic_ids": [dead_topic]}),
        archive.put(f"{path}/topics/{dead_topic}"),
    ):
        conflict(answer, "reference-missing", relation="topics", fields=["topic_ids"])
    answer = archive.patch(path, json={"parent_id": dead})
    conflict(answer, "reference-missing", relation="parent", fields=["parent_id"])
    assert archive.get(path).json() == live
    assert archive.get(f"/boxes/{box['id']}").json() == box


def test_404_before_409(archive: TestClient) -> None:
    """A dead row that is to refer to a dead row is unknown, not in conflict; 412 is between."""
    dead, live = gone(archive)["id"], shelf(archive)["id"]
    wrong = {"code": "never", "parent_id": dead}
    assert archive.put(f"/shelves/{dead}", json=wrong).status_code == 404
    assert archive.patch(f"/shelves/{dead}", json=wrong).status_code == 404
    stale = {"If-Match": '"99"'}
    assert archive.patch(f"/shelves/{live}", json=wrong, headers=stale).status_code == 412
    assert archive.patch(f"/shelves/{live}", json=wrong).status_code == 409


def test_unique_among_live_rows(archive: TestClient) -> None:
    """What a dead row had can be had again, and again; two live rows cannot share it."""
    first = gone(archive, code="again", mark="Mark")
    second = gone(archive, code="again", mark="MARK")
    third = shelf(archive, code="again", mark="mark")
    assert len({first["id"], second["id"], third["id"]}) == 3
    answer = archive.post("/shelves", json={"code": "again"})
    conflict(answer, "unique-taken", constraint="code", fields=["code"], key=third["id"])
    answer = archive.post("/shelves", json={"code": "mark", "mark": "mARK"})
    conflict(answer, "unique-taken", constraint="mark", fields=["mark"], key=third["id"])
    other = shelf(archive)
    answer = archive.patch(f"/shelves/{other['id']}", json={"code": "again"})
    conflict(answer, "unique-taken", constraint="code", key=third["id"])
    archive.delete(f"/shelves/{third['id']}")
    assert archive.patch(f"/shelves/{other['id']}", json={"code": "again"}).status_code == 200


def test_a_unique_set_with_a_reference(archive: TestClient) -> None:
    """It holds among live rows too."""
    home = shelf(archive)["id"]
    for _ in range(2):
        box = make(archive, "/boxes", name="one", shelf_id=home)
        conflict(archive.post("/boxes", json={"name": "one", "shelf_id": home}), "unique-taken")
        assert archive.delete(f"/boxes/{box['id']}").status_code == 204


def test_bulk_create_keeps_live_rows_only(archive: TestClient) -> None:
    """A dead row is not kept in an item's place: another is made."""
    dead, live = gone(archive, code="kept"), shelf(archive, code="there")
    items = [{"code": "kept"}, {"code": "there"}]
    made = archive.post("/shelves:bulk-create", json={"items": items}).json()["items"]
    assert made[0]["id"] not in (dead["id"], live["id"])
    assert made[1] == live


def test_bulk_delete_counts_live_rows(archive: TestClient) -> None:
    """A row that is deleted already is not deleted again."""
    dead, live = gone(archive), shelf(archive)
    ids = {"ids": [dead["id"], live["id"]]}
    before = stored(archive, f"SELECT deleted_at FROM shelves WHERE id = {dead['id']}")
    assert archive.post("/shelves:bulk-delete", json=ids).json() == {"deleted": 1}
    assert archive.post("/shelves:bulk-delete", json=ids).json() == {"deleted": 0}
    assert stored(archive, f"SELECT deleted_at FROM shelves WHERE id = {dead['id']}") == before
    assert marked(archive, "shelves", live) is True


def test_links_go_with_either_end(archive: TestClient) -> None:
    """A dead member leaves the keys of its owner, whose version rises; a dead owner has none."""
    first, second = topic(archive), topic(archive)
    row = shelf(archive, topic_ids=[first["id"], second["id"]])
    path = f"/shelves/{row['id']}"
    assert archive.delete(f"/topics/{first['id']}").status_code == 204
    left = archive.get(path).json()
    assert left == row | {"topic_ids": [second["id"]], "version": row["version"] + 1}
    assert archive.get(f"{path}/topics").json() == [second]
    assert row not in archive.get(f"/shelves?topic_ids_any={first['id']}").json()
    assert archive.delete(path).status_code == 204
    assert stored(archive, f"SELECT * FROM shelf_topics WHERE shelf_id = {row['id']}") == []
    assert archive.get(f"/topics/{second['id']}").json() == second


@pytest.mark.parametrize(("path", "noun"), [("boxes", "box"), ("lamps", "lamp")])
def test_restrict_minds_live_rows(archive: TestClient, path: str, noun: str) -> None:
    """A live row that refers to it holds it, a dead one does not."""
    home = shelf(archive)["id"]
    row = make(archive, f"/{path}", name="A", shelf_id=home)
    answer = archive.delete(f"/shelves/{home}")
    conflict(answer, "still-referenced", relation="shelf", resource=noun)
    answer = archive.post("/shelves:bulk-delete", json={"ids": [home]})
    conflict(answer, "still-referenced", relation="shelf", resource=noun)
    assert archive.get(f"/shelves/{home}").status_code == 200
    assert archive.delete(f"/{path}/{row['id']}").status_code == 204
    assert archive.delete(f"/shelves/{home}").status_code == 204


def test_cascade(archive: TestClient) -> None:
    """What can be marked is marked, at any depth; what cannot is deleted."""
    root = shelf(archive)
    child = shelf(archive, parent_id=root["id"])
    leaf = shelf(archive, parent_id=child["id"])
    book = make(archive, "/books", name="A", shelf_id=leaf["id"])
    slip = make(archive, "/slips", name="A", book_id=book["id"])
    other = make(archive, "/books", name="B", shelf_id=shelf(archive)["id"])
    assert archive.delete(f"/shelves/{root['id']}").status_code == 204
    for table, row in (("shelves", child), ("shelves", leaf), ("books", book)):
        assert archive.get(f"/{table}/{row['id']}").status_code == 404
        assert marked(archive, table, row) is True
    assert archive.get(f"/slips/{slip['id']}").status_code == 404
    assert stored(archive, f"SELECT * FROM slips WHERE id = {slip['id']}") == []
    assert archive.get("/books?page_size=100").json()[-1] == other


def test_a_cascade_that_is_held(archive: TestClient) -> None:
    """A live row far below that is held keeps everything as it is."""
    root = shelf(archive)
    leaf = shelf(archive, parent_id=shelf(archive, parent_id=root["id"])["id"])
    box = make(archive, "/boxes", name="A", shelf_id=leaf["id"])
    answer = archive.delete(f"/shelves/{root['id']}")
    conflict(answer, "still-referenced", relation="shelf", resource="box")
    assert archive.get(f"/shelves/{leaf['id']}").json() == leaf
    archive.delete(f"/boxes/{box['id']}")
    assert archive.delete(f"/shelves/{root['id']}").status_code == 204


def test_set_null(archive: TestClient) -> None:
    """Live rows are let go, with another version and time; dead rows stay as they were."""
    home = shelf(archive)["id"]
    live, dead = (make(archive, "/stickers", name=one, shelf_id=home) for one in "ab")
    archive.delete(f"/stickers/{dead['id']}")
    assert archive.delete(f"/shelves/{home}").status_code == 204
    left = archive.get(f"/stickers/{live['id']}?expand=shelf").json()
    assert (left["shelf_id"], left["shelf"]) == (None, None)
    assert left["version"] == live["version"] + 1
    assert left["updated_at"] > live["updated_at"]
    assert stored(archive, f"SELECT shelf_id FROM stickers WHERE id = {dead['id']}") == [(home,)]


def test_filters_through_a_relation(archive: TestClient) -> None:
    """A row is not found by what a dead row has."""
    home = shelf(archive)
    child = shelf(archive, parent_id=home["id"])
    path = f"/shelves?parent_code={home['code']}"
    assert archive.get(path).json() == [child]
    archive.delete(f"/shelves/{home['id']}")
    assert archive.get(path).json() == []
