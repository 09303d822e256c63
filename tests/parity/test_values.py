"""Values at the edges of every type come back as they were meant, from either database."""

from __future__ import annotations

import random

import pytest

from tests.parity.twin import Twin
from tests.parity.values import VALUES


@pytest.mark.parametrize("name", VALUES)
def test_values_come_back(extremes: Twin, name: str) -> None:
    """What is created, read, updated, replaced and listed is the value in its canonical form."""
    for sent, meant in VALUES[name]:
        body = {"label": "x", name: sent}
        row = extremes.create("/extremes", body)
        canonical = row[name] if meant is None else meant
        assert row[name] == canonical
        assert type(row[name]) is type(canonical)
        path = f"/extremes/{row['id']}"
        assert extremes.send("GET", path, expect=200).json == row
        for method in ("PATCH", "PUT"):
            again = extremes.send(method, path, json_body={"label": "x", name: canonical})
            assert (again.status, again.json) == (200, row)


def test_what_is_as_wide_as_an_index_may_be(extremes: Twin) -> None:
    """The widest text, four bytes a character and no repetition, is stored, found and unique."""
    chance = random.Random(1)
    wide = "".join(chr(chance.randrange(0x10000, 0x10FFFF)) for _ in range(640))
    row = extremes.create("/extremes", {"label": "x", "wide": wide})
    found = extremes.rows("/extremes", wide_prefix=wide[:100])
    assert [one["id"] for one in found] == [row["id"]]
    body = {"label": "y", "wide": wide}
    problem = extremes.send("POST", "/extremes", json_body=body, expect=409).json
    assert (problem["constraint"], problem["key"]) == ("wide", row["id"])


def test_case_is_ignored_in_ascii_alone(extremes: Twin) -> None:
    """`K` is `k`; the Kelvin sign, which lower case makes of it elsewhere, is another letter."""
    for text in ("k", "\u212a", "É", "é", "İ", "ı", "ss", "ß", "\ufb00", "ff", "", " "):
        extremes.create("/extremes", {"label": "x", "folded": text})
    for text in ("K", "SS", "fF", "FF", "Ss"):
        body = {"label": "x", "folded": text}
        extremes.send("POST", "/extremes", json_body=body, expect=409)
    assert [row["folded"] for row in extremes.rows("/extremes", folded="k")] == ["k"]
    assert extremes.rows("/extremes", folded="K") == []


def test_json_is_bounded_by_the_request_alone(extremes: Twin) -> None:
    """A hundred levels and a megabyte are as good as anything else."""
    deep: object = 1
    for _ in range(99):
        deep = [deep]
    for extra, status in ((deep, 201), ([deep], 422), ("x" * 1_000_000, 201)):
        body = {"label": "x", "extra": extra}
        extremes.send("POST", "/extremes", json_body=body, expect=status)
