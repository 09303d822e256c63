"""Requests to every operation of a contract: good ones, made of what the answers have told."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from tests.fuzzing.contract import Operation
from tests.fuzzing.parameters import Parameter
from tests.fuzzing.successes import vary

from .pair import Pair
from .requests import JSON, Pairs, Request, Said
from .tables import VALUES

LATEST = 8
"""How many of the rows of a resource are mostly meant."""
TRIES = 12
NUMBERS = ("1", "2", "3", "5")
TEXTS = [value.decode() for value in VALUES if value.isascii() and b"%" not in value]


class Traffic:
    """What is known of a pair's rows, and requests that are made of it."""

    def __init__(self, pair: Pair, seed: int) -> None:
        self.pair = pair
        self.chance = random.Random(seed)
        self.operations = pair.contract.operations
        self._keys: dict[str, dict[str, None]] = {}
        self._bodies: dict[str, list[Any]] = {}
        self._tags: dict[bytes, bytes] = {}
        self._cursors: dict[bytes, list[str]] = {}
        self._seen: dict[str, dict[str, None]] = {}
        self._writers = {one.id for one in self.operations if one.body is not None}
        self._words = dict(_words(pair.service.contract()))
        pair.listeners.append(self.learn)

    def good(self, operation: Operation) -> Request:
        """Make a request that is most likely taken."""
        segments = operation.path.split("/")
        for key in operation.keys:
            segments[key.place] = quote(self._key(key.collection or operation.collection), safe="")
        path = "/".join(segments).encode()
        headers, body = self._matching(path), b""
        if operation.body is not None:
            body = json.dumps(self.body(operation)).encode()
            headers += (JSON, (b"content-length", b"%d" % len(body)))
        return Request(operation.method, path, self._query(operation, path), headers, (body,))

    def body(self, operation: Operation) -> object:
        """Make a body: one that was taken, mostly with something changed."""
        assert operation.body is not None
        known = self._bodies.get(operation.id, [operation.example])
        body = json.loads(json.dumps(self.chance.choice(known)))
        if operation.path.endswith(":bulk-delete"):
            return body
        for _ in range(TRIES):
            changed = json.loads(json.dumps(body))
            for part in changed.get("items", [changed]):
                for name in list(part):
                    if self.chance.random() < 0.6:
                        part[name] = vary(part[name], self.chance)
            if operation.body.is_valid(changed):
                return changed
        return body

    def learn(self, request: Request, said: Said) -> None:
        """Remember what an answer tells of rows."""
        if said.status not in (200, 201) or request.method == "HEAD" or request.root_path:
            return
        if said.handler in self._writers and len(request.body) < 10_000:
            self._bodies.setdefault(said.handler, [])[:0] = [json.loads(request.body)]
            del self._bodies[said.handler][20:]
        if tag := said.header(b"etag"):
            self._tags[request.path] = tag
        if (place := said.header(b"location")) is not None:
            collection, _, key = place.decode().rpartition("/")
            self._keys.setdefault(collection, {})[key] = None
        if said.handler in self.pair.known:
            self._look(request.path, json.loads(said.body))

    def _look(self, path: bytes, value: object, name: str = "") -> None:
        """Remember the values of an answer by their names."""
        if isinstance(value, dict):
            for inner, one in value.items():
                self._look(path, one, inner)
        elif isinstance(value, list):
            for one in value[:5]:
                self._look(path, one, name)
        elif isinstance(value, str | int | float):
            text = str(value).lower() if isinstance(value, bool) else str(value)
            if name.lower().startswith("next"):
                self._cursors.setdefault(path, []).append(text)
            seen = self._seen.setdefault(name, {})
            seen[text] = None
            if len(seen) > 30:
                del seen[next(iter(seen))]

    def _key(self, collection: str) -> str:
        known: list[str] = list(self._keys.get(collection, {}))
        if not known:
            return "1"
        return self.chance.choice(known[-LATEST:] if self.chance.random() < 0.9 else known)

    def _matching(self, path: bytes) -> Pairs:
        """Name a version now and then, mostly the latest."""
        tag = self._tags.get(path)
        if tag is None or self.chance.random() < 0.6:
            return ()
        value = self.chance.choice([tag, tag, b'"1"', b'"7", ' + tag, b"*"])
        return ((self.chance.choice([b"if-match", b"if-none-match"]), value),)

    def _query(self, operation: Operation, path: bytes) -> bytes:
        declared = list(operation.query.values())
        count = self.chance.choice((0, 0, 1, 1, 2, 3))
        parts = []
        for parameter in self.chance.sample(declared, min(count, len(declared))):
            for text in self._values(parameter, path):
                parts.append(f"{quote(parameter.name)}={quote(text, safe='')}")
        return "&".join(parts).encode()

    def _values(self, parameter: Parameter, path: bytes) -> list[str]:
        """Choose values that a parameter takes."""
        known = self._words.get(parameter.name) or self._said_of(parameter.name)
        if parameter.name == "cursor":
            known = self._cursors.get(path, [])
        candidates = [*known, *known, *NUMBERS, *self.chance.sample(TEXTS, 10)]
        wanted = self.chance.choice((1, 1, 2, 3)) if parameter.many else 1
        found: list[str] = []
        for _ in range(TRIES):
            text = self.chance.choice(candidates)
            if len(found) < wanted and parameter.accepts([*found, text]):
                found.append(text)
        return found

    def _said_of(self, name: str) -> list[str]:
        """Return what was answered under a name that a filter's begins with."""
        fitting = [one for one in self._seen if one and name.startswith(one)]
        return [text for one in fitting for text in self._seen[one]]


def _words(document: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Find the parameters whose values the contract lists: sorts, expansions, enums."""
    for item in document["paths"].values():
        for operation in item.values():
            for one in operation.get("parameters", ()) if isinstance(operation, dict) else ():
                if words := list(_enum(one.get("schema", {}))):
                    yield one["name"], words


def _enum(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (str(one) for one in schema.get("enum", ()))
        for inner in schema.values():
            yield from _enum(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _enum(inner)
