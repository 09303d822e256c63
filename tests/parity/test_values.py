"""Values at the edges of every type come back as they were meant, from either database."""

from __future__ import annotations

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
