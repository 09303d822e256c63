"""Requests of our own, made from the contract alone: what schemathesis sends too little of.

Each is only sent here. Whether it breaks the contract, and what should be answered, is judged like
everything else that was recorded.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from urllib.parse import quote

from .client import JSON, Client, example
from .contract import Operation
from .made_keys import absent_key, target_of
from .successes import confirm
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


def probe(client: Client, tally: Tally, seed: int) -> None:
    """Send all probes to every operation, and have them judged."""
    chance = random.Random(seed)
    for operation in tally.contract.operations:
        tally.judge(_wrong_methods(client, operation, tally, chance))
        tally.judge(_wrong_media(client, operation, tally, chance))
        tally.judge(_broken(client, operation, tally, chance))
        tally.judge(_absent(client, operation, tally, chance))
    confirm(client, tally, chance)


def _wrong_methods(
    client: Client, operation: Operation, tally: Tally, chance: random.Random
) -> Iterator[Exchange]:
    target = target_of(operation, tally, chance)
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
            target = target_of(operation, tally, chance)
            yield client.send("media type", operation.method, target, headers, body)


def _broken(
    client: Client, operation: Operation, tally: Tally, chance: random.Random
) -> Iterator[Exchange]:
    target = target_of(operation, tally, chance)
    headers, body = example(operation)
    for query in ("unheardOf=1", "page=", "%ff=%ff", "unheardOf"):
        yield client.send("broken query", operation.method, f"{target}?{query}", headers, body)
    for name in operation.query:
        twice = f"{target}?{name}=%00&{name}=%00"
        yield client.send("parameter twice", operation.method, twice, headers, body)
    for key in operation.keys:
        for malformed in MALFORMED_KEYS:
            segments = target.split("/")
            segments[key.place] = quote(malformed, safe="%+")
            yield client.send("malformed key", operation.method, "/".join(segments), headers, body)
    if operation.body is not None:
        for wrong in WRONG_BODIES:
            yield client.send("broken body", operation.method, target, JSON, wrong)


def _absent(
    client: Client, operation: Operation, tally: Tally, chance: random.Random
) -> Iterator[Exchange]:
    if operation.key is not None:
        for _ in range(ABSENT_KEYS):
            segments = target_of(operation, tally, chance).split("/")
            known = set(tally.rows.keys(operation.key.collection))
            segments[operation.key.place] = absent_key(operation.key, known, chance)
            target = "/".join(segments)
            yield client.send("absent key", operation.method, target, *example(operation))
