"""References: what names another row in bodies and answers, whatever the kind of its key."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.services import client

from .related import Answered, conflict, country, make, parcel, supplier, warehouse

PARCELS = "/r/parcels"
NAMED: dict[str, object] = {"name": "Named"}

CAMEL = """
spec: 1
service: {name: camel, version: 1, wire: camel}
resources:
  BookShelf: {fields: {room_name: string(..20)}}
  BookTag: {key: uuid, fields: {name: string(..20)}}
  Book:
    fields: {title: string(..20)}
    relations:
      book_shelf: {to: BookShelf, inverse: books, expand: true}
      last_shelf: {to: BookShelf?, inverse: old_books, as: formerShelf, expand: true}
      book_tags: {to: list(BookTag), inverse: books, max: 2}
      good_tags: {to: list(BookTag), inverse: good_books, as: best}
    unique: {title_on_shelf: [title, book_shelf]}
    endpoints:
      create:
      list:
        filter:
          book_shelf: [eq, in]
          last_shelf: [is_null]
          book_shelf.room_name: [eq, prefix]
          book_tags: [any]
        sort: [title]
        under: [book_shelf]
        page: {style: cursor}
      read:
      update:
"""


def body(http: TestClient, **fields: object) -> dict[str, object]:
    """Make the least that a parcel needs, in a new warehouse."""
    return {"code": uuid4().hex[:12], "warehouse_id": warehouse(http)["id"], **fields}


def test_every_kind_of_key(related: TestClient) -> None:
    """A reference is written and answered as the target's key is, on every kind of answer."""
    given = body(
        related,
        supplier_id=supplier(related),
        producer_id=make(related, "/r/makers", name="A maker")["id"],
        customer_id=make(related, "/r/customers", id=str(uuid4()), name="A customer")["id"],
        lot_id=make(related, "/r/lots", id=7_000_000_001, name="A lot")["id"],
        country_id=country(related, "BE"),
        seal_id=make(related, "/r/seals", number=1)["id"],
    )
    created = make(related, PARCELS, **given)
    assert {name: created[name] for name in given} == given
    assert related.get(f"{PARCELS}/{created['id']}").json() == created
    listed = related.get(f"{PARCELS}?warehouse_id={given['warehouse_id']}").json()
    assert listed == [created]


def test_the_order_of_keys_in_answers(related: TestClient) -> None:
    """The key, the fields, references, what the server keeps, and then the keys of members."""
    names = "id code weight limit warehouse_id supplier_id producer_id customer_id lot_id"
    names += " country_id seal_id version tag_ids zone_codes source_ids part_ids"
    assert list(parcel(related)) == names.split()


def test_optional_and_required_references(related: TestClient) -> None:
    """Absent is null where a row may refer to none, and 422 where it may not; so is null."""
    created = parcel(related)
    assert created["supplier_id"] is None
    assert created["seal_id"] is None
    assert related.post(PARCELS, json={"code": "none"}).status_code == 422
    assert related.post(PARCELS, json={"code": "null", "warehouse_id": None}).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"warehouse_id": "1"},
        {"warehouse_id": 0},
        {"warehouse_id": -1},
        {"warehouse_id": 1.5},
        {"warehouse_id": True},
        {"warehouse_id": 2**53},
        {"supplier_id": "1"},
        {"supplier_id": "0123456789abcdef0123456789abcdef"},
        {"producer_id": 5},
        {"country_id": "be"},
        {"country_id": "TOOLONG"},
        {"country_id": ""},
        {"maker_id": None},
        {"warehouse": 1},
    ],
    ids=str,
)
def test_keys_that_break_their_grammar(related: TestClient, wrong: dict[str, object]) -> None:
    """What cannot be a key of the target breaks the contract; so does another name."""
    assert related.post(PARCELS, json=body(related) | wrong).status_code == 422


