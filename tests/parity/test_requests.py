"""One conversation with the service that uses every word of the language, on both databases.

`Twin.send` compares every answer; what is written here says which status is right.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity.samples import CHANGES, FULL, LEAST, QUERIES, SAMPLES, TOKEN, WRONG
from tests.parity.twin import Twin


@pytest.fixture
def filled(everything: Twin) -> Twin:
    """Hold a dozen rows whose fields differ."""
    everything.create(SAMPLES, FULL)
    everything.create(SAMPLES, LEAST)
    names = ["n1", "n2", "n3", "N3", "n5", "%", "_", "é", "\U0010ffff", "\ud7ff", "\ue000"]
    for number, name in enumerate(names):
        row = {
            **LEAST,
            "name": name,
            "code": f"XX{number:02}",
            "level": number % 5 - 2,
            "rating": number / 3,
            "amount": f"{number}.5",
            "active": number % 3 == 0,
            "day": None if number % 4 == 0 else f"20{number:02}-01-31",
            "moment": f"{number * 900 + 1:04}-06-15T12:00:00.{number}Z",
            "opens": f"{number * 2:02}:00:00",
            "runs": f"PT{number}M",
            "colour": ("red", "green", "blue")[number % 3],
            "status": ("draft", "in-transit", "done")[number % 2],
            "contact": None if number % 2 else f"{name if name.isascii() else 'x'}@b",
            "body": None if number % 5 else "back\\slash",
        }
        row["rating"] = min(row["rating"], 5)
        if "%" in name:
            row["contact"] = None
        everything.create(SAMPLES, row)
    return everything


def test_one_row_through_its_life(everything: Twin) -> None:
    """Create, read, update, replace, conflict, delete: the same answers at every step."""
    row = everything.create(SAMPLES, FULL)
    path = f"{SAMPLES}/{row['id']}"
    assert row["moment"] == "0001-01-01T00:00:00Z"
    assert row["token"] == TOKEN + "a"
    assert "password" not in row and "note" not in row
    assert everything.send("GET", path, expect=200).json == row
    for change in CHANGES:
        answered = everything.send("PATCH", path, json_body=change, expect=200).json
        shown = {name: value for name, value in change.items() if name in answered}
        assert answered.keys() == row.keys()
        assert everything.send("GET", path, expect=200).json == answered
        assert {name for name in shown if answered[name] is None} == {
            name for name in shown if change[name] is None
        }
    for change in WRONG:
        everything.send("PATCH", path, json_body=change, expect=422)
    body = {name: value for name, value in FULL.items() if name != "batch"}
    for missing in ("password", "note", "moment", "token", "joined", "day", "discount", "extra"):
        del body[missing]
        everything.send("PUT", path, json_body=body, expect=200)
    for required in ("name", "code", "level", "rating", "amount", "colour"):
        less = {name: value for name, value in body.items() if name != required}
        everything.send("PUT", path, json_body=less, expect=422)
    everything.send("PUT", path, json_body={**body, "batch": "b"}, expect=422)
    everything.send("DELETE", path, expect=204)
    for method in ("GET", "DELETE", "HEAD"):
        everything.send(method, path, expect=404)
    everything.send("PATCH", path, json_body={"level": 1}, expect=404)
    everything.send("PUT", path, json_body=body, expect=404)


def test_what_is_refused_on_create(everything: Twin) -> None:
    """Nothing that breaks the contract reaches either database."""
    for change in WRONG:
        if "batch" not in change:
            everything.send("POST", SAMPLES, json_body={**FULL, **change}, expect=422)
    for required in LEAST:
        less = {name: value for name, value in LEAST.items() if name != required}
        everything.send("POST", SAMPLES, json_body=less, expect=422)
    for content in (b"", b"{", b"[]", b"null", b"\xff", b"\xef\xbb\xbf{}", b"[" * 200):
        everything.send("POST", SAMPLES, content=content, expect=422)
    headers = {"Content-Type": "text/plain"}
    everything.send("POST", SAMPLES, content=b"{}", headers=headers, expect=415)
    everything.send("GET", SAMPLES, headers={"Accept": "text/html"}, expect=406)
    everything.send("POST", SAMPLES, content=b" " * 3_000_000, expect=413)
    everything.send("TRACE", SAMPLES, expect=405)
    everything.send("OPTIONS", SAMPLES, expect=204)
    everything.send("GET", f"{SAMPLES}/0", expect=422)
    everything.send("GET", f"{SAMPLES}/9007199254740991", expect=404)
    everything.send("GET", f"{SAMPLES}/9007199254740992", expect=422)
    assert everything.rows(SAMPLES) == []


def test_lists(filled: Twin) -> None:
    """Every filter, order and page; some of them find rows, some none."""
    found = set()
    for params, status in QUERIES:
        answer = filled.send("GET", SAMPLES, params=params, expect=status)
        if status == 200:
            found.add(len(answer.rows))
            total = int(answer.header("x-total-count"))
            assert len(answer.rows) <= total <= 13
            head = filled.send("HEAD", SAMPLES, params=params, expect=200)
            assert head.header("x-total-count") == str(total)
            assert head.header("link") == answer.header("link")
    assert len(found) > 5


def test_conflicts(filled: Twin) -> None:
    """The first set of the spec that is taken is named, with the key of the row that has it."""
    cases: list[tuple[dict[str, Any], str]] = [
        ({"code": "AB12", "token": TOKEN + "a", "name": "Blue widget", "colour": "red"}, "code"),
        ({"code": "QQ00", "token": TOKEN + "A", "name": "Blue widget", "colour": "red"}, "token"),
        ({"code": "QQ00", "name": "Blue widget", "colour": "red"}, "name_per_colour"),
    ]
    other = filled.create(SAMPLES, {**LEAST, "code": "QQ01", "name": "other"})
    path = f"{SAMPLES}/{other['id']}"
    for change, constraint in cases:
        for method, where in (("POST", SAMPLES), ("PATCH", path), ("PUT", path)):
            body = change if method == "PATCH" else {**LEAST, **change}
            if method == "PUT":
                body = {name: value for name, value in body.items() if name != "batch"}
            problem = filled.send(method, where, json_body=body, expect=409).json
            assert (problem["constraint"], problem["key"]) == (constraint, "@1")
    assert filled.send("GET", path, expect=200).json == other
    filled.send("PATCH", path, json_body={"code": "QQ01", "name": "other"}, expect=200)
    after = filled.create(SAMPLES, {**LEAST, "code": "QQ02", "name": "after"})
    assert after["id"] != other["id"]


def test_natural_keys(everything: Twin) -> None:
    """A key that the client chose, in its own grammar."""
    for code in ("DE", "ZZ", "AA"):
        made = everything.send(
            "POST", "/v1/countries", json_body={"code": code, "name": "é"}, expect=201
        )
        assert made.header("location") == f"/v1/countries/{code}"
    body = {"code": "DE", "name": "again"}
    problem = everything.send("POST", "/v1/countries", json_body=body, expect=409).json
    assert problem["key"] == "DE"
    assert [row["code"] for row in everything.rows("/v1/countries")] == ["AA", "DE", "ZZ"]
    everything.send("PUT", "/v1/countries/DE", json_body={"name": "x" * 80}, expect=200)
    everything.send("PUT", "/v1/countries/DE", json_body=body, expect=422)
    everything.send("PATCH", "/v1/countries/DE", json_body={"name": ""}, expect=422)
    everything.send("GET", "/v1/countries/FR", expect=404)
    everything.send("GET", "/v1/countries/de", expect=422)
    everything.send("DELETE", "/v1/countries/ZZ", expect=204)
    everything.send("DELETE", "/v1/countries/ZZ", expect=404)


def test_given_keys(everything: Twin) -> None:
    """Creating twice names the row that is there; fields may be called like types."""
    for key in (1, 9007199254740991, 2**31, 7):
        body = {"id": key, "date": "9999-12-31", "time": "00:00:00.000001", "bytes": -(2**53) + 1}
        body |= {"match": key > 7, "list": [5e-324, -0.0, 1e300], "keys": None, "type": "a"}
        assert everything.create("/v1/tickets", body)["id"] == key
        assert everything.send("POST", "/v1/tickets", json_body=body, expect=409).json["key"] == key
        everything.send("PATCH", f"/v1/tickets/{key}", json_body={"list": None}, expect=200)
    assert [row["id"] for row in everything.rows("/v1/tickets")] == [1, 7, 2**31, 2**53 - 1]
    for wrong in (0, -1, 2**53, "1", None, 1.5):
        everything.send("POST", "/v1/tickets", json_body={"id": wrong}, expect=422)
    everything.send("DELETE", f"/v1/tickets/{2**53 - 1}", expect=204)


def test_events(everything: Twin) -> None:
    """Client-given UUIDs, JSON of every kind, and pages by cursor."""
    payloads: list[Any] = [{}, [], "", 0, False, {"\x00": None}, [10**40], "\U0010ffff", 1e-7]
    for number, payload in enumerate(payloads * 2):
        body = {"id": f"{number % 3:08X}-0000-4000-8000-{number:012X}", "kind": f"k{number % 4}"}
        body["payload"] = payload
        row = everything.create("/v1/events", body)
        assert (row["payload"], row["id"]) == (payload, body["id"].lower())
        assert everything.send("GET", f"/v1/events/{body['id']}", expect=200).json == row
    everything.send("POST", "/v1/events", json_body=body, expect=409)
    everything.send("POST", "/v1/events", json_body={**body, "payload": None}, expect=422)
    for params in ({}, {"sort": ["kind"]}, {"sort": ["-kind"]}, {"kind": "k1"}, {"sort": "-kind"}):
        keys: list[str] = []
        cursor: dict[str, Any] = {"pageSize": "4"}
        while cursor:
            page = everything.send("GET", "/v1/events", params={**params, **cursor}, expect=200)
            keys += [row["id"] for row in page.json["items"]]
            following = page.json["nextCursor"]
            cursor = {"pageSize": "3", "cursor": following} if following else {}
        assert len(keys) == len(set(keys)) == (5 if "kind" in params else 18)
    everything.send("GET", "/v1/events", params={"cursor": "AAAA"}, expect=404)
    everything.send("GET", "/v1/events", params={"cursor": "!"}, expect=422)
    everything.send("DELETE", f"/v1/events/{body['id']}", expect=405)


def test_visits(everything: Twin) -> None:
    """Keys that the server makes of the time: lists are in the order of creating."""
    made = [
        everything.create("/v1/visits", {"page": f"p{n}", "took": f"PT{n}.5S"}) for n in range(25)
    ]
    for row in made:
        assert everything.send("GET", f"/v1/visits/{row['id']}", expect=200).json == row
    first = everything.rows("/v1/visits")
    assert [row["page"] for row in first] == [f"p{n}" for n in range(len(first))]
    everything.send("PATCH", f"/v1/visits/{made[3]['id']}", json_body={"took": None}, expect=200)
    everything.send("DELETE", f"/v1/visits/{made[3]['id']}", expect=204)
    everything.send("GET", f"/v1/visits/{made[3]['id']}", expect=404)
