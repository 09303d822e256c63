"""The pool of an engine whose connections are lent above it.

To everybody else, those that are idle there count as the pool's own: it has them back rather than
make anybody wait.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from sqlalchemy.pool import AsyncAdaptedQueuePool, PoolProxiedConnection


class Lender(Protocol):
    """Who has connections of the pool; see `Connections`."""

    wanted: int
    """How many others wait for one, so that none may be kept that is idle."""

    def idle_number(self) -> int:
        """Count those that nobody uses."""

    def put_back(self, number: int) -> None:
        """Put idle ones back, up to a number."""

    def outdate(self) -> None:
        """Put all that are idle back; the others are to be closed when they come back."""


class SharedPool(AsyncAdaptedQueuePool):
    """A pool that knows its lender."""

    lender: Lender | None = None

    def most(self) -> int:
        """Tell how many connections there may be at a time."""
        return self.size() + self._max_overflow

    def longest_use(self) -> float:
        """Tell for how many seconds a connection may be used, as `pool_recycle` says."""
        seconds = float(self._recycle)
        return inf if seconds < 0 else seconds

    def lend(self) -> PoolProxiedConnection:
        """Check a connection out for the lender."""
        return super().connect()

    def connect(self) -> PoolProxiedConnection:
        """Check a connection out for somebody else: rather than wait, take one of the lender's."""
        lender = self.lender
        if lender is None or super().checkedin():
            return super().connect()
        lender.put_back(1)
        if super().checkedin() or super().checkedout() < self.most():
            return super().connect()
        lender.wanted += 1
        try:
            return super().connect()
        finally:
            lender.wanted -= 1

    def checkedin(self) -> int:
        """Count those that nobody uses."""
        return super().checkedin() + (self.lender.idle_number() if self.lender else 0)

    def checkedout(self) -> int:
        """Count those that somebody uses."""
        return super().checkedout() - (self.lender.idle_number() if self.lender else 0)

    def dispose(self) -> None:
        """Close what nobody uses now, and the rest when its use has ended."""
        if self.lender is not None:
            self.lender.outdate()
        super().dispose()

    def recreate(self) -> SharedPool:
        """Make an empty pool of the same kind."""
        pool = super().recreate()
        assert isinstance(pool, SharedPool)
        pool.lender = self.lender
        return pool
