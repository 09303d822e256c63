"""Latency under a steady load, at a rate that does not wait for the server (an open loop).

A request's time counts from when it was due, also if no connection was free then: a server that
stalls is charged for all the requests that come meanwhile.
"""

from __future__ import annotations

import select
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from .http1 import status
from .load import Connection, Lines, Load, LoadError, Plan, note
from .statistics import percentile

CONNECTIONS = 64
PATIENCE = 10.0
"""A server that needs so many seconds more than planned is given up."""


@dataclass(slots=True)
class Steady:
    """What a steady load has found."""

    rate: float
    """Requests a second that were due."""
    latencies: list[float] = field(default_factory=list)
    """Seconds."""
    beside: list[float] = field(default_factory=list)
    """Seconds that each slow request beside took."""
    wrong: dict[str, int] = field(default_factory=dict)

    def milliseconds(self, part: float) -> float:
        """Return a percentile of the latencies."""
        return percentile(self.latencies, part) * 1e3


def open_loop(
    port: int, plan: Plan, *, rate: float, seconds: float, beside: Plan | None = None
) -> Steady:
    """Send requests evenly at a rate; with `beside`, another connection sends those in a row.

    Raises `LoadError` if the server cannot keep up at all.
    """
    steady = Steady(rate)
    sender = _Sender(port, plan, steady)
    slow = _Slow(port, beside, steady, sender.lines.poll) if beside else None
    try:
        sender.run(seconds, slow)
    finally:
        sender.lines.close()
        if slow:
            slow.connection.socket.close()
    steady.wrong = dict(sender.load.wrong)
    return steady


class _Slow:
    """The connection whose requests take long."""

    def __init__(self, port: int, plan: Plan, steady: Steady, poll: select.epoll) -> None:
        self.plan = plan
        self.steady = steady
        self.requests = plan.requests(0)
        self.connection = Connection(port)
        self.number = self.connection.socket.fileno()
        self.sent = 0.0
        poll.register(self.number, select.EPOLLIN)

    def send(self) -> None:
        """Send the next one."""
        self.sent = time.perf_counter()
        self.connection.send(next(self.requests))

    def receive(self) -> None:
        """Take an answer, and go on."""
        answer = self.connection.receive()
        if answer is None:
            return
        if (told := status(answer)) != self.plan.status:
            raise LoadError(f"the slow request is answered {told.decode()}")
        self.steady.beside.append(time.perf_counter() - self.sent)
        self.send()


class _Sender:
    """The connections that the steady load goes over."""

    def __init__(self, port: int, plan: Plan, steady: Steady) -> None:
        self.plan = plan
        self.steady = steady
        self.load = Load()
        self.lines = Lines(port, CONNECTIONS)
        self.free = deque(self.lines.by_number.values())
        self.due: deque[float] = deque()
        self.sent: dict[Connection, float] = {}

    def run(self, seconds: float, slow: _Slow | None) -> None:
        """Send what falls due within `seconds`, and wait for the answers."""
        requests = self.plan.requests(0)
        start = time.perf_counter()
        planned, sent_off = int(self.steady.rate * seconds), 0
        if slow:
            slow.send()
        while sent_off < planned or self.due or self.sent:
            now = time.perf_counter()
            if now > start + seconds + PATIENCE:
                rate = f"{self.steady.rate:.0f} requests a second"
                raise LoadError(f"it does not keep up with {rate}")
            while sent_off < planned and (at := start + sent_off / self.steady.rate) <= now:
                self.due.append(at)
                sent_off += 1
            while self.due and self.free:
                one = self.free.popleft()
                self.sent[one] = self.due.popleft()
                one.send(next(requests))
            # Without waiting: the generator has a core of its own, and a time-out is a millisecond.
            for number, _ in self.lines.poll.poll(0):
                if slow and number == slow.number:
                    slow.receive()
                else:
                    self._receive(self.lines.by_number[number])

    def _receive(self, one: Connection) -> None:
        answer = one.receive()
        if answer is None:
            return
        self.steady.latencies.append(time.perf_counter() - self.sent.pop(one))
        note(self.load, self.plan, answer)
        self.free.append(one)


def middle(runs: Sequence[Steady], part: float) -> float:
    """Return the median over several runs of a percentile, in milliseconds."""
    return percentile([one.milliseconds(part) for one in runs], 0.5)
