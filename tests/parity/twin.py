"""Two services of one spec, one on SQLite and one on PostgreSQL, that are asked the same.

Everything of an answer is compared: the status, all headers but the length, every byte of the body.
What a service makes by itself (keys, tokens, the time) differs, so it is replaced by a name, which
for keys and tokens says when it was first seen: `@1`, `@2`, `@now`. Requests use the same names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from tests.services import client

EXTREMES = Path(__file__).with_name("extremes.yaml")
"""A service that has every type with the widest bounds."""

Parameters = Mapping[str, str | Sequence[str]]

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
INTEGER_KEY = re.compile(r'("(?:id|key)":)([0-9]+)')
LOCATION = re.compile(r"/([0-9]+)$")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")
DAY = re.compile(r'"([0-9]{4}-[0-9]{2}-[0-9]{2})"')
NAME = re.compile(r"@[0-9]+")
ABOUT_NOW = timedelta(hours=1)
SHOWN = 500
"""How many characters of a request a failure shows."""


@dataclass(slots=True)
class Side:
    """One of the two services, and what it has made so far."""

    http: TestClient
    names: dict[str, str] = field(default_factory=dict)
    """By a generated value, with its path in front where it is an integer."""

    def ask(
        self,
        method: str,
        path: str,
        params: Parameters | None,
        content: bytes | None,
        headers: Mapping[str, str],
    ) -> Response:
        """Send a request, with this side's values for the names in it."""
        values = {name: value.rpartition(" ")[2] for value, name in self.names.items()}
        if content is not None:
            content = _named(content.decode("latin-1"), values).encode("latin-1")
        given = {
            key: _named(value, values)
            if isinstance(value, str)
            else [_named(one, values) for one in value]
            for key, value in (params or {}).items()
        }
        return self.http.request(
            method,
            _named(path, values),
            params=given or None,
            content=content,
            headers=dict(headers),
        )

    def learn(self, collection: str, sent: bytes, answered: str) -> None:
        """Name what stands in an answer to a create and was not sent."""
        if b'"id":' not in sent:
            for found in INTEGER_KEY.findall(answered)[:1]:
                self._name(f"{collection} {found[1]}")
        for made in UUID.findall(answered):
            if made.encode() not in sent.lower():
                self._name(made)

    def _name(self, value: str) -> None:
        self.names.setdefault(value, f"@{len(self.names) + 1}")

    def mask(self, collection: str, text: str) -> str:
        """Put names in the place of what this side made."""

        def key(value: str) -> str | None:
            return self.names.get(f"{collection} {value}")

        text = INTEGER_KEY.sub(
            lambda found: f'{found[1]}"{key(found[2])}"' if key(found[2]) else found[0], text
        )
        text = LOCATION.sub(lambda found: f"/{key(found[1]) or found[1]}", text)
        text = UUID.sub(lambda found: self.names.get(found[0], found[0]), text)
        text = INSTANT.sub(lambda found: "@now" if _is_now(found[0]) else found[0], text)
        return DAY.sub(lambda found: '"@today"' if _is_today(found[1]) else found[0], text)


@dataclass(slots=True)
class Twin:
    """Both services."""

    sqlite: Side
    postgresql: Side
    requests: int = 0

    def send(
        self,
        method: str,
        path: str,
        *,
        expect: int | None = None,
        params: Parameters | None = None,
        json_body: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request to both, compare the answers, and return what both said."""
        self.begin()
        sent = {"X-Request-ID": f"request-{self.requests}", **(headers or {})}
        if json_body is not None:
            content = json.dumps(json_body).encode()
        if content is not None:
            sent.setdefault("Content-Type", "application/json")
        said = [
            self._ask(side, method, path, params, content, sent)
            for side in (self.sqlite, self.postgresql)
        ]
        asked = f"{method} {path} {params or ''} {content!r}"[:SHOWN]
        assert said[0] == said[1], asked
        assert said[0].status < 500, f"{asked}: {said[0].body}"
        assert expect in (None, said[0].status), f"{asked}: {said[0].body}"
        self.end(method, path, said[0])
        return said[0]

    def begin(self) -> None:
        """Begin a request."""
        self.requests += 1

    def end(self, method: str, path: str, answer: Answer) -> None:
        """End a request: there is nothing to do."""

    def _ask(
        self,
        side: Side,
        method: str,
        path: str,
        params: Parameters | None,
        content: bytes | None,
        headers: Mapping[str, str],
    ) -> Answer:
        response = side.ask(method, path, params, content, headers)
        collection = path.partition("/@")[0]
        if response.status_code == 201:
            side.learn(collection, content or b"", response.text)
        return Answer(
            response.status_code,
            tuple((name, side.mask(collection, value)) for name, value in _headers(response)),
            side.mask(collection, response.text),
        )

    def create(self, path: str, body: object) -> dict[str, Any]:
        """Create a row, and return it with names for what was made."""
        return self.send("POST", path, json_body=body, expect=201).json

    def page(self, path: str, **params: str | Sequence[str]) -> dict[str, Any]:
        """Read a page that says where the next begins."""
        return self.send("GET", path, params=params, expect=200).json

    def rows(self, path: str, **params: str | Sequence[str]) -> list[dict[str, Any]]:
        """Read a page that has a number."""
        return self.send("GET", path, params=params, expect=200).rows


@dataclass(frozen=True, slots=True)
class Answer:
    """What both services said."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the body, an object."""
        value: dict[str, Any] = json.loads(self.body)
        assert isinstance(value, dict)
        return value

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the body, an array of objects."""
        value: list[dict[str, Any]] = json.loads(self.body)
        assert isinstance(value, list)
        return value

    def header(self, name: str) -> str:
        """Return the value of a header that is there once."""
        (value,) = [value for key, value in self.headers if key == name]
        return value


@contextmanager
def twin(spec: Path, sqlite_url: str, postgresql_url: str) -> Iterator[Twin]:
    """Run both services until the block ends."""
    with client(spec, sqlite_url) as one, client(spec, postgresql_url) as other:
        yield Twin(Side(one), Side(other))


def _headers(response: Response) -> list[tuple[str, str]]:
    """Return all headers; the length of a body depends on the values in it that are made."""
    return sorted(
        (name, value) for name, value in response.headers.multi_items() if name != "content-length"
    )


def _named(text: str, values: Mapping[str, str]) -> str:
    return NAME.sub(lambda found: values[found[0]], text)


def _is_today(text: str) -> bool:
    return abs((date.fromisoformat(text) - datetime.now(UTC).date()).days) <= 1


def _is_now(text: str) -> bool:
    return abs(datetime.fromisoformat(text) - datetime.now(UTC)) < ABOUT_NOW
