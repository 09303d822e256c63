"""Bytes to a server and back: nothing here tidies what is sent."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

SECONDS = 20
JSON = b"Content-Type: application/json"
_isbns = count(9780000000000)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Read the body."""
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


def connect(port: int) -> socket.socket:
    """Open a connection to a server on this machine."""
    return socket.create_connection(("127.0.0.1", port), timeout=SECONDS)


def exchange(port: int, sent: bytes) -> Answer | None:
    """Send bytes, and read one answer until the server closes; None where it says nothing."""
    with connect(port) as connection:
        # It may have answered, and closed, before it read everything.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        return parse(receive(connection))


def receive(connection: socket.socket) -> bytes:
    """Read until the server closes."""
    received = b""
    with suppress(ConnectionResetError):
        while chunk := connection.recv(65536):
            received += chunk
    return received


def parse(received: bytes) -> Answer | None:
    """Read the first answer of what a server sent."""
    head, _, body = received.partition(b"\r\n\r\n")
    if not head:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers[name.lower()] = value
    return Answer(int(first.split()[1]), headers, body)


def request(method: bytes, target: bytes, *headers: bytes, body: bytes | None = None) -> bytes:
    """Write a request that asks to close the connection."""
    lines = [method + b" " + target + b" HTTP/1.1", b"Host: library", b"Connection: close"]
    if body is not None:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, *headers, b"", body or b""])


def get(target: bytes | str, *headers: bytes) -> bytes:
    """Write a GET."""
    return request(b"GET", target if isinstance(target, bytes) else target.encode(), *headers)


def send(method: str, target: str, body: bytes, *headers: bytes) -> bytes:
    """Write a request with a body of JSON."""
    return request(method.encode(), target.encode(), JSON, *headers, body=body)


def chunked(*chunks: bytes) -> bytes:
    """Write a body in chunks."""
    return b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in (*chunks, b""))


def book(**fields: object) -> dict[str, object]:
    """Make a valid book with an ISBN of its own, but for the fields that are given."""
    return {"title": "A title", "isbn": str(next(_isbns)), "price": 9.5} | fields


def book_with(field: str, literal: str) -> bytes:
    """Write a valid book in which one field has a value as it stands."""
    others = {name: value for name, value in book().items() if name != field}
    return f'{json.dumps(others)[:-1]}, "{field}": {literal}}}'.encode("utf-8", "surrogatepass")


def post_book(**fields: object) -> bytes:
    """Write the request that creates such a book."""
    return send("POST", "/books", json.dumps(book(**fields)).encode())
