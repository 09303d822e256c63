"""Many rows in one request: all or none, in the order of the items, each conflict by its index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from generator.runtime.steps import Steps

from .bulks import PARTS, WORDS, part, send, total
from .related import Answered, conflict, make, stored


def refused(http: TestClient, code: str, *items: object, **members: object) -> Answered:
    """Hold that items are refused, and that nothing of them is stored."""
    before = total(http)
    problem = conflict(http.post(PARTS, json={"items": items}), code, **members)
    assert total(http) == before
    return problem


def test_one_item(bulk: TestClient) -> None:
    """It is answered as a create would answer it."""
    (made,) = send(bulk, PARTS, part())
    assert bulk.get(f"/parts/{made['id']}").json() == made
    assert (made["version"], made["low"], made["gap"]) == (1, 0, 10)
    assert made["created_at"] == made["updated_at"] == made["moment"]
    assert UUID(made["token"]).version == 4


def test_items_are_answered_in_their_order(bulk: TestClient) -> None:
    """Values are each item's own, given or not; those that the server makes are too."""
    place, other = (make(bulk, "/places")["id"] for _ in range(2))
    marks = [make(bulk, "/marks")["id"] for _ in range(3)]
    items = [
        part(low=5, place_id=place, mark_ids=marks),
        part(high=None, moment="2026-01-01T00:00:00Z"),
        part(lane="é'%_\\", number=-1, place_id=other, mark_ids=marks[:1]),
        part(token=str(uuid4()), inner=7),
    ]
    made = send(bulk, PARTS, *items)
    for item, row in zip(items, made, strict=True):
        wanted = {name: item[name] for name in item.keys() - {"inner"}}
        if "mark_ids" in wanted:
            wanted["mark_ids"] = sorted(marks[: len(row["mark_ids"])])
        assert {name: row[name] for name in wanted} == wanted
        assert "inner" not in row
        assert bulk.get(f"/parts/{row['id']}").json() == row
    assert len({row["token"] for row in made}) == 4
    assert [row["id"] for row in made] == sorted(row["id"] for row in made)
    assert stored(bulk, f'SELECT "inner" FROM parts WHERE id = {made[3]["id"]}') == [(7,)]


def test_secrets(bulk: TestClient) -> None:
    """Each item's own is hashed, and none is answered."""
    items = [{"text": uuid4().hex[:20], "pin": f"{at}2345"} for at in range(3)]
    made = send(bulk, WORDS, *items, {"text": "none"})
    assert not any("pin" in row for row in made)
    keys = ", ".join(str(row["id"]) for row in made)
    hashes = [pin for (pin,) in stored(bulk, f"SELECT pin FROM words WHERE id IN ({keys})")]
    assert sum(pin is None for pin in hashes) == 1
    assert sum(str(pin).startswith("$argon2id$") for pin in set(hashes)) == 3


def test_numbers_of_items(bulk: TestClient) -> None:
    """One to `max`: none and more are 422, and so is what is no list of items."""
    item = part()
    bodies: list[object] = [
        {"items": []},
        {"items": [part() for _ in range(5001)]},
        {"items": item},
        {"items": [item], "more": 1},
        {"items": [item, None]},
        {"items": [item, part(no=1)]},
        {"items": [item, part(id=1)]},
        {"items": [item, part(low="1")]},
        {},
        [item],
    ]
    before = total(bulk)
    for body in bodies:
        assert bulk.post(PARTS, json=body).status_code == 422, body
    assert total(bulk) == before


def test_an_item_that_breaks_the_contract(bulk: TestClient) -> None:
    """The place of each error names the item, and a secret is not shown again."""
    answer = bulk.post(PARTS, json={"items": [part(), part(sku="", low=0.5)]})
    assert answer.status_code == 422
    places = [error["loc"] for error in answer.json()["errors"]]
    assert sorted(places) == [["body", "items", 1, "low"], ["body", "items", 1, "sku"]]
    secret = bulk.post(WORDS, json={"items": [{"text": "a", "pin": "swordfish"}]})
    assert secret.status_code == 422
    assert [error["loc"] for error in secret.json()["errors"]] == [["body", "items", 0, "pin"]]
    assert "swordfish" not in secret.text


