"""Queues of statements for SQLite, whose connections' threads take from them.

Whatever is asked for in one turn of the event loop, and until a thread is done with it, is done in
one hop to that thread: a hop costs more than a brief statement. And as long as one thread keeps up,
no other is woken, for threads of Python that run at the same time are in each other's way.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Generic, Protocol, TypeVar

from .connections import Connections, Lent, UnavailableError
from .sqlite_calls import Asked, connection_of, interrupt, seconds_of, send, step_back
from .watchdog import Watchdog

Queued = TypeVar("Queued", bound=Asked)

WAIT_SECONDS = 0.005
"""For how long a statement waits behind others before another connection is used for it."""
BEHIND_SECONDS = 0.045
"""Of processor time: after so much more, a read has a processor only when nothing else wants it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many hops there are at a time, and how many seconds a statement has."""

    to_connect: float
    """To wait while there is no connection at all."""
    to_begin: float
    """To wait behind others."""
    to_end: float
    """To run."""
    hops: int = 1


class Batch(Protocol):
    """What one hop does."""

    taken: list[Asked]
    """What it took out of the queue; each has its result or its error in the end."""
    current: Asked | None
    """What runs now."""
    began_at: float
    """When that began."""

    def run(self, connection: sqlite3.Connection) -> None:
        """Take of the queue and do it, on the thread.

        What it raises is the error of all that it took, and the connection is of no use then.
        """

    def ended(self) -> list[Asked]:
        """Return those that may be told before the others have ended."""


def take(queue: deque[Queued]) -> Queued | None:
    """Take the oldest of a queue, from which another thread takes too; None where there is none."""
    try:
        return queue.popleft()
    except IndexError:
        return None


class SharedHops(Generic[Queued]):
    """A queue, and the hops that empty it: one at a time, or more where one does not keep up."""

    def __init__(
        self,
        connections: Connections,
        watchdog: Watchdog,
        batch: Callable[[deque[Queued]], Batch],
        limits: Limits,
    ) -> None:
        self.queue: deque[Queued] = deque()
        self.batch = batch
        self.connections = connections
        self.limits = limits
        self.loop = asyncio.get_running_loop()
        self._watchdog = watchdog
        self._hops: list[_Hop[Queued]] = []
        self._quick = 0
        """How many of the hops do not run a slow statement."""
        self._timer: asyncio.TimerHandle | None = None

    def add(self, asked: Queued) -> None:
        """Put something into the queue."""
        self.queue.append(asked)
        if not self._quick and len(self._hops) < self.limits.hops:
            self._begin()

    async def leave(self, asked: Queued) -> None:
        """Take out what is cancelled, or wait until it has ended."""
        try:
            # A thread takes from it too: what is not there any more has begun.
            self.queue.remove(asked)
        except ValueError:
            await asked.end()

    def look(self, now: float) -> None:
        """Take out what waits for too long, and interrupt what takes too long."""
        connected = any(hop.lent is not None for hop in self._hops)
        self._take_out(now - (self.limits.to_begin if connected else self.limits.to_connect))
        for hop in tuple(self._hops):
            hop.look(now)

    def end(self, hop: _Hop[Queued], error: UnavailableError | None = None) -> None:
        """Count a hop no longer; where there is no other, an error is that of all that wait."""
        self.count(hop, slow=True)
        self._hops.remove(hop)
        if self._hops:
            return
        self._watchdog.forget(self)
        while error is not None and (asked := take(self.queue)) is not None:
            asked.refuse(str(error))
        if self.queue:  # The connection was of no use, or others have it now.
            self._begin()

    def count(self, hop: _Hop[Queued], *, slow: bool) -> None:
        """Count a hop as one that runs a slow statement, or as one that does not."""
        if slow is not hop.slow:
            hop.slow = slow
            self._quick += -1 if slow else 1

    def _begin(self) -> None:
        hop = _Hop(self)
        self._hops.append(hop)
        self._quick += 1
        self._watchdog.watch(self)
        if self._timer is None:
            self._timer = self.loop.call_later(WAIT_SECONDS, self._hasten)
        # Whatever else is asked for in this turn of the loop goes along.
        self.loop.call_soon(self._connect, hop)

    def _connect(self, hop: _Hop[Queued]) -> None:
        if hop in self._hops:
            self.connections.lend(hop)

    def _hasten(self) -> None:
        """See that nobody waits for somebody else's slow statement."""
        self._timer = None
        if not self._hops:
            return
        self._timer = self.loop.call_later(WAIT_SECONDS, self._hasten)
        before = monotonic() - WAIT_SECONDS
        for hop in self._hops:
            hop.hasten(before)
        with suppress(IndexError):  # There is none, or the thread has taken it.
            late = self.queue[0].asked_at <= before or not self._quick
            connected = all(hop.lent is not None for hop in self._hops)
            if late and connected and len(self._hops) < self.limits.hops:
                self._begin()

    def _take_out(self, before: float) -> None:
        with suppress(IndexError, ValueError):  # The thread has taken it.
            while (oldest := self.queue[0]).asked_at <= before:
                self.queue.remove(oldest)
                oldest.refuse("it waited behind others, or for a connection, for too long")