@pytest.mark.parametrize(
    ("relation", "name", "key"),
    [
        ("warehouse", "warehouse_id", 987_654_321),
        ("warehouse", "warehouse_id", 2**53 - 1),
        ("supplier", "supplier_id", "a4a67f60-7331-4e97-b7fc-6fd2fb9e133b"),
        ("maker", "producer_id", "019ab0c4-0000-7000-8000-000000000000"),
        ("customer", "customer_id", "fd67e801-5c6d-4732-a0d7-5830a8769202"),
        ("lot", "lot_id", 5),
        ("country", "country_id", "ZZZ"),
        ("seal", "seal_id", 987_654_321),
    ],
)
def test_missing_references(related: TestClient, relation: str, name: str, key: object) -> None:
    """A key of no row is a conflict that names the relation and the field, on every write."""
    created = parcel(related)
    path = f"{PARCELS}/{created['id']}"
    given = body(related)
    answers = [related.post(PARCELS, json=given | {name: key})]
    if name != "lot_id":
        answers += [related.put(path, json=given | {name: key})]
        answers += [related.patch(path, json={name: key})]
    for answer in answers:
        conflict(answer, "reference-missing", relation=relation, fields=[name])
    assert related.get(path).json() == created


def test_an_integral_number_is_a_key(related: TestClient) -> None:
    """JSON has one kind of number: 5.0 refers as 5 does."""
    given = body(related)
    created = make(related, PARCELS, **given | {"warehouse_id": float(str(given["warehouse_id"]))})
    assert created["warehouse_id"] == given["warehouse_id"]


def test_capital_letters_in_a_uuid(related: TestClient) -> None:
    """A uuid refers in either case, and is answered in lower case."""
    key = supplier(related)
    assert parcel(related, supplier_id=key.upper())["supplier_id"] == key


def test_update(related: TestClient) -> None:
    """Absent keeps a reference; null clears an optional one, and is 422 on a required one."""
    key = supplier(related)
    created = parcel(related, supplier_id=key)
    path = f"{PARCELS}/{created['id']}"
    assert related.patch(path, json={"weight": 2}).json()["supplier_id"] == key
    moved = warehouse(related)["id"]
    assert related.patch(path, json={"warehouse_id": moved}).json()["warehouse_id"] == moved
    assert related.patch(path, json={"supplier_id": None}).json()["supplier_id"] is None
    assert related.patch(path, json={"warehouse_id": None}).status_code == 422


def test_replace(related: TestClient) -> None:
    """Absent clears an optional reference; a required one has to be there."""
    created = parcel(related, supplier_id=supplier(related), country_id=country(related, "BE"))
    path = f"{PARCELS}/{created['id']}"
    replaced = related.put(path, json=body(related, supplier_id=supplier(related))).json()
    assert replaced["country_id"] is None
    assert replaced["supplier_id"] not in (None, created["supplier_id"])
    assert related.put(path, json={"code": "none"}).status_code == 422


def test_an_immutable_reference(related: TestClient) -> None:
    """`write: create` sets it once: later writes keep it, and may not name it."""
    lot = make(related, "/r/lots", id=12, name="A lot")["id"]
    created = parcel(related, lot_id=lot)
    path = f"{PARCELS}/{created['id']}"
    assert related.put(path, json=body(related)).json()["lot_id"] == lot
    assert related.put(path, json=body(related, lot_id=lot)).status_code == 422
    assert related.patch(path, json={"lot_id": lot}).status_code == 422


def test_one_to_one(related: TestClient) -> None:
    """No two rows refer to the same; any number refer to none."""
    seal = make(related, "/r/seals", number=2)["id"]
    first, second = parcel(related, seal_id=seal), parcel(related)
    path = f"{PARCELS}/{second['id']}"
    for answer in (
        related.post(PARCELS, json=body(related, seal_id=seal)),
        related.patch(path, json={"seal_id": seal}),
        related.put(path, json=body(related, seal_id=seal)),
    ):
        conflict(answer, "unique-taken", constraint="seal", fields=["seal_id"], key=first["id"])
    assert related.patch(f"{PARCELS}/{first['id']}", json={"seal_id": seal}).status_code == 200
    assert related.patch(f"{PARCELS}/{first['id']}", json={"seal_id": None}).status_code == 200
    assert related.patch(path, json={"seal_id": seal}).json()["seal_id"] == seal


