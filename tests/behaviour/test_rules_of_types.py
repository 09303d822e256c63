"""Rules over values of every type: the service and the database agree on what breaks them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from starlette.testclient import TestClient

from tests.services import client

from .related import conflict, make

TYPES = """
spec: 1
service: {name: types, version: 1}
enums: {Size: [small, large]}
objects:
  Point: {fields: {x: number, y: number = 0}}
resources:
  Thing:
    key: code
    timestamps: true
    concurrency: etag
    fields:
      code: {type: string(1..20)}
      opened: datetime?
      closed: {type: datetime = now}
      starts: time?
      takes: duration?
      one: uuid?
      two: {type: uuid = uuid}
      mail: email?
      page: url?
      body: text?
      words: {type: list(string(..9)), default: []}
      extra: json?
      point: Point?
      size: Size = small
      sizes: list(Size)?
      weight: number(-1000..1000)?
      count: integer(-1000..1000)?
      price: decimal(8:2)?
      fixed: {type: string(..9) = free, write: create}
      served: {type: integer = 7, write: never}
      inner: {type: date?, read: never}
      double: {type: integer?, compute: count * 2}
    rules:
      opens_first: opened < closed
      not_before_2000: opened >= datetime'2000-01-01T00:00:00+01:00'
      morning: starts < time'12:00:00'
      at_most_a_day: takes <= duration'P1D'
      differ: one != two
      own_mail: lower(mail) != 'root@example.org'
      page_of_mail: page is null or mail is not null
      short_body: len(body) <= 3
      words_or_extra: len(words) > 0 or extra is null
      large_has_point: size != 'large' or point is not null
      sizes_few: len(sizes) < 3
      heavy: weight * 2 + 0.5 <= 100
      odd_count: count % 2 != 0
      near: abs(count) / 4 < 100
      fair: price * 3 <= 100.50
      fixed_free: fixed != 'paid' or price > 0
      code_is_no_word: not code == 'word' and code not in ['a', 'b']
      served_few: served < count or count is null or count > 1
      inner_later: inner > date'2020-02-29'
    endpoints: {create: , read: , replace: , update: , bulk_create: {max: 2}}
"""

THINGS = "/things"
UUID = "0f0e0d0c-0b0a-4908-8706-050403020100"
_numbers = count(1)


@pytest.fixture(scope="module")
def types(module_database_url: str) -> Iterator[TestClient]:
    """Talk to a service with rules over every type, on each database in turn."""
    with client(TYPES, module_database_url) as http:
        yield http


def new(**fields: object) -> dict[str, object]:
    """Make a body that keeps all rules but for what is given."""
    return {"code": f"T{next(_numbers)}"} | fields


OPENED = "2026-01-01T00:00:00.000002+02:00"
CLOSED = "2025-12-31T22:00:00.000001Z"

BROKEN: list[tuple[dict[str, object], dict[str, object], str]] = [
    ({"opened": OPENED}, {"closed": CLOSED}, "opens_first"),
    ({"closed": CLOSED}, {"opened": OPENED}, "opens_first"),
    ({}, {"opened": "1999-12-31T22:59:59.999999Z"}, "not_before_2000"),
    ({}, {"starts": "12:00:00"}, "morning"),
    ({}, {"starts": "23:59:59.999999"}, "morning"),
    ({}, {"takes": "P1DT0.000001S"}, "at_most_a_day"),
    ({"two": UUID}, {"one": UUID.upper()}, "differ"),
    ({"one": UUID}, {"two": UUID}, "differ"),
    ({}, {"mail": "Root@EXAMPLE.org"}, "own_mail"),
    ({"mail": "a@example.org", "page": "https://a.example"}, {"mail": None}, "page_of_mail"),
    ({}, {"page": "https://a.example"}, "page_of_mail"),
    ({}, {"body": "é😀e\u0301"}, "short_body"),
    ({"words": ["a"], "extra": {"a": None}}, {"words": []}, "words_or_extra"),
    ({}, {"extra": 0}, "words_or_extra"),
    ({}, {"extra": {}}, "words_or_extra"),
    ({}, {"size": "large"}, "large_has_point"),
    ({"size": "large", "point": {"x": 1}}, {"point": None}, "large_has_point"),
    ({}, {"sizes": ["small", "small", "large"]}, "sizes_few"),
    ({}, {"weight": 49.75000000000001}, "heavy"),
    ({}, {"count": 0}, "odd_count"),
    ({}, {"count": -2}, "odd_count"),
    ({}, {"count": 401}, "near"),
    ({}, {"count": -401}, "near"),
    ({}, {"price": "33.51"}, "fair"),
    ({"fixed": "paid"}, {"price": "0.00"}, "fixed_free"),
    ({"fixed": "paid", "price": "1"}, {"price": "-0.01"}, "fixed_free"),
    ({"count": 3}, {"count": 1}, "served_few"),
    ({}, {"inner": "2020-02-29"}, "inner_later"),
]


@pytest.mark.parametrize(("before", "change", "rule"), BROKEN)
def test_broken(
    types: TestClient, before: dict[str, object], change: dict[str, object], rule: str
) -> None:
    """An update of a row that keeps them, a create, a replace and an item of a bulk are refused."""
    created = make(types, THINGS, **new(**before))
    path = f"{THINGS}/{created['code']}"
    conflict(types.patch(path, json=change), "rule-broken", rule=rule)
    whole = before | change
    conflict(types.post(THINGS, json=new(**whole)), "rule-broken", rule=rule)
    bulk = types.post(f"{THINGS}:bulk-create", json={"items": [new(), new(**whole)]})
    conflict(bulk, "rule-broken", rule=rule, index=1)
    whole.pop("fixed", None)
    conflict(types.put(path, json=whole), "rule-broken", rule=rule)
    assert types.get(path).json() == created


@pytest.mark.parametrize(
    "fields",
    [
        {"opened": "2000-01-01T00:00:00+01:00"},
        {"opened": "2026-01-01T00:00:00.000001Z", "closed": "2026-01-01T00:00:00.000002Z"},
        {"starts": "11:59:59.999999"},
        {"takes": "PT24H"},
        {"takes": "PT86399.999999S"},
        {"one": UUID},
        {"mail": "ROOT@example.orgx"},
        {"mail": "a@example.org", "page": "https://a.example"},
        {"body": "é😀\u0301"},
        {"words": [""], "extra": False},
        {"extra": None},
        {"size": "large", "point": {"x": 0}},
        {"sizes": []},
        {"sizes": ["large", "large"]},
        {"weight": 49.75},
        {"weight": -1000},
        {"count": 399},
        {"price": "33.50"},
        {"fixed": "paid", "price": "0.01"},
        {"fixed": "paid"},
        {"inner": "2020-03-01"},
    ],
)
def test_kept(types: TestClient, fields: dict[str, object]) -> None:
    """What is just on the right side is written."""
    created = make(types, THINGS, **new(**fields))
    path = f"{THINGS}/{created['code']}"
    assert types.get(path).json() == created
    fields.pop("fixed", None)
    assert types.patch(path, json=fields).status_code == 200
    assert types.put(path, json=fields).status_code == 200


@pytest.mark.parametrize("code", ["word", "a", "b"])
def test_keys(types: TestClient, code: str) -> None:
    """A rule may name the key that a client gives."""
    told = {"rule": "code_is_no_word", "fields": ["code"]}
    conflict(types.post(THINGS, json={"code": code}), "rule-broken", **told)
