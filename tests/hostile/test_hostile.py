"""Hostile inputs: each is answered with the status of the language, never 5xx, and breaks nothing.

The numbers are those of the list that the inputs come from; what does not apply is named in the
modules that hold the table, one for each part of a request.
"""

from __future__ import annotations

import json
import re

import pytest

from tests.services import Server

from . import framing, headers, media, methods, paths, queries, syntax, values
from .cases import Case
from .conftest import read_every_page
from .wire import Answer, exchange

MODULES = (paths, queries, syntax, values, media, methods, headers, framing)
CASES = [case for module in MODULES for case in module.CASES]
CODES = re.compile(r"/problems/[a-z-]+")


def test_the_table_is_large() -> None:
    """More than 500 inputs, of more than 250 of the 298 kinds; each has a name of its own."""
    assert len({case.name for case in CASES}) == len(CASES) > 500
    assert len({case.number for case in CASES}) > 250


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_input(library: Server, case: Case) -> None:
    """The status is the language's, the answer is whole, and the lists still read."""
    answer = exchange(library.port, case.sent)
    assert answer is not None
    assert answer.status in case.statuses
    assert "x-evil" not in answer.headers
    assert answer.headers.get("access-control-allow-origin") in (None, "https://reader.example")
    if answer.status >= 400:
        check_error(case, answer)
    else:
        check_answer(case, answer)
    if answer.status == 201:
        read_every_page(library)


def check_error(case: Case, answer: Answer) -> None:
    """Errors are problems, and echo nothing; 400 is the server's own."""
    if answer.status in (400, 403):
        assert len(answer.body) < 100
        return
    assert answer.headers["content-type"] == "application/problem+json"
    if case.sent.startswith(b"HEAD"):
        return
    problem = answer.json()
    assert problem["status"] == answer.status
    assert problem["instance"] == answer.headers["x-request-id"]
    assert CODES.fullmatch(problem["type"])
    assert len(answer.body) < 12_000
    if answer.status == 405:
        assert "OPTIONS" in answer.headers["allow"]
    if answer.status == 422:
        errors = problem["errors"]
        assert 1 <= len(errors) <= 50
        assert all(error.keys() == {"loc", "msg", "type"} for error in errors)
        assert all(error["type"] != "invalid" for error in errors)
        assert case.at is None or [tuple(error["loc"]) for error in errors] == [case.at]


def check_answer(case: Case, answer: Answer) -> None:
    """An answer is JSON and holds what was meant."""
    if case.sent.startswith((b"HEAD", b"OPTIONS")):
        assert answer.body == b""
        return
    assert answer.headers["content-type"] == "application/json"
    found = json.loads(answer.body)
    for key, value in (case.said or {}).items():
        actual = (
            {"items": found, "found": len(found)}.get(key)
            if isinstance(found, list)
            else found[key]
        )
        assert actual == value