def test_a_unique_set_with_a_relation(related: TestClient) -> None:
    """It holds over the reference's key, also when an update gives one side alone."""
    first = parcel(related, code="twin")
    twin = {"code": "twin", "warehouse_id": first["warehouse_id"]}
    fields = ["code", "warehouse_id"]
    answer = related.post(PARCELS, json=twin)
    conflict(
        answer, "unique-taken", constraint="code_per_warehouse", fields=fields, key=first["id"]
    )
    other = parcel(related, code="twin")
    answer = related.patch(f"{PARCELS}/{other['id']}", json={"warehouse_id": first["warehouse_id"]})
    conflict(answer, "unique-taken", constraint="code_per_warehouse", fields=fields)


def test_which_conflict_is_named(related: TestClient) -> None:
    """References come before unique sets, and these before rules, in the order of the spec."""
    seal = make(related, "/r/seals", number=3)["id"]
    first = parcel(related, code="first", seal_id=seal)
    wrong: dict[str, Any] = {
        "code": "first",
        "warehouse_id": first["warehouse_id"],
        "supplier_id": str(uuid4()),
        "country_id": "ZZZ",
        "seal_id": seal,
        "weight": 101,
        "tag_ids": [987_654_321],
        "zone_codes": ["ZZ"],
    }
    other = parcel(related)
    steps: list[tuple[dict[str, object], str, dict[str, object]]] = [
        ({"warehouse_id": 987_654_321}, "reference-missing", {"relation": "warehouse"}),
        (
            {"warehouse_id": first["warehouse_id"]},
            "reference-missing",
            {"relation": "supplier"},
        ),
        ({"supplier_id": None}, "reference-missing", {"relation": "country"}),
        ({"country_id": None}, "reference-missing", {"relation": "tags"}),
        ({"tag_ids": []}, "reference-missing", {"relation": "zones"}),
        ({"zone_codes": []}, "unique-taken", {}),
        ({"code": "other", "seal_id": None}, "rule-broken", {"rule": "weight_fits"}),
    ]
    for change, code, members in steps:
        wrong |= change
        path = f"{PARCELS}/{other['id']}"
        answers = [related.post(PARCELS, json=wrong), related.put(path, json=wrong)]
        for answer in [*answers, related.patch(path, json=wrong)]:
            conflict(answer, code, **members)
    assert related.get(f"{PARCELS}/{other['id']}").json() == other


def test_names_in_camel_case(database_url: str) -> None:
    """Relations, their filters and expansions are named alike; `as` renames them all."""
    with client(CAMEL, database_url) as http:
        shelf = make(http, "/book-shelves", roomName="north")
        label = make(http, "/book-tags", name="x")["id"]
        given: Answered = {"title": "A", "bookShelfId": shelf["id"]}
        created = make(http, "/books", **given, formerShelfId=shelf["id"], bookTagIds=[label])
        assert (created["formerShelfId"], created["best"]) == (shelf["id"], [])
        queries = [f"bookShelfId={shelf['id']}", f"bookShelfIdIn={shelf['id']}"]
        queries += ["formerShelfIdIsNull=false", "bookShelfRoomName=north"]
        queries += ["bookShelfRoomNamePrefix=no", f"bookTagIdsAny={label}", "expand=bookShelf"]
        for path in [f"/books?{query}" for query in queries] + ["/book-shelves/1/books"]:
            items = http.get(path).json()["items"]
            assert [item["id"] for item in items] == [created["id"]], path
        item = http.get("/books/1?expand=bookShelf&expand=formerShelf").json()
        assert item == created | {"bookShelf": shelf, "formerShelf": shelf}
        conflict(http.post("/books", json=given), "unique-taken", fields=["title", "bookShelfId"])
