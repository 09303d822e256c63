"""A difference between the two ways is found: something is broken in the compiled one alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.responses import Response

from tests.services import CATALOG

from .campaign import Campaign
from .pair import Pair, pair

Damage = Callable[[Pair, pytest.MonkeyPatch], None]


def other_words(both: Pair, patch: pytest.MonkeyPatch) -> None:
    """Say otherwise that a body is missing."""
    operations = both.service.module("runtime.compiled_operations")
    error = {**operations.MISSING_BODY, "loc": ("body", "x")}
    patch.setattr(operations, "MISSING_BODY", error)


def lenient_query(both: Pair, patch: pytest.MonkeyPatch) -> None:
    """Take the first of what is repeated."""
    query = both.service.module("runtime.query")
    patch.setattr(query, "_single", lambda values: values[0])


def other_order(both: Pair, patch: pytest.MonkeyPatch) -> None:
    """Send the headers in another order."""
    ready = both.service.module("runtime.answers").Ready
    make = ready.__init__

    def turned(self: Response, *arguments: object, **options: object) -> None:
        make(self, *arguments, **options)
        self.raw_headers.reverse()

    patch.setattr(ready, "__init__", turned)


def left_to_fastapi(both: Pair, patch: pytest.MonkeyPatch) -> None:
    """Fall back for one operation, which is no difference in its answers."""
    dispatch: Any = both.apps[0].router.routes[0]
    scope = {"type": "http", "method": "DELETE", "path": "/catalog/products/1"}
    target, _ = dispatch.find(scope)
    patch.setattr(target, "compiled", None)


@pytest.mark.parametrize(
    "damage",
    [other_words, lenient_query, other_order, left_to_fastapi],
    ids=lambda one: one.__name__,
)
def test_damage_is_found(
    damage: Damage, sqlite_urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a few hundred requests."""
    with pair(CATALOG, sqlite_urls, monkeypatch) as both:
        campaign = Campaign(both, seed=1)
        campaign.stock()
        damage(both, monkeypatch)
        with pytest.raises(AssertionError):
            campaign.each(1000)
