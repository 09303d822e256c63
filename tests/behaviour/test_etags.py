"""Entity tags: who may write what, who need not read again, and what changes a version."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.services import ROOT, async_client, client

from .related import Answered, conflict, make

ETAGS = ROOT / "tests/specs/versions.yaml"

ITEMS = "/items"
STALE = '"999"'


@pytest.fixture(scope="module")
def etags(module_database_url: str) -> Iterator[TestClient]:
    """Talk to a service whose rows have versions, on each database in turn."""
    with client(ETAGS, module_database_url) as http:
        yield http


def item(http: TestClient, **fields: object) -> tuple[Answered, str]:
    """Create an item; return it and its path."""
    created = make(http, ITEMS, **{"code": uuid4().hex} | fields)
    return created, f"{ITEMS}/{created['id']}"


def key_of(http: TestClient, path: str) -> int:
    """Create a row of defaults; return its key."""
    key: int = make(http, path)["id"]
    return key


def version(http: TestClient, path: str) -> int:
    """Read a row's version, which its tag is made of."""
    answer = http.get(path)
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'
    number: int = answer.json()["version"]
    return number


def test_tags_are_versions(etags: TestClient) -> None:
    """Create, read, replace and update answer the tag of the version that they answer."""
    created = etags.post(ITEMS, json={"code": uuid4().hex})
    path = created.headers["location"]
    assert (created.headers["etag"], created.json()["version"]) == ('"1"', 1)
    assert etags.get(path).headers["etag"] == etags.head(path).headers["etag"] == '"1"'
    updated = etags.patch(path, json={"low": 1})
    assert (updated.headers["etag"], updated.json()["version"]) == ('"2"', 2)
    replaced = etags.put(path, json={"code": uuid4().hex})
    assert (replaced.headers["etag"], replaced.json()["version"]) == ('"3"', 3)
    assert etags.get(path).json() == replaced.json()


@pytest.mark.parametrize(
    ("tag", "fits"),
    [
        ('"1"', True),
        ("*", True),
        ('"7", "1"', True),
        ('"1","7"', True),
        ('W/"7", "1", ,"x"', True),
        ('  "1"  ', True),
        ('"2"', False),
        ('W/"1"', False),
        ('"01"', False),
        ('"1.0"', False),
        ('"+1"', False),
        ('""', False),
        ('"99999999999999999999"', False),
        ("1", False),
        ('"1', False),
        ('"1" "7"', False),
        ('"1", 7', False),
        ('*, "1"', False),
        ("nonsense", False),
        ("", False),
    ],
)
def test_if_match(etags: TestClient, tag: str, fits: bool) -> None:
    """A write goes through where one strong tag is the row's; what cannot be read fits none."""
    for method, body in (("PUT", {"code": uuid4().hex}), ("PATCH", {"low": 1}), ("DELETE", None)):
        created, path = item(etags)
        answer = etags.request(method, path, json=body, headers={"If-Match": tag})
        if fits:
            assert answer.status_code == (204 if method == "DELETE" else 200), answer.text
            continue
        assert answer.status_code == 412
        assert answer.json()["type"] == "/problems/precondition-failed"
        assert answer.headers["content-type"] == "application/problem+json"
        assert etags.get(path).json() == created


def test_which_comes_first(etags: TestClient) -> None:
    """422 comes before 404, 404 before 412, and 412 before 409."""
    taken, _ = item(etags)
    held, path = item(etags)
    item(etags, kin_id=held["id"])
    old = {"If-Match": STALE}
    gone = f"{ITEMS}/999999999"
    for wrong in ({"low": "x"}, {"no": 1}):
        assert etags.patch(gone, json=wrong, headers=old).status_code == 422
    bodies: list[dict[str, object]] = [
        {"code": taken["code"]},
        {"code": uuid4().hex, "kin_id": 999999999},
        {"code": uuid4().hex, "low": 11},
        {"code": uuid4().hex, "mark_ids": [999999999]},
    ]
    for body in bodies:
        for method in ("PUT", "PATCH"):
            assert etags.request(method, gone, json=body, headers=old).status_code == 404
            assert etags.request(method, path, json=body, headers=old).status_code == 412
            new = {"If-Match": f'"{held["version"]}"'}
            assert etags.request(method, path, json=body, headers=new).status_code == 409
    assert etags.delete(gone, headers=old).status_code == 404
    assert etags.delete(path, headers=old).status_code == 412
    refused = etags.delete(path, headers={"If-Match": "*"})
    conflict(refused, "still-referenced", relation="kin", resource="item")
    assert etags.get(path).json() == held


