"""Requests of our own, made from the contract alone: what schemathesis sends too little of.

Each is only sent here. Whether it breaks the contract, and what should be answered, is judged like
everything else that was recorded.
"""

from __future__ import annotations

import http.client
import json
import random
import string
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from .contract import Operation
from .traffic import Exchange
from .verdict import Tally

ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "SEARCH")
OTHER_MEDIA = (
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "application/problem+json",
    "application/json; charset=utf-16",
)
MALFORMED_KEYS = ("0", "-1", "01", "+1", "1e3", "%00", "%20", "%2F", "%ff", "x" * 300, "é", "nul l")
WRONG_BODIES = (b"", b"{", b"[]", b"null", b'"x"', b"7", b"\xff\xfe", b"NaN", b'{"unheardOf": 1}')
ABSENT_KEYS = 5
TRIES = 10_000
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


def probe(client: Client, tally: Tally, seed: int) -> None:
    """Send all probes to every operation, and have them judged."""
    chance = random.Random(seed)
    for operation in tally.contract.operations:
        tally.judge(_wrong_methods(client, operation, tally, chance))
        tally.judge(_wrong_media(client, operation, tally, chance))
        tally.judge(_broken(client, operation, tally, chance))
        tally.judge(_absent(client, operation, tally, chance))
    for operation in tally.contract.operations:
        tally.judge(_valid(client, operation, tally))


def _wrong_methods(
    client: Client, operation: Operation, tally: Tally, chance: random.Random
) -> Iterator[Exchange]:
    target = _target(operation, tally, chance)
    declared = tally.contract.at(target)
    for method in ALL_METHODS:
        if method not in declared:
            yield client.send("undeclared method", method, target)


def _wrong_media(
    client: Client, operation: Operation, tally: Tally, chance: random.Random
) -> Iterator[Exchange]:
    if operation.body is not None:
        body = json.dumps(operation.example).encode()
        for media in OTHER_MEDIA:
            headers = {"Content-Type": media}
            target = _target(operation, tally, chance)
            yield client.send("media type", operation.method, target, headers, body)


def _broken(
    client: Client, operation: Operation, tally: Tally, chance: random.Random
) -> Iterator[Exchange]:
    target = _target(operation, tally, chance)
    headers, body = _example(operation)
    for query in ("unheardOf=1", "page=", "%ff=%ff", "unheardOf"):
        yield client.send("broken query", operation.method, f"{target}?{query}", headers, body)
    for name in operation.query:
        twice = f"{target}?{name}=%00&{name}=%00"
        yield client.send("parameter twice", operation.method, twice, headers, body)
    if operation.key is not None:
        for key in MALFORMED_KEYS:
            malformed = f"{operation.collection}/{quote(key, safe='%+')}"
            yield client.send("malformed key", operation.method, malformed, headers, body)
    if operation.body is not None:
        for wrong in WRONG_BODIES:
            yield client.send("broken body", operation.method, target, JSON, wrong)


def _absent(
    client: Client, operation: Operation, tally: Tally, chance: random.Random
) -> Iterator[Exchange]:
    if operation.key is not None:
        for _ in range(ABSENT_KEYS):
            key = absent_key(operation, tally.rows[operation.collection], chance)
            target = f"{operation.collection}/{key}"
            yield client.send("absent key", operation.method, target, *_example(operation))


def _valid(client: Client, operation: Operation, tally: Tally) -> Iterator[Exchange]:
    """Use a row that there is; deletes come last, since they take it away."""
    if operation.key is None and operation.method == "GET":
        yield client.send("list", "GET", operation.path)
    if operation.key is not None and (rows := sorted(tally.rows[operation.collection])):
        target = f"{operation.collection}/{quote(rows[0], safe='')}"
        if operation.method == "GET":
            yield client.send("head", "HEAD", target)
        if operation.method != "DELETE":
            yield client.send("the example", operation.method, target, *_example(operation))


def absent_key(operation: Operation, rows: set[str], chance: random.Random) -> str:
    """Make up a key that the contract allows and that no row has."""
    assert operation.key is not None
    for _ in range(TRIES):
        key = _made_up(operation.key.type, operation.key.format, chance)
        if key not in rows and operation.key.accepts([key]):
            return key
    raise LookupError(operation.id)


def _made_up(type_: str, format_: str | None, chance: random.Random) -> str:
    if type_ == "integer":
        return str(chance.randint(1, 2**53 - 1))
    if format_ == "uuid":
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))
    letters = chance.choice((string.ascii_uppercase, string.ascii_lowercase, string.digits))
    return "".join(chance.choices(letters, k=chance.randint(1, 12)))


def _target(operation: Operation, tally: Tally, chance: random.Random) -> str:
    """Return a path of the operation: of a row that there is, where there is one."""
    if operation.key is None:
        return operation.path
    rows = sorted(tally.rows[operation.collection])
    key = rows[-1] if rows else absent_key(operation, set(), chance)
    return f"{operation.collection}/{quote(key, safe='')}"


def _example(operation: Operation) -> tuple[dict[str, str], bytes | None]:
    if operation.body is None:
        return {}, None
    return JSON, json.dumps(operation.example).encode()
