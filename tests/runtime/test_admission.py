"""Which Accept and Content-Type headers let a request in."""

from __future__ import annotations

import time

import pytest

from generator.runtime.admission import accepts_json, is_json


@pytest.mark.parametrize(
    "accept",
    [
        "",
        " , ,",
        "*/*",
        "application/*",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
        "text/html, application/json;q=0.001",
        "text/html;q=1.0,*/*;q=0.8",
        "application/json;q=0, */*",
        "garbage",
        "text/html, garbage",
        "text/html;q=high",
        "/",
        ";;;=",
        "text/html;q=2",
    ],
)
def test_json_may_be_answered(accept: str) -> None:
    """Where a range takes it in with a quality above zero; what is malformed counts as absent."""
    assert accepts_json(accept)


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "image/*",
        "*/*;q=0",
        "application/json;q=0.000",
        "application/problem+json",
        "text/html, application/xml;q=0.9",
        'text/html;level="1"',
    ],
)
def test_json_is_excluded(accept: str) -> None:
    """Where no range takes it in."""
    assert not accepts_json(accept)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "APPLICATION/JSON",
        "application/json;charset=utf-8",
        'application/json ; Charset="UTF-8"',
        "application/json;",
        "application/json; profile=x",
    ],
)
def test_a_body_is_json(content_type: str) -> None:
    """Case and spaces do not matter."""
    assert is_json(content_type)


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "application",
        "/",
        ";;;=",
        "text/plain",
        "application/xml",
        "application/vnd.api+json",
        "application/merge-patch+json",
        "application/json, text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=bogus",
        "application/json; charset",
        "multipart/form-data",
        "application/json\xe9",
        "application/json" * 300,
    ],
)
def test_a_body_is_something_else(content_type: str) -> None:
    """Neither another type nor another encoding is guessed at."""
    assert not is_json(content_type)


def test_a_hostile_header_costs_no_time() -> None:
    """The pattern does not backtrack."""
    began = time.process_time()
    assert not is_json("application/json" + ";  " * 20_000 + "@")
    assert not is_json("application/json" + ";a=b" * 20_000 + "@")
    assert not is_json("application/json;a=" + '"' + "\\a" * 20_000)
    assert time.process_time() - began < 1
