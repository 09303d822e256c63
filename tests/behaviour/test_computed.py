"""Computed fields: answered by every operation, filtered and sorted by, and never sent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.services import client, compiled

from .related import Answered, make, stored

COMPUTED = """
spec: 1
service: {name: computed, version: 1}
enums: {State: [open, done]}
resources:
  Line:
    concurrency: etag
    fields:
      batch: {type: string(32), index: true}
      quantity: integer(0..1000) = 1
      spare: integer(-1000..1000)?
      unit_price: decimal(8:2 0..) = 1
      rate: decimal(4:3)?
      first: string(..20) = Ada
      last: string(..20)?
      state: State = open
      day: date?
      total: {type: decimal(12:2), compute: quantity * unit_price, index: true}
      taxed: {type: decimal(17:5)?, compute: quantity * unit_price * rate}
      left: {type: integer?, compute: quantity - spare, index: true}
      size: {type: integer(0..2000), compute: "coalesce(abs(spare), 0) + quantity", index: true}
      share: {type: number?, compute: quantity / spare, index: true}
      third: {type: number, compute: quantity / 3, index: true}
      rest: {type: integer?, compute: spare % quantity}
      label:
        type: string(..50)
        compute: lower(first) + ' ' + coalesce(upper(last), '?')
        index: true
      big: {type: boolean, compute: quantity >= 100, index: true}
      early: {type: boolean?, compute: "day < date'2026-06-01' and state == 'open'", index: true}
      letters: {type: integer, compute: len(first)}
    endpoints:
      create:
      list:
        filter:
          batch: [eq]
          total: [eq, in, ge, lt]
          left: [eq, is_null, le]
          share: [gt, is_null]
          label: [eq, prefix, contains]
          big: [eq]
          early: [eq, is_null]
        sort: [total, left, share, label, size]
      read:
      replace:
      update:
      bulk_create:
"""

LINES = "/lines"
COMPUTED_NAMES = (
    "total", "taxed", "left", "size", "share", "third", "rest", "label", "big", "early", "letters",
)  # fmt: skip
_numbers = count(1)


@pytest.fixture(scope="module")
def lines(module_database_url: str) -> Iterator[TestClient]:
    """Talk to a service that computes, on each database in turn."""
    with client(COMPUTED, module_database_url) as http:
        yield http


def line(http: TestClient, **fields: object) -> Answered:
    """Create a line; its batch is its own unless one is given."""
    return make(http, LINES, **{"batch": uuid4().hex} | fields)


SAMPLES: list[tuple[dict[str, object], dict[str, object]]] = [
    (
        {},
        {
            "total": "1.00",
            "taxed": None,
            "left": None,
            "size": 1,
            "share": None,
            "rest": None,
            "label": "ada ?",
            "big": False,
            "early": None,
            "letters": 3,
        },
    ),
    ({"quantity": 1000, "unit_price": "999999.99"}, {"total": "999999990.00", "big": True}),
    ({"quantity": 0, "unit_price": "0.01"}, {"total": "0.00", "third": 0.0, "size": 0}),
    (
        {"quantity": 3, "unit_price": "0.1", "rate": "-0.001"},
        {"total": "0.30", "taxed": "-0.00030"},
    ),
    ({"quantity": 0, "rate": "-1"}, {"taxed": "0.00000"}),
    ({"quantity": 5, "spare": -7}, {"left": 12, "size": 12, "share": 5 / -7, "rest": -2}),
    ({"quantity": 0, "spare": 7}, {"left": -7, "share": 0.0, "rest": None}),
    ({"quantity": 0, "spare": -7}, {"share": 0.0}),
    ({"quantity": 7, "spare": 0}, {"left": 7, "share": None, "rest": 0}),
    ({"quantity": 10}, {"third": 10 / 3}),
    ({"first": "ÉVA İx", "last": "straße ß"}, {"label": "Éva İx STRAßE ß", "letters": 6}),
    ({"first": "", "last": ""}, {"label": " ", "letters": 0}),
    ({"first": "𝒳'", "last": "%"}, {"label": "𝒳' %", "letters": 2}),
    ({"day": "2026-05-31"}, {"early": True}),
    ({"day": "2026-06-01"}, {"early": False}),
    ({"state": "done"}, {"early": False}),
    ({"day": "2026-05-31", "state": "done"}, {"early": False}),
]


@pytest.mark.parametrize(("fields", "computed"), SAMPLES)
def test_answered_by_every_operation(
    lines: TestClient, fields: dict[str, object], computed: dict[str, object]
) -> None:
    """Create, read, list, replace, update and bulk answer what the row's own values give."""
    created = line(lines, **fields)
    assert {name: created[name] for name in computed} == computed
    path = f"{LINES}/{created['id']}"
    assert lines.get(path).json() == created
    assert lines.get(LINES, params={"batch": created["batch"]}).json() == [created]
    values = {name: created[name] for name in COMPUTED_NAMES}

    other = line(lines, quantity=50, spare=3, first="Other")
    changed = lines.patch(
        f"{LINES}/{other['id']}", json={"quantity": 1, "spare": None} | {"first": "Ada"} | fields
    ).json()
    assert {name: changed[name] for name in COMPUTED_NAMES} == values
    replaced = lines.put(f"{LINES}/{other['id']}", json={"batch": other["batch"]} | fields).json()
    assert {name: replaced[name] for name in COMPUTED_NAMES} == values
    assert lines.get(f"{LINES}/{other['id']}").json() == replaced
    bulk = lines.post(f"{LINES}:bulk-create", json={"items": [{"batch": "b" * 32} | fields] * 2})
    for item in bulk.json()["items"]:
        assert {name: item[name] for name in COMPUTED_NAMES} == values