def test_an_empty_update(etags: TestClient) -> None:
    """It keeps the tag, and still needs the right one."""
    created, path = item(etags)
    assert etags.patch(path, json={}, headers={"If-Match": STALE}).status_code == 412
    answer = etags.patch(path, json={}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["etag"], answer.json()) == (200, '"1"', created)
    assert etags.patch(f"{ITEMS}/999999999", json={}, headers={"If-Match": "*"}).status_code == 404


def test_deletes(etags: TestClient) -> None:
    """A tag that was the row's before is stale; the one that it has now is not."""
    _, path = item(etags)
    etags.patch(path, json={"low": 1})
    assert etags.delete(path, headers={"If-Match": '"1"'}).status_code == 412
    assert etags.delete(path, headers={"If-Match": '"2"'}).status_code == 204
    assert etags.delete(path, headers={"If-Match": '"2"'}).status_code == 404


def _known(http: TestClient, path: str, tag: str, **headers: str) -> None:
    for method in ("GET", "HEAD"):
        for sent in (tag, f'"x", {tag}', "*", f"W/{tag.removeprefix('W/')}"):
            answer = http.request(method, path, headers={"If-None-Match": sent, **headers})
            assert (answer.status_code, answer.content) == (304, b""), sent
            assert answer.headers["etag"] == tag
        for sent in ('"x"', "nonsense", tag.replace('"', "")):
            answer = http.request(method, path, headers={"If-None-Match": sent, **headers})
            assert answer.status_code == 200


def test_what_is_known_is_not_sent_again(etags: TestClient) -> None:
    """304 on a row, on lists of every kind and on what is expanded, until it changes."""
    place, friend = key_of(etags, "/places"), item(etags)[0]
    created, path = item(etags, place_id=place)
    etags.put(f"{path}/friends/{friend['id']}")
    lists = [
        f"{ITEMS}?code={created['code']}",
        f"{ITEMS}?code={created['code']}&expand=place",
        f"/places/{place}/items",
        f"{path}?expand=place",
    ]
    tags = {one: etags.get(one).headers["etag"] for one in [path, f"{path}/friends", *lists]}
    for one, tag in tags.items():
        assert tag.startswith('W/"') == (one != path)
        _known(etags, one, tag)
    for one in lists:
        assert etags.get(one, headers={"If-None-Match": tags[path]}).status_code == 200
    etags.patch(path, json={"low": 2})
    for one in (path, *lists):
        answer = etags.get(one, headers={"If-None-Match": tags[one]})
        assert answer.status_code == 200
        assert answer.headers["etag"] != tags[one]
    _known(etags, f"{path}/friends", tags[f"{path}/friends"])
    etags.patch(f"{ITEMS}/{friend['id']}", json={"low": 3})
    assert etags.get(f"{path}/friends").headers["etag"] != tags[f"{path}/friends"]


def test_pages_are_told_apart(etags: TestClient) -> None:
    """Two empty pages with different links are not the same answer; cursor pages have tags too."""
    first = etags.get(ITEMS, params={"page": 90001}).headers["etag"]
    second = etags.get(ITEMS, params={"page": 90002}).headers["etag"]
    assert first != second
    _known(etags, "/notes?page_size=1", etags.get("/notes?page_size=1").headers["etag"])


def test_what_changes_a_version(etags: TestClient) -> None:
    """What a row answers has changed: its members, its `_ids`, or a reference that was let go."""
    place, mark, label = (key_of(etags, path) for path in ("/places", "/marks", "/labels"))
    _, path = item(etags, place_id=place)
    steps: list[tuple[str, str, object]] = [
        ("PUT", f"{path}/marks/{mark}", None),
        ("DELETE", f"{path}/marks/{mark}", None),
        ("PATCH", path, {"mark_ids": [mark], "label_ids": [label]}),
        ("PATCH", path, {"label_ids": []}),
        ("PUT", f"{path}/labels/{label}", None),
        ("DELETE", f"/labels/{label}", None),
        ("DELETE", f"/marks/{mark}", None),
        ("DELETE", f"/places/{place}", None),
    ]
    before = etags.get(path).json()
    for at, (method, where, body) in enumerate(steps, 2):
        assert etags.request(method, where, json=body).status_code in (200, 204)
        assert version(etags, path) == at, (method, where)
    after = etags.get(path).json()
    assert (after["mark_ids"], after["label_ids"], after["place_id"]) == ([], [], None)
    assert after["updated_at"] > before["updated_at"]


