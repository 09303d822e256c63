"""The timer that all time-outs share."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from time import monotonic

import pytest

from generator.runtime.watchdog import Watchdog

pytestmark = pytest.mark.anyio


class Clock:
    """Notes when it is looked at."""

    def __init__(self) -> None:
        self.looks: list[float] = []

    def look(self, now: float) -> None:
        """Note it."""
        self.looks.append(now)


async def test_it_looks_often_enough() -> None:
    """At least four times within the shortest limit, and only at what it is to watch."""
    watchdog, clock, other = Watchdog(0.08, 30), Clock(), Clock()
    began = monotonic()
    watchdog.watch(clock)
    watchdog.watch(other)
    watchdog.forget(other)
    async with asyncio.timeout(5):
        while len(clock.looks) < 12:
            await asyncio.sleep(0.01)
    assert clock.looks[0] - began >= 0.015
    assert min(later - earlier for earlier, later in pairwise(clock.looks)) < 0.04
    assert not other.looks
    watchdog.forget(clock)
    seen = len(clock.looks)
    await asyncio.sleep(0.06)
    assert len(clock.looks) == seen
    watchdog.watch(clock)
    watchdog.close()
    await asyncio.sleep(0.06)
    assert len(clock.looks) == seen