def counted(http: TestClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the statements of transactions from now on."""
    app: Any = http.app
    database, statements = app.state.database, list[str]()
    transact = database.transact

    def noting(make: Callable[[], Steps[Any]]) -> Callable[[], Steps[Any]]:
        def steps() -> Steps[Any]:
            inner, rows = make(), None
            while True:
                try:
                    asked = next(inner) if rows is None else inner.send(rows)
                except StopIteration as done:
                    return done.value
                statements.append(asked[0])
                rows = yield asked

        return steps

    monkeypatch.setattr(database, "transact", lambda make: transact(noting(make)))
    return statements


def test_five_thousand_items(bulk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """They take a handful of statements, references and links included; again, they clash."""
    place = make(bulk, "/places")["id"]
    mark = make(bulk, "/marks")["id"]
    items = [part(place_id=place, number=at, lane="x", mark_ids=[mark]) for at in range(5000)]
    before = total(bulk)
    statements = counted(bulk, monkeypatch)
    made = send(bulk, PARTS, *items)
    assert [row["sku"] for row in made] == [item["sku"] for item in items]
    assert {tuple(row["mark_ids"]) for row in made} == {(mark,)}
    assert len(statements) <= 40, statements
    assert total(bulk) == before + 5000
    problem = refused(bulk, "unique-taken", *items, index=0, constraint="sku", key=made[0]["id"])
    assert [one["index"] for one in problem["conflicts"]] == list(range(50))
    assert [one["key"] for one in problem["conflicts"]] == [row["id"] for row in made[:50]]


def test_each_kind_of_conflict(bulk: TestClient) -> None:
    """Every item that is in the way of itself or of others is listed, by what comes first."""
    place = make(bulk, "/places")["id"]
    taken = make(bulk, "/parts", **part(lane="a", number=1, place_id=place))
    twice = uuid4().hex
    items = [
        part(),
        part(place_id=999999999, low=11),
        part(mark_ids=[str(uuid4())]),
        part(sku=taken["sku"], low=11),
        part(lane="a", number=1, place_id=place),
        part(sku=twice),
        part(sku=twice),
        part(low=11, high=1),
        part(high=1000),
        part(lane="a", number=1),
        part(lane="a", number=1),
        part(low=11, high=None),
    ]
    first = {"relation": "place", "fields": ["place_id"]}
    problem = refused(bulk, "reference-missing", *items, index=1, **first)
    message = {one["rule"]: one["message"] for one in problem["conflicts"] if "rule" in one}
    assert all(message.values())

    def told(code: str, **members: object) -> dict[str, object]:
        return {"type": f"/problems/{code}", **members}

    order, small = (
        told("rule-broken", rule=rule, message=message[rule], fields=fields)
        for rule, fields in (("in_order", ["low", "high"]), ("small", ["high"]))
    )
    spot = ["lane", "number", "place_id"]
    assert problem["conflicts"] == [
        {"index": 1} | told("reference-missing", **first),
        {"index": 2} | told("reference-missing", relation="marks", fields=["mark_ids"]),
        {"index": 3} | told("unique-taken", constraint="sku", fields=["sku"], key=taken["id"]),
        {"index": 4} | told("unique-taken", constraint="spot", fields=spot, key=taken["id"]),
        {"index": 6} | told("unique-taken", constraint="sku", fields=["sku"]),
        {"index": 7} | order,
        {"index": 8} | small,
    ]
    left = [item for at, item in enumerate(items) if at not in (1, 2, 3, 4, 6, 7, 8)]
    assert len(send(bulk, PARTS, *left)) == 5


def test_keys_go_on_after_a_refusal(bulk: TestClient) -> None:
    """What was rolled back is in nobody's way."""
    item = part()
    refused(bulk, "rule-broken", item, part(low=11), index=1, rule="in_order")
    (made,) = send(bulk, PARTS, item)
    assert make(bulk, "/parts", **part())["id"] > made["id"]


def test_items_that_refer_to_items(bulk: TestClient) -> None:
    """An item may refer to itself and to those before it, as if they were created one by one."""
    path = "/countries:bulk-create"
    codes = [uuid4().hex for _ in range(600)]
    tree: list[dict[str, object]] = [
        {"code": code, "part_of_id": codes[at // 2], "neighbour_ids": codes[max(at - 3, 0) : at]}
        for at, code in enumerate(codes)
    ]
    made = send(bulk, path, *tree)
    assert [row["part_of_id"] for row in made] == [one["part_of_id"] for one in tree]
    assert made[9]["neighbour_ids"] == sorted(codes[6:9])
    one, two, three = (uuid4().hex for _ in range(3))
    late: list[dict[str, object]] = [
        {"code": one, "part_of_id": codes[0]},
        {"code": two, "part_of_id": three, "neighbour_ids": [two, one]},
        {"code": three, "neighbour_ids": [codes[5], "nowhere"]},
    ]
    problem = conflict(bulk.post(path, json={"items": late}), "reference-missing", index=1)
    told = [(one["index"], one["relation"]) for one in problem["conflicts"]]
    assert told == [(1, "part_of"), (2, "neighbours")]


def test_items_that_refer_to_items_which_can_be_marked(bulk: TestClient) -> None:
    """The same where what is referred to can be deleted without going away."""
    path = "/branches:bulk-create"
    keys = [str(uuid4()) for _ in range(3)]
    tree = [{"id": keys[at], "trunk_id": keys[max(at - 1, 0)]} for at in range(3)]
    refused = bulk.post(path, json={"items": tree[::-1]})
    conflict(refused, "reference-missing", index=0, relation="trunk", fields=["trunk_id"])
    made = send(bulk, path, *tree)
    assert [row["trunk_id"] for row in made] == [keys[0], keys[0], keys[1]]
    own = str(uuid4())
    assert make(bulk, "/branches", id=own, trunk_id=own)["trunk_id"] == own
