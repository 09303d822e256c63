"""Requests of our own, sent as they are; what came back is kept."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass

from .contract import Operation
from .traffic import Exchange

SECONDS = 30
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests as they are, and keeps what came back."""

    port: int

    def send(
        self,
        why: str,
        method: str,
        target: str,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> Exchange:
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, target, body, headers or {})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        path, _, query = target.partition("?")
        return Exchange(
            by=f"probe: {why}",
            method=method,
            path=path,
            query=query,
            headers={name.lower(): value for name, value in (headers or {}).items()},
            body=body or b"",
            status=answer.status,
            answered={name.lower(): value for name, value in answer.getheaders()},
            content=content,
        )


def example(operation: Operation) -> tuple[dict[str, str], bytes | None]:
    """Return the headers and the body that the contract shows for an operation."""
    if operation.body is None:
        return {}, None
    return JSON, json.dumps(operation.example).encode()