def test_what_changes_no_version(etags: TestClient) -> None:
    """The row answers what it did."""
    place, mark, other = (key_of(etags, path) for path in ("/places", "/marks", "/marks"))
    created, path = item(etags, place_id=place, mark_ids=[mark])
    friend, friends = item(etags)
    for method, where, body, status in (
        ("PATCH", path, {}, 200),
        ("PUT", f"{path}/marks/{mark}", None, 204),
        ("DELETE", f"{path}/marks/{other}", None, 204),
        ("PUT", f"{path}/marks/999999999", None, 409),
        ("PATCH", path, {"low": 11}, 409),
        ("PATCH", f"/marks/{mark}", {"name": "another"}, 200),
        ("DELETE", f"/marks/{other}", None, 204),
        ("PUT", f"{path}/friends/{friend['id']}", None, 204),
        ("PATCH", friends, {"low": 1}, 200),
        ("DELETE", friends, None, 204),
    ):
        assert etags.request(method, where, json=body).status_code == status, where
        assert etags.get(path).json() == created, where


def test_cors(etags: TestClient) -> None:
    """A browser may read the tag, and send it."""
    origin = {"Origin": "https://app.example"}
    exposed = etags.get(ITEMS, headers=origin).headers["access-control-expose-headers"]
    assert "ETag" in exposed.split(", ")
    _, path = item(etags)
    for method, sent, status in (("GET", "If-None-Match", 304), ("DELETE", "If-Match", 412)):
        tag = '"1"' if status == 304 else STALE
        answer = etags.request(method, path, headers=origin | {sent: tag})
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == origin["Origin"]
    asked = {"Access-Control-Request-Method": "PATCH"}
    for header in ("if-match", "if-none-match"):
        wanted = origin | asked | {"Access-Control-Request-Headers": header}
        preflight = etags.options(f"{ITEMS}/1", headers=wanted)
        assert header in preflight.headers["access-control-allow-headers"].lower()


def test_a_key_that_comes_back(etags: TestClient) -> None:
    """A client may give a key again after a delete: its tag is none that was seen before."""
    key = str(uuid4())
    seen = set()
    for _ in range(3):
        created = etags.post("/notes", json={"id": key})
        changed = etags.patch(f"/notes/{key}", json={"text": "x"})
        seen |= {created.headers["etag"], changed.headers["etag"]}
        assert etags.delete(f"/notes/{key}", headers={"If-Match": "*"}).status_code == 204
    assert len(seen) == 6


@pytest.mark.anyio
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_one_of_fifty_writers_wins(database_url: str, method: str) -> None:
    """All have the same tag: one is answered 2xx, forty-nine 412 (or 404 after a delete)."""
    patient = {"pool_timeout": 60, "busy_timeout": 60}
    async with async_client(ETAGS, database_url, settings=patient) as (http, _):
        path = (await http.post(ITEMS, json={"code": "c"})).headers["location"]
        mark = (await http.post("/marks", json={})).json()["id"]

        async def write(number: int) -> httpx2.Response:
            marks = [mark] if number % 2 else []
            whole = {"code": "c", "low": -number, "mark_ids": marks}
            body = None if method == "DELETE" else whole
            return await http.request(method, path, json=body, headers={"If-Match": '"1"'})

        answers = await asyncio.gather(*(write(number) for number in range(1, 51)))
        counted = Counter(answer.status_code for answer in answers)
        if method == "DELETE":
            assert counted[204] == 1
            assert counted[412] + counted[404] == 49
        else:
            assert counted == {200: 1, 412: 49}
            (won,) = [answer.json() for answer in answers if answer.status_code == 200]
            assert (await http.get(path)).json() == won
            assert won["version"] == 2
