"""The judge of the fuzzing: it sees each kind of miss, and takes nothing else for one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.fuzzing.contract import Contract
from tests.fuzzing.table import render
from tests.fuzzing.traffic import Exchange
from tests.fuzzing.verdict import Column, Tally
from tests.services import CATALOG, compiled

LIST = "/catalog/products"
JSON = {"content-type": "application/json"}
WHOLE = {"sku": "abc", "title": "A", "unit_price": 1}
SHORT = {**WHOLE, "sku": "a"}
ALLOW = "GET, HEAD, DELETE, OPTIONS"
ERRORS = [{"loc": ["body", "sku"], "msg": "This is required.", "type": "missing"}]
ABSENT = {
    "type": "/problems/unknown-key",
    "resource": "product",
    "detail": "There is no product with this id.",
}


@pytest.fixture
def tally() -> Tally:
    """Begin to judge the catalog."""
    return Tally(Contract.read(compiled(CATALOG).contract()))


def exchange(
    method: str,
    target: str,
    status: int,
    *,
    body: object = None,
    headers: Mapping[str, str] = JSON,
    answer: object = None,
    answered: Mapping[str, str] | None = None,
) -> Exchange:
    """Write down a request and its answer."""
    path, _, query = target.partition("?")
    sent = b"" if body is None else json.dumps(body).encode()
    content = b"" if answer is None else json.dumps(answer).encode()
    return Exchange(
        "test", method, path, query, headers, sent, status, dict(answered or {}), content
    )


CREATED = exchange("POST", LIST, 201, body=WHOLE, answered={"location": f"{LIST}/1"})

MET = [
    (Column.VALID, exchange("GET", LIST, 200)),
    (Column.VALID, exchange("GET", f"{LIST}?page=2&category=a", 200)),
    (Column.VALID, exchange("GET", f"{LIST}/1", 200)),
    (Column.VALID, exchange("HEAD", f"{LIST}/1", 200)),
    (Column.BROKEN, exchange("POST", LIST, 422, body=SHORT, answer={"errors": ERRORS})),
    (Column.ABSENT, exchange("GET", f"{LIST}/2", 404, answer=ABSENT)),
    (Column.METHOD, exchange("PUT", f"{LIST}/1", 405, answered={"allow": ALLOW})),
    (Column.MEDIA, exchange("POST", LIST, 415, body=WHOLE, headers={"content-type": "text/plain"})),
]  # fmt: skip

MISSED = [
    exchange("GET", LIST, 500),
    exchange("GET", LIST, 0),
    exchange("GET", LIST, 422),
    exchange("GET", f"{LIST}/1", 404, answer=ABSENT),
    exchange("GET", "/catalog/products/", 200),
    exchange("GET", f"{LIST}/2", 200),
    exchange("GET", f"{LIST}/2", 404, answer=ABSENT | {"resource": "item"}),
    exchange("GET", f"{LIST}/0", 404, answer=ABSENT),
    exchange("GET", f"{LIST}/01", 200),
    exchange("GET", f"{LIST}?page=1.0", 200),
    exchange("GET", f"{LIST}?page=1&page=1", 200),
    exchange("GET", f"{LIST}?category=", 200),
    exchange("GET", f"{LIST}?colour=red", 200),
    exchange("GET", f"{LIST}?category=%ff", 200),
    exchange("POST", LIST, 201, body={**WHOLE, "unit_price": 0}),
    exchange("POST", LIST, 422, body=SHORT, answer={"errors": []}),
    exchange("POST", LIST, 422, body=SHORT, answer={"errors": [{"loc": ["body"]}]}),
    exchange("POST", f"{LIST}?x=1", 422, body={}, answer={"errors": ERRORS}),
    exchange("POST", LIST, 422, body=WHOLE, answer={"errors": ERRORS}),
    exchange("POST", LIST, 201, body=WHOLE, headers={"content-type": "text/plain"}),
    exchange("PUT", f"{LIST}/1", 404),
    exchange("PUT", f"{LIST}/1", 405, answered={"allow": "GET, HEAD, OPTIONS"}),
    exchange("OPTIONS", f"{LIST}/1", 204, answered={"allow": f"{ALLOW}, PUT"}),
]  # fmt: skip


@pytest.mark.parametrize(("column", "one"), MET, ids=str)
def test_what_is_right_is_counted(tally: Tally, column: Column, one: Exchange) -> None:
    """In its column, and without a miss."""
    tally.judge([CREATED, one])
    assert tally.misses == []
    counts: list[Any] = [part[column] for part in tally.counts.values()]
    assert any(count.sent == count.met > 0 for count in counts)


@pytest.mark.parametrize("one", MISSED, ids=str)
def test_what_is_wrong_is_named(tally: Tally, one: Exchange) -> None:
    """Each wrong answer is one miss, which shows the request."""
    tally.judge([CREATED, one])
    assert len(tally.misses) == 1
    assert one.path in tally.misses[0]


def test_what_was_never_seen_is_a_gap(tally: Tally) -> None:
    """An operation without a request of each kind, or without a success, is not confirmed."""
    tally.judge([one for _, one in MET])
    gaps = tally.gaps(["create_product", "read_product"])
    assert "create_product: no valid request succeeded" in gaps
    assert "read_product: no request of the kind `broken: 422`" in gaps
    tally.judge([CREATED])
    assert tally.gaps(["create_product"]) == [
        "create_product: no request of the kind `method: 405`"
    ]


def test_a_deleted_row_is_absent(tally: Tally) -> None:
    """From its 204 on."""
    gone = exchange("DELETE", f"{LIST}/1", 204)
    tally.judge([CREATED, gone, exchange("GET", f"{LIST}/1", 404, answer=ABSENT)])
    assert tally.misses == []
    tally.judge([exchange("GET", f"{LIST}/1", 200)])
    assert len(tally.misses) == 1


def test_the_table_has_a_row_for_each_operation(tally: Tally) -> None:
    """With a count for what applies, a dash for what does not, and sums."""
    tally.judge([CREATED])
    lines = {line.split()[0]: line.split()[1:] for line in render(tally).splitlines()}
    assert lines["create_product"] == ["0/0", "-", "0/0", "0/0", "1/1"]
    assert lines["all"] == ["0/0", "0/0", "0/0", "0/0", "1/1"]
