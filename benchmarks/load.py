"""The load generator: keep-alive connections on one thread, raw sockets and epoll.

It spends about 10 µs a request, less than bare uvicorn does, so that it can saturate one core with
another. What a server answers is checked: every status, and the body of one answer in 64.
"""

from __future__ import annotations

import gc
import select
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from . import http1

CONNECTIONS = 32
SAMPLE = 64
STALLED_SECONDS = 30.0
RECEIVED = 16_384
"""Bytes taken at once; more would be mapped and unmapped by the kernel each time."""


class LoadError(Exception):
    """A server that does not answer, or not as it should."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one operation asks of one server, and what it must answer."""

    requests: Callable[[int], Iterator[bytes]]
    """Makes the requests; the number is the first that no earlier load has used."""
    status: bytes
    occurrences: tuple[tuple[bytes, int], ...] = ()
    """What must stand in a body, and how often."""
    items: int = 1
    """By how many things a request's cost is divided."""

    def accepts(self, answer: bytes) -> bool:
        """Tell whether a body is as it should be."""
        content = http1.body(answer)
        return all(content.count(text) == count for text, count in self.occurrences)


@dataclass(slots=True)
class Load:
    """What a load has done."""

    requests: int = 0
    seconds: float = 0.0
    """From the first request to the last answer."""
    generator_seconds: float = 0.0
    """Processor time of the generator itself."""
    wrong: Counter[str] = field(default_factory=Counter)
    """Statuses and bodies that were not expected."""


class Connection:
    """A socket with the bytes of the answer that it is waiting for."""

    __slots__ = ("buffer", "port", "socket")

    def __init__(self, port: int) -> None:
        self.port = port
        self.buffer = b""
        self.socket = self._open()

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.setblocking(False)
        return opened

    def reopen(self) -> None:
        """Connect anew, since the server has closed."""
        self.socket.close()
        self.socket = self._open()
        self.buffer = b""

    def send(self, message: bytes) -> None:
        """Send a request; what the socket does not take at once, it is made to take."""
        sent = self.socket.send(message)
        if sent < len(message):
            self.socket.setblocking(True)
            self.socket.sendall(message[sent:])
            self.socket.setblocking(False)

    def receive(self) -> bytes | None:
        """Return the answer, or nothing while it is not whole.

        Raises `LoadError` if the server closes within an answer, or before one.
        """
        received = self.socket.recv(RECEIVED)
        if not received:
            raise LoadError("the server closed the connection")
        answer = self.buffer + received if self.buffer else received
        if not http1.length(answer):
            self.buffer = answer
            return None
        self.buffer = b""
        return answer


class Lines:
    """Connections to one server, and what tells which of them has bytes to read."""

    def __init__(self, port: int, connections: int) -> None:
        opened = [Connection(port) for _ in range(connections)]
        self.poll = select.epoll()
        self.by_number = {one.socket.fileno(): one for one in opened}
        for number in self.by_number:
            self.poll.register(number, select.EPOLLIN)

    def replace(self, one: Connection) -> None:
        """Connect anew where the server closes; a closed socket leaves the poll by itself."""
        del self.by_number[one.socket.fileno()]
        one.reopen()
        self.by_number[one.socket.fileno()] = one
        self.poll.register(one.socket.fileno(), select.EPOLLIN)

    def close(self) -> None:
        """Close all of them."""
        self.poll.close()
        for one in self.by_number.values():
            one.socket.close()


def closed_loop(port: int, plan: Plan, *, first: int, connections: int, seconds: float) -> Load:
    """Send the next request on each connection as soon as it has answered the last one.

    Ends after `seconds`, or when the plan has no more requests.
    """
    load = Load()
    lines = Lines(port, connections)
    gc.collect()
    gc.disable()
    try:
        _drive(load, plan, lines, plan.requests(first), seconds)
    finally:
        gc.enable()
        lines.close()
    return load


def _drive(load: Load, plan: Plan, lines: Lines, requests: Iterator[bytes], seconds: float) -> None:
    own = time.process_time()
    start = time.perf_counter()
    deadline = start + seconds
    waiting = 0
    for one in lines.by_number.values():
        if (message := next(requests, None)) is not None:
            one.send(message)
            waiting += 1
    sending = True
    while waiting:
        events = lines.poll.poll(STALLED_SECONDS)
        if not events:
            raise LoadError(f"no answer within {STALLED_SECONDS:.0f} s")
        sending = sending and time.perf_counter() < deadline
        for number, _ in events:
            one = lines.by_number[number]
            answer = one.receive()
            if answer is None:
                continue
            note(load, plan, answer)
            if http1.closes(answer):
                lines.replace(one)
            if sending and (message := next(requests, None)) is not None:
                one.send(message)
            else:
                waiting -= 1
    load.seconds = time.perf_counter() - start
    load.generator_seconds = time.process_time() - own


def note(load: Load, plan: Plan, answer: bytes) -> None:
    """Count an answer, and check it."""
    load.requests += 1
    status = http1.status(answer)
    if status != plan.status:
        load.wrong[status.decode("latin-1")] += 1
    elif load.requests % SAMPLE == 1 and not plan.accepts(answer):
        load.wrong["body"] += 1
