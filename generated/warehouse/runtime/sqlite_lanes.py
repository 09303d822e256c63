"""The ways to a file of SQLite: one connection at a time looks up, one writes, others read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from .connections import Connections
from .drivers import Row, T
from .settings import ServiceSettings
from .sqlite_calls import Asked
from .sqlite_groups import Group, GroupedWrite
from .sqlite_hops import Limits, Queued, SharedHops
from .sqlite_reads import LookUps, Reads
from .steps import Steps
from .watchdog import Watchdog

FOR_OTHERS = 2
"""Connections that reads leave to look-ups and writes; of a pool of two, those share one."""


class SQLiteLanes:
    """Look-ups, reads and writes, each in a queue of its own.

    A queue borrows a connection while something waits in it: where there are too few, they take
    turns. Statements take as long as the settings allow, whatever the seconds of a call.
    """

    def __init__(
        self, connections: Connections, watchdog: Watchdog, settings: ServiceSettings
    ) -> None:
        self._loop = asyncio.get_running_loop()
        briefly = Limits(
            to_connect=settings.pool_timeout,
            to_begin=settings.pool_timeout,
            to_end=settings.statement_timeout,
        )
        most = connections.most
        side_by_side = replace(briefly, hops=max(1, most - FOR_OTHERS))
        in_turn = replace(briefly, to_begin=settings.busy_timeout)
        self._look_ups = SharedHops(connections, watchdog, LookUps, briefly)
        self._reads = SharedHops(connections, watchdog, Reads, side_by_side)
        self._writes = SharedHops(connections, watchdog, Group, in_turn)

    def look_up(
        self, sql: str, values: Sequence[object], _seconds: float
    ) -> Awaitable[Sequence[Row]]:
        """Look up together with others."""
        asked = Asked(self._loop.create_future(), sql, values)
        self._look_ups.add(asked)
        return asked.future

    def read(self, sql: str, values: Sequence[object], _seconds: float) -> Awaitable[Sequence[Row]]:
        """Read behind no other for long. Who is cancelled waits until it has ended."""
        future: asyncio.Future[Sequence[Row]] = self._loop.create_future()
        return _wait(self._reads, Asked(future, sql, values), future)

    def write(
        self, sql: str, values: Sequence[object], _seconds: float
    ) -> Awaitable[Sequence[Row]]:
        """Write together with others. Who is cancelled waits until it has ended."""
        future: asyncio.Future[Sequence[Row]] = self._loop.create_future()
        return _wait(self._writes, GroupedWrite(future, sql, values), future)

    def transact(self, make: Callable[[], Steps[T]], _seconds: float) -> Awaitable[T]:
        """Write together with others. Who is cancelled waits until it has ended."""
        future: asyncio.Future[T] = self._loop.create_future()
        return _wait(self._writes, GroupedWrite(future, make=make), future)


async def _wait(hops: SharedHops[Queued], asked: Queued, future: asyncio.Future[T]) -> T:
    """Wait for what becomes of a statement; nobody leaves while it may still be done."""
    hops.add(asked)
    try:
        return await future
    except asyncio.CancelledError:
        await hops.leave(asked)
        raise