def test_an_update_of_one_side(lines: TestClient) -> None:
    """What is computed follows the column that changed."""
    created = line(lines, quantity=2, unit_price="2.50")
    path = f"{LINES}/{created['id']}"
    assert lines.patch(path, json={"quantity": 3}).json()["total"] == "7.50"
    assert lines.patch(path, json={"unit_price": "0.33"}).json()["total"] == "0.99"
    assert lines.patch(path, json={}).json()["total"] == "0.99"


def test_no_negative_zero(lines: TestClient) -> None:
    """Nothing divided by less than nothing is 0.0, as in every number that is answered."""
    created = line(lines, quantity=0, spare=-7)
    assert str(created["share"]) == "0.0"
    assert '"share":0.0,' in lines.get(f"{LINES}/{created['id']}").text


@pytest.mark.parametrize("name", COMPUTED_NAMES)
def test_not_sent(lines: TestClient, name: str) -> None:
    """A body that sends one is refused, whatever its value, and so is an item of a bulk."""
    created = line(lines)
    whole = {"batch": created["batch"], name: created[name]}
    path = f"{LINES}/{created['id']}"
    bulk = lines.post(f"{LINES}:bulk-create", json={"items": [whole]})
    for answer, place in (
        (lines.post(LINES, json=whole), ["body", name]),
        (lines.put(path, json=whole), ["body", name]),
        (lines.patch(path, json={name: created[name]}), ["body", name]),
        (bulk, ["body", "items", 0, name]),
    ):
        assert answer.status_code == 422
        assert [error["loc"] for error in answer.json()["errors"]] == [place]


@pytest.fixture(scope="module")
def some(lines: TestClient) -> list[Answered]:
    """Make some lines of one batch."""
    batch = uuid4().hex
    wanted: list[dict[str, Any]] = [
        {"quantity": 10, "unit_price": "9.99", "spare": 3, "first": "Bo", "day": "2026-01-01"},
        {"quantity": 9, "unit_price": "100", "spare": 0, "first": "bo_", "day": "2026-07-01"},
        {"quantity": 100, "unit_price": "0.01", "first": "Ab", "last": "Bo"},
        {"quantity": 1, "unit_price": "99.90", "spare": -4, "first": "Zed%", "state": "done"},
        {"quantity": 0, "unit_price": "5", "spare": 2, "first": "É"},
    ]
    return [line(lines, batch=batch, **fields) for fields in wanted]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"total": "99.9"}, [0, 3]),
        ({"total_in": ["1.00", "0"]}, [2, 4]),
        ({"total_ge": "99.90"}, [0, 1, 3]),
        ({"total_lt": "1.01"}, [2, 4]),
        ({"left": "5"}, [3]),
        ({"left_is_null": "true"}, [2]),
        ({"left_le": "7"}, [0, 3, 4]),
        ({"share_gt": "0"}, [0]),
        ({"share_is_null": "true"}, [1, 2]),
        ({"label": "ab BO"}, [2]),
        ({"label_prefix": "bo"}, [0, 1]),
        ({"label_prefix": "bo_"}, [1]),
        ({"label_contains": "BO"}, [2]),
        ({"label_contains": "%"}, [3]),
        ({"big": "true"}, [2]),
        ({"early": "true"}, [0]),
        ({"early": "false"}, [1, 3]),
        ({"early_is_null": "true"}, [2, 4]),
    ],
)
def test_filters(
    lines: TestClient, some: list[Answered], query: dict[str, str | list[str]], found: list[int]
) -> None:
    """They are filtered as other fields of their types are."""
    answer = lines.get(LINES, params={"batch": some[0]["batch"], **query})
    assert answer.json() == [some[at] for at in found]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("total", [4, 2, 0, 3, 1]),
        ("-total", [1, 3, 0, 2, 4]),
        ("left", [4, 3, 0, 1, 2]),
        ("-left", [2, 1, 0, 3, 4]),
        ("share", [3, 4, 0, 1, 2]),
        ("label", [2, 0, 1, 3, 4]),
        ("-size", [2, 0, 1, 3, 4]),
    ],
)
def test_sorts(lines: TestClient, some: list[Answered], sort: str, order: list[int]) -> None:
    """They are sorted by as other fields are: decimals by value, nulls last."""
    answer = lines.get(LINES, params={"batch": some[0]["batch"], "sort": sort})
    assert answer.json() == [some[at] for at in order]


def test_their_indexes_are_there(lines: TestClient) -> None:
    """An index on what is computed is made like any other."""
    app: Any = lines.app
    table = "sqlite_master" if app.state.database.dialect == "sqlite" else "pg_class"
    name = "name" if table == "sqlite_master" else "relname"
    found = stored(lines, f"SELECT {name} FROM {table}")
    names = {name for (name,) in found}
    assert {f"ix_lines_{name}" for name in ("total", "left", "share", "label", "big")} <= names


def test_in_the_contract() -> None:
    """They are answered, read-only where they may be null, and in no body."""
    schemas = compiled(COMPUTED).contract()["components"]["schemas"]
    for name in COMPUTED_NAMES:
        assert schemas["Line"]["properties"][name]["readOnly"] is True
        assert name in schemas["Line"]["required"]
        for body in ("LineCreate", "LineReplace", "LineUpdate"):
            assert name not in schemas[body]["properties"]
