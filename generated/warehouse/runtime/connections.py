"""Connections above the engine's pool: lent in a moment, without SQLAlchemy's part in it.

The engine makes and keeps connections, and a team may use it as SQLAlchemy documents. What the
service itself uses again and again stays out of the pool for as long as it is busy; who asks the
engine for a connection meanwhile gets one of those that are idle here.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from math import inf
from time import monotonic
from typing import Any, Protocol

from sqlalchemy.exc import TimeoutError as ExhaustedError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.util import greenlet_spawn

from .shared_pool import SharedPool
from .watchdog import Watchdog

KEEP_SECONDS = 1.0
"""For how long a connection that nobody needs stays out of the pool, at least."""
CLOSING_SECONDS = 5.0
"""For how long, at the end, who waits for a connection may still get one."""

CLOSING_PERIOD = 0.005
CLOSING_LOOKS = 2
"""So often nobody is seen to wait: who was asked just now, or begins again, does so in between."""
STOPPED = "the service has stopped"

log = logging.getLogger(__name__)


class UnavailableError(Exception):
    """The database cannot do it now: nothing was done. The text says why, for the log."""


class Lent:
    """A connection out of the pool; `driver` is the one of aiosqlite or asyncpg itself."""

    __slots__ = ("behind", "driver", "pooled", "until")

    def __init__(self, pooled: PoolProxiedConnection, seconds: float) -> None:
        self.pooled = pooled
        self.driver: Any = pooled.driver_connection
        self.behind = False
        """Whether its thread runs behind others, so that it is of no further use."""
        self.until: float = pooled.info.setdefault("until", monotonic() + seconds)


class Borrower(Protocol):
    """Who wants a connection, and gives it back in the end."""

    def start(self, lent: Lent) -> None:
        """Use a connection from now on."""

    def refuse(self, error: UnavailableError) -> None:
        """Hear that none can be had."""


class Connections:
    """Lend connections of an engine, at most some at a time; who waits is served in order."""

    def __init__(
        self, engine: AsyncEngine, watchdog: Watchdog, is_closed: Callable[[Lent], bool]
    ) -> None:
        self.idle: list[Lent] = []
        self.wanted = 0
        """How many wait for a connection of the pool that is not for the lender."""
        self._engine = engine
        self._watchdog = watchdog
        self._is_closed = is_closed
        self._waiting: deque[Borrower] = deque()
        self._kept: set[Lent] = set()
        self._opening = 0
        self._closing = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._fewest = 0
        """How many were idle all the time since some were put back."""
        self._next_return = 0.0
        self._looked_at = 0.0
        pool = self._pool()
        pool.lender = self
        self.most = pool.most()

    def take(self) -> Lent | None:
        """Lend one that is idle; None where there is none."""
        idle = self.idle
        while idle:
            lent = idle.pop()
            self._fewest = min(self._fewest, len(idle))
            if not self._is_closed(lent):
                return lent
            self.drop(lent)
        return None

    def lend(self, borrower: Borrower) -> None:
        """Have a borrower start as soon as there is a connection for it."""
        lent = self.take()
        if lent is not None:
            borrower.start(lent)
            return
        if self._closing:
            borrower.refuse(UnavailableError(STOPPED))
            return
        self._waiting.append(borrower)
        self._open_more()

    def forget(self, borrower: Borrower) -> None:
        """Let somebody wait no longer."""
        with suppress(ValueError):
            self._waiting.remove(borrower)

    async def wait(self, seconds: float | None = None) -> Lent:
        """Lend one as soon as there is one; raise `UnavailableError` after some seconds."""
        waiter = _Waiter()
        self.lend(waiter)
        try:
            async with asyncio.timeout(seconds):
                return await waiter.future
        except BaseException as error:
            self.forget(waiter)
            if waiter.lent is not None:
                self.give_back(waiter.lent)
            if isinstance(error, TimeoutError):
                raise UnavailableError(f"no connection was free for {seconds} s") from error
            raise

    def give_back(self, lent: Lent) -> None:
        """Take a connection back that does nothing any more, and give it to who waits longest."""
        if lent.until < self._looked_at:
            self.drop(lent)
        elif self.wanted:
            self._return([lent])
        else:
            self._hand_on(lent)

    def may_go_on(self, lent: Lent) -> bool:
        """Tell whether a borrower with more to do may keep what it has: nobody else waits."""
        others = self.wanted or self._waiting or self._closing
        return not (others or lent.until < self._looked_at)

    def drop(self, lent: Lent) -> asyncio.Task[None]:
        """Have a connection closed that is closed already, or may still be busy."""
        self._forget([lent])
        return self._run(_invalidate(lent))

    def idle_number(self) -> int:
        """Count those that nobody uses."""
        return len(self.idle)

    def put_back(self, number: int) -> None:
        """Put idle ones back into the pool. It needs a greenlet of SQLAlchemy's."""
        for lent in self._forget(self.idle[:number]):
            lent.pooled.close()

    def outdate(self) -> None:
        """Put all that are idle back; the others are used no more when they come back."""
        self.put_back(len(self.idle))
        for lent in self._kept:
            lent.until = -inf
        self._next_return = 0

    async def close(self) -> None:
        """Wait until what is under way has ended, and put everything back. Then lend no more."""
        end = monotonic() + CLOSING_SECONDS
        looks = 0
        while looks < CLOSING_LOOKS and monotonic() < end:
            await asyncio.sleep(CLOSING_PERIOD)
            looks = 0 if self._is_busy() else looks + 1
        self._closing = True
        while self._waiting:
            self._waiting.popleft().refuse(UnavailableError(STOPPED))
        self._return(tuple(self.idle))
        # What still runs has a time-out of its own, and gives its connection back then.
        while self._is_busy():
            await asyncio.sleep(CLOSING_PERIOD)
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _is_busy(self) -> bool:
        """Tell whether anybody has a connection of these, or waits for one."""
        return bool(self._waiting or self._opening or len(self.idle) < len(self._kept))

    def look(self, now: float) -> None:
        """Put back what was not needed for a while, and close what was used for long enough."""
        if now < self._next_return:
            return
        self._next_return = now + KEEP_SECONDS
        self._looked_at = now
        if self._fewest:
            self._return(self.idle[: self._fewest])
        for lent in [one for one in self.idle if one.until < now]:
            self.drop(lent)
        self._fewest = len(self.idle)
        if not self._kept:
            self._watchdog.forget(self)

    def _pool(self) -> SharedPool:
        pool = self._engine.sync_engine.pool
        if not isinstance(pool, SharedPool):
            raise TypeError("only connections of a SharedPool are lent")
        return pool

    def _open_more(self) -> None:
        if self._closing:
            return
        while len(self._waiting) > self._opening and len(self._kept) + self._opening < self.most:
            self._opening += 1
            self._run(self._open())

    async def _open(self) -> None:
        """Check one more out of the pool, for who waits longest by then."""
        try:
            pool = self._pool()
            lent = Lent(await greenlet_spawn(pool.lend), pool.longest_use())
        except ExhaustedError:
            pass  # Others have them all. Who waits knows for how long.
        except Exception as error:
            if self._waiting:
                self._waiting.popleft().refuse(UnavailableError(_text(error)))
        else:
            if not self._kept:
                self._next_return = monotonic() + KEEP_SECONDS
                self._watchdog.watch(self)
            self._kept.add(lent)
            self._hand_on(lent)
        finally:
            self._opening -= 1

    def _hand_on(self, lent: Lent) -> None:
        """Give a connection to who waits longest, or keep it; at the end it goes back."""
        if self._waiting:
            self._waiting.popleft().start(lent)
        elif self._closing:
            self._return([lent])
        else:
            self.idle.append(lent)

    def _return(self, some: Sequence[Lent]) -> None:
        self._run(greenlet_spawn(_close, self._forget(some)))

    def _forget(self, some: Sequence[Lent]) -> Sequence[Lent]:
        """Keep some no longer."""
        self._kept.difference_update(some)
        self.idle[:] = [one for one in self.idle if one in self._kept]
        self._fewest = min(self._fewest, len(self.idle))
        return some

    def _run(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Do something to its end, whoever waits for it; there may be room for others then."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._has_run)
        return task

    def _has_run(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._open_more()


class _Waiter:
    """A borrower that is a coroutine."""

    def __init__(self) -> None:
        self.lent: Lent | None = None
        self.future: asyncio.Future[Lent] = asyncio.get_running_loop().create_future()

    def start(self, lent: Lent) -> None:
        self.lent = lent
        if not self.future.done():
            self.future.set_result(lent)

    def refuse(self, error: UnavailableError) -> None:
        if not self.future.done():
            self.future.set_exception(error)


def _close(some: Sequence[Lent]) -> None:
    for lent in some:
        lent.pooled.close()


async def _invalidate(lent: Lent) -> None:
    try:
        await greenlet_spawn(lent.pooled.invalidate)
    except Exception:
        log.warning("a connection could not be closed and is dropped", exc_info=True)


def _text(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return f"{type(cause).__name__}: {cause}"
