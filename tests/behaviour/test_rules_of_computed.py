"""Rules over what the server makes: computed fields, times, and whether a secret is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.services import client

from .related import Answered, conflict, make

MADE = """
spec: 1
service: {name: made, version: 1}
resources:
  Line:
    timestamps: true
    fields:
      quantity: integer(0..100) = 1
      spare: integer(0..100)?
      price: decimal(8:2 0..) = 1
      name: string(..9) = ""
      pin: secret(4..8)?
      due: datetime?
      total: {type: decimal(12:2), compute: quantity * price}
      share: {type: number?, compute: quantity / spare}
      label: {type: string(..20), compute: lower(name) + '!'}
    rules:
      small_total: {check: total <= 100, message: A hundred at most.}
      small_share: share < 2
      label_free: label != 'no!'
      locked: pin is not null or quantity < 40
      few: quantity < 50
      not_overdue: due > created_at
    endpoints: [create, read, replace, update, bulk_create]
"""

LINES = "/lines"


@pytest.fixture(scope="module")
def lines(module_database_url: str) -> Iterator[TestClient]:
    """Talk to a service with rules over what it makes, on each database in turn."""
    with client(MADE, module_database_url) as http:
        yield http


def refused(http: TestClient, row: Answered, fields: dict[str, object], rule: str) -> None:
    """Hold that every kind of write of these fields breaks a rule, and changes nothing."""
    path = f"{LINES}/{row['id']}"
    answers = [
        http.post(LINES, json=fields),
        http.put(path, json=fields),
        http.patch(path, json=fields),
    ]
    told = [conflict(answer, "rule-broken", rule=rule) for answer in answers]
    bulk = http.post(f"{LINES}:bulk-create", json={"items": [{}, fields]})
    told.append(conflict(bulk, "rule-broken", rule=rule, index=1))
    assert len({(one["message"], tuple(one["fields"])) for one in told}) == 1
    assert http.get(path).json() == row


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"quantity": 2, "price": "50.01"}, "small_total"),
        ({"quantity": 4, "spare": 2}, "small_share"),
        ({"name": "No"}, "label_free"),
        ({"quantity": 50}, "locked"),
        ({"quantity": 50, "pin": "12345"}, "few"),
        ({"quantity": 40}, "locked"),
        ({"due": "2020-01-01T00:00:00Z"}, "not_overdue"),
        ({"quantity": 60, "price": "2", "spare": 1, "name": "NO"}, "small_total"),
        ({"quantity": 60, "spare": 1, "name": "NO"}, "small_share"),
        ({"quantity": 60, "name": "NO"}, "label_free"),
        ({"quantity": 60, "due": "2020-01-01T00:00:00Z"}, "locked"),
    ],
)
def test_broken(lines: TestClient, fields: dict[str, object], rule: str) -> None:
    """The first in the order of the spec is told, whether it reads what is computed or not."""
    refused(lines, make(lines, LINES), fields, rule)


@pytest.mark.parametrize(
    "fields",
    [
        {"quantity": 2, "price": "50.00"},
        {"quantity": 4, "spare": 0},
        {"quantity": 4, "spare": None},
        {"quantity": 39},
        {"quantity": 49, "pin": "12345"},
        {"due": "2999-01-01T00:00:00Z"},
    ],
)
def test_kept(lines: TestClient, fields: dict[str, object]) -> None:
    """What keeps them is written."""
    created = make(lines, LINES, **fields)
    path = f"{LINES}/{created['id']}"
    assert lines.patch(path, json=fields).status_code == 200
    assert lines.put(path, json=fields).status_code == 200


def test_a_secret_that_is_kept(lines: TestClient) -> None:
    """An update or replacement without the secret leaves it, and the rule knows; null takes it."""
    created = make(lines, LINES, quantity=45, pin="12345")
    path = f"{LINES}/{created['id']}"
    assert lines.patch(path, json={"quantity": 44}).status_code == 200
    assert lines.put(path, json={"quantity": 43}).status_code == 200
    conflict(lines.patch(path, json={"pin": None}), "rule-broken", rule="locked")
    conflict(lines.patch(path, json={"quantity": 60}), "rule-broken", rule="few")
    both = {"quantity": 1, "pin": None}
    assert lines.patch(path, json=both).status_code == 200
    refused = lines.patch(path, json={"quantity": 43})
    assert conflict(refused, "rule-broken", rule="locked")["fields"] == ["pin", "quantity"]
