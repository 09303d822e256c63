"""One timer for all time-outs of SQLite's statements: it looks at all of them now and then.

A timer of its own for each statement would cost more than many a statement. This one runs only
while there is something to look at, and finds what is over its time a little late: by a quarter of
the time at most, or 50 ms.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Protocol

LONGEST_PERIOD = 0.05
SHORTEST_PERIOD = 0.005


class Watched(Protocol):
    """What wants to be looked at."""

    def look(self, now: float) -> None:
        """Call off what is over its time at a moment of `time.monotonic`."""


class Watchdog:
    """Look at things, more often than the shortest of some limits ends. It needs a running loop."""

    def __init__(self, *limits: float) -> None:
        self._period = max(SHORTEST_PERIOD, min(LONGEST_PERIOD, min(limits) / 4))
        self._loop = asyncio.get_running_loop()
        self._watched: dict[Watched, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    def watch(self, one: Watched) -> None:
        """Look at something from now on."""
        self._watched[one] = None
        if self._timer is None:
            self._timer = self._loop.call_later(self._period, self._look)

    def forget(self, one: Watched) -> None:
        """Look at something no longer."""
        self._watched.pop(one, None)

    def close(self) -> None:
        """Look at nothing any more."""
        self._watched.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        self._timer = None
        if not self._watched:
            return
        self._timer = self._loop.call_later(self._period, self._look)
        now = monotonic()
        for one in tuple(self._watched):
            one.look(now)