class _Hop(Generic[Queued]):
    """A connection whose thread empties a queue."""

    def __init__(self, hops: SharedHops[Queued]) -> None:
        self.lent: Lent | None = None
        self.slow = False
        self._hops = hops
        self._batch: Batch | None = None
        self._slow_since = 0.0
        """When the statement began that is known to be slow."""
        self._worked = 0.0
        """How long the thread had worked when that was noticed, in seconds of a processor."""

    def start(self, lent: Lent) -> None:
        self.lent = lent
        self._send(lent)

    def refuse(self, error: UnavailableError) -> None:
        """Do without a connection."""
        self._hops.end(self, error)

    def look(self, now: float) -> None:
        if self.lent is None:
            if not self._hops.queue:
                self._hops.connections.forget(self)
                self._hops.end(self)
        elif self._batch is not None and (current := self._batch.current) is not None:
            if now - self._batch.began_at >= self._hops.limits.to_end:
                current.late = True
            if current.is_off():
                interrupt(self.lent)

    def hasten(self, before: float) -> None:
        """Tell those that need not wait for the end of a batch, and whether that takes long."""
        batch = self._batch
        if batch is not None:
            for asked in batch.ended():
                asked.tell()
            if batch.current is not None and batch.began_at <= before:
                self._hops.count(self, slow=True)
                if self.lent is not None and self._hops.limits.hops > 1:
                    self._step_back(self.lent, batch.began_at)

    def _step_back(self, lent: Lent, began_at: float) -> None:
        """Let the thread run behind others, once it has worked for long, and not just waited."""
        if lent.behind:
            return
        if began_at != self._slow_since:
            self._slow_since, self._worked = began_at, seconds_of(lent)
        elif seconds_of(lent) - self._worked >= BEHIND_SECONDS:
            step_back(lent)

    def _send(self, lent: Lent) -> None:
        self._batch = batch = self._hops.batch(self._hops.queue)
        send(lent, partial(self._work, batch, lent))

    def _work(self, batch: Batch, lent: Lent) -> None:
        """Do a batch, on the thread."""
        failed = False
        try:
            batch.run(connection_of(lent))
        except BaseException as error:
            failed = True
            for asked in batch.taken:
                asked.error = error
        self._hops.loop.call_soon_threadsafe(self._end, batch, lent, failed)

    def _end(self, batch: Batch, lent: Lent, failed: bool) -> None:
        connections = self._hops.connections
        useless = failed or lent.behind
        if self._hops.queue and not useless and connections.may_go_on(lent):
            self._hops.count(self, slow=False)
            self._send(lent)
        else:
            if useless:
                connections.drop(lent)
            else:
                connections.give_back(lent)
            self._hops.end(self)
        for asked in batch.taken:
            asked.tell()
