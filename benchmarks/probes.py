"""What servers do besides: each is asked once about what its peers might treat otherwise.

So the page tells differences that were seen, not such as somebody remembered.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from . import http1
from .dialects import Dialect
from .http1 import request
from .operations import product

BIG = 12 * 1024 * 1024
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Probe:
    """A question, and how its answer is told."""

    name: str
    title: str
    asked: Callable[[Dialect], bytes]
    tell: Callable[[bytes], str] = lambda answer: http1.status(answer).decode("latin-1")


def _created(**changed: object) -> Callable[[Dialect], bytes]:
    """Ask to create a product that is valid but for what is changed."""

    def asked(dialect: Dialect) -> bytes:
        body = {**dialect.body("PROBE"), **changed}
        path = dialect.products(dialect.slash)
        return request("POST", path, json.dumps(body, separators=(",", ":")).encode())

    return asked


def _no_supplier(dialect: Dialect) -> bytes:
    supplier = next(name for name in dialect.body() if name.startswith("supplier"))
    missing: object = 999 if supplier == "supplier_id" else dialect.key(999)
    return _created(**{supplier: missing})(dialect)


def _has(header: bytes) -> Callable[[bytes], str]:
    def tell(answer: bytes) -> str:
        head = answer.partition(http1.HEAD_END)[0].lower()
        return "yes" if b"\r\n" + header + b":" in head else "no"

    return tell


def _read(dialect: Dialect) -> bytes:
    return request("GET", dialect.products(f"/{dialect.key(1)}{dialect.slash}"))


PROBES = (
    Probe("origin", "CORS header", _read, _has(b"access-control-allow-origin")),
    Probe("id", "request id", _read, _has(b"x-request-id")),
    Probe("taken", "a taken name", _created(sku=product(1).sku)),
    Probe("supplier", "no such supplier", _no_supplier),
    Probe("text", "a number as text", _created(sku="PROBE-1", unit_price="12.75")),
    Probe("field", "an unknown field", _created(sku="PROBE-2", colour="red")),
    Probe("parameter", "an unknown parameter", lambda it: request("GET", it.listed("colour=red"))),
    Probe("big", "a body of 12 MiB", _created(title="x" * BIG)),
)


def probe(port: int, dialect: Dialect) -> dict[str, str]:
    """Ask a server everything; its rows are others after that."""
    return {one.name: _told(port, one, dialect) for one in PROBES}


def _told(port: int, one: Probe, dialect: Dialect) -> str:
    answer = _answer(port, one.asked(dialect))
    return one.tell(answer) if http1.status(answer).isdigit() else "closes"


def _answer(port: int, message: bytes) -> bytes:
    """Send a request over a connection of its own; what came until it was closed is returned."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        # A server may answer and close before it has read everything.
        with suppress(OSError):
            connection.sendall(message)
        with suppress(OSError):
            while not http1.length(answer) and (received := connection.recv(65_536)):
                answer += received
    return answer
