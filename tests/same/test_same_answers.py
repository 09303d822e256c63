"""The compiled path and FastAPI's own answer alike: status, headers and bytes, and rows after it.

Thousands of requests, valid and hostile, go to every operation of the services; each is held to be
answered by a `CompiledOperation` in the one, and never in the other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parity.test_walk import Walk
from tests.parity.test_walk_related import Walk as RelatedWalk
from tests.services import CATALOG, EVERYTHING, LIBRARY, WAREHOUSE

from .campaign import Campaign
from .clients import exact_twin_of
from .pair import Pair, pair

STEPS = 300
SEED = 4
REFUSED = 8
"""How often, at least, each operation refuses what is sent to it."""


def check(both: Pair) -> None:
    """Hold that the same was stored, and that every operation was brought to say many things."""
    compiled_rows, plain_rows = both.stored()
    assert compiled_rows == plain_rows
    assert len(compiled_rows) > 5
    for name in sorted(both.known):
        statuses = both.statuses[name]
        assert any(200 <= status < 300 for status in statuses), name
        assert statuses[422] >= REFUSED, name
    assert both.statuses[""].keys() >= {204, 404, 405}


@pytest.mark.parametrize(
    ("spec", "most", "mixtures"),
    [(CATALOG, 1000, 1000), (WAREHOUSE, 30, 1500), (EVERYTHING, 12, 800), (LIBRARY, 45, 300)],
    ids=["catalog", "warehouse", "everything", "library"],
)
def test_every_operation(
    spec: Path,
    most: int,
    mixtures: int,
    sqlite_urls: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is asked, in whatever order."""
    with pair(spec, sqlite_urls, monkeypatch) as both:
        campaign = Campaign(both, SEED)
        campaign.stock()
        campaign.probe()
        campaign.stock(2)
        campaign.each(most)
        campaign.stock(2)
        campaign.mix(mixtures)
        campaign.limits()
        check(both)
        every = sum(map(sum, (one.values() for one in both.statuses.values())))
        assert every > mixtures + min(most, 100) * len(both.known)


@pytest.mark.parametrize(
    ("spec", "mixtures"), [(CATALOG, 200), (WAREHOUSE, 800)], ids=["catalog", "warehouse"]
)
def test_on_postgresql(
    spec: Path, mixtures: int, postgres_urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on SQLite, in a smaller run."""
    with pair(spec, postgres_urls, monkeypatch) as both:
        campaign = Campaign(both, SEED)
        campaign.stock(2)
        campaign.mix(mixtures)
        compiled_rows, plain_rows = both.stored()
        assert compiled_rows == plain_rows
        assert both.statuses.keys() >= both.known


def test_walks(sqlite_urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Over rows of all types that refer to each other, with filters, cursors and tags."""
    with pair(EVERYTHING, sqlite_urls, monkeypatch) as both:
        walk, related = Walk(exact_twin_of(both), 1), RelatedWalk(exact_twin_of(both), 1)
        for _ in range(STEPS):
            walk.step()
            related.step()
        assert {200, 201, 204, 404, 409, 422} <= walk.statuses
        assert {200, 201, 204, 304, 404, 409, 412, 422} <= related.statuses.keys()
        assert both.stored()[0] == both.stored()[1]
