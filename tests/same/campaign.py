"""What is sent to a pair: the probes of the fuzzing, every table once, mixtures by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fastapi import FastAPI

from tests.fuzzing.contract import Operation
from tests.fuzzing.probes import probe
from tests.fuzzing.successes import makes, succeed
from tests.fuzzing.verdict import Tally

from .clients import PairClient
from .mutations import ALL, OF_BODIES, each_once
from .pair import Pair
from .requests import Request
from .traffic import Traffic

STOCKED_EVERY = 400
CHANGES = (0, 0, 1, 1, 2, 3)
"""How many things are changed in a request by chance."""


class Campaign:
    """Requests by chance, the same in every run of a seed."""

    def __init__(self, pair: Pair, seed: int) -> None:
        self.pair = pair
        self.chance = random.Random(seed)
        self.traffic = Traffic(pair, seed)
        self.tally = Tally(pair.contract)
        self._client = PairClient(0, pair)
        self._seed = seed

    def probe(self) -> None:
        """Send what the fuzzing probes with: every operation succeeds, and is refused."""
        probe(self._client, self.tally, self._seed)

    def stock(self, times: int = 1) -> None:
        """Make some rows of every resource."""
        for _ in range(times):
            for operation in self.pair.contract.operations:
                if makes(operation) and operation.body is not None:
                    succeed(self._client, operation, self.tally, self.chance)
                    self.pair.ask(self.traffic.good(operation))

    def each(self, most: int) -> None:
        """Send what the tables hold, to every operation, but at most so many of them."""
        for operation in self.pair.contract.operations:
            good = self.traffic.good(operation)
            requests = list(each_once(good, reads_body=operation.body is not None))
            for request in self.chance.sample(requests, min(most, len(requests))):
                self.pair.ask(request)

    def mix(self, count: int) -> None:
        """Send good requests in which none, one or some things are wrong."""
        operations = self.pair.contract.operations
        weights = [1 if one.method == "DELETE" else 3 for one in operations]
        for number in range(count):
            if number % STOCKED_EVERY == 0:
                self.stock()
            (operation,) = self.chance.choices(operations, weights)
            self.pair.ask(self.mixed(operation))

    def mixed(self, operation: Operation) -> Request:
        """Make one such request."""
        request = self.traffic.good(operation)
        kinds = ALL if operation.body is None else (*ALL, *OF_BODIES)
        for _ in range(self.chance.choice(CHANGES)):
            request = self.chance.choice(kinds)(request, self.chance)
        return request

    def limits(self) -> None:
        """Send bodies that are as large as they may be, and larger by one byte."""
        app: Any = self.pair.apps[0]
        for operation in self.pair.contract.operations:
            if operation.body is not None:
                for request in at_limits(self.traffic.good(operation), _limit(app, operation)):
                    self.pair.ask(request)


def at_limits(good: Request, limit: int) -> Iterator[Request]:
    """Fill a body with blanks; it comes with its length, without, and in pieces."""
    others = tuple(pair for pair in good.headers if pair[0] != b"content-length")
    for size in (limit, limit + 1):
        body = good.body.ljust(size)
        half = (body[: size // 2], body[size // 2 :])
        yield replace(good, chunks=(body,), headers=(*others, (b"content-length", b"%d" % size)))
        yield replace(good, chunks=half, headers=(*others, (b"transfer-encoding", b"chunked")))
        yield replace(good, chunks=(b"",), headers=(*others, (b"content-length", b"%d" % size)))


def _limit(app: FastAPI, operation: Operation) -> int:
    """Return how many bytes the body of an operation may have."""
    template = operation.path
    segments = ["x" if one.startswith("{") else one for one in template.split("/")]
    scope = {"type": "http", "method": operation.method, "path": "/".join(segments)}
    dispatch: Any = app.router.routes[0]
    target, _ = dispatch.find(scope)
    limit = target.compiled.operation.body_limit
    assert isinstance(limit, int)
    return limit
