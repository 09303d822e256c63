"""Two services that make the same keys at the same moments, so that every byte they say is equal.

`twin.py` puts names in the place of what a service makes by itself. Where rows refer to each other,
cursors hold keys and tags are made of whole answers, that is not enough: here the clock stands
still during a request, chance is the same for both, and PostgreSQL's sequences lose what a refused
write has taken from them (SQLite's never gave it).
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from httpx2 import Response

from tests.parity.twin import Answer, Parameters, Side, Twin
from tests.services import client, compiled

BEGIN = datetime(2030, 1, 1, tzinfo=UTC)
WRITERS = ("statements", "bulk", "deletion_steps", "deletions", "members")
"""Modules of the runtime that ask for the time."""


class Fate:
    """The clock and the chance of both services."""

    def __init__(self) -> None:
        self.requests = 0
        self.begin()

    def begin(self) -> None:
        """Begin a request, or begin the same anew for the other service."""
        self.chance = random.Random(self.requests)
        self.instant = BEGIN + timedelta(seconds=self.requests, microseconds=self.requests)

    def now(self, _zone: object) -> datetime:
        """Tell the time."""
        return self.instant

    def uuid4(self) -> uuid.UUID:
        """Make a UUID."""
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def urandom(self, size: int) -> bytes:
        """Make bytes."""
        return self.chance.randbytes(size)

    def rule(self, module: Mapping[str, ModuleType], patch: pytest.MonkeyPatch) -> None:
        """Take the place of the clock and of chance in a runtime."""
        for name in WRITERS:
            patch.setattr(module[name], "datetime", SimpleNamespace(now=self.now))
        made = module["made"]
        patch.setattr(made, "uuid", SimpleNamespace(uuid4=self.uuid4, UUID=uuid.UUID))
        patch.setattr(made, "os", SimpleNamespace(urandom=self.urandom))


@dataclass(slots=True)
class ExactSide(Side):
    """One of the two services, whose answers are compared as they are."""

    fate: Fate = field(default_factory=Fate)

    def ask(
        self,
        method: str,
        path: str,
        params: Parameters | None,
        content: bytes | None,
        headers: Mapping[str, str],
    ) -> Response:
        """Send a request."""
        self.fate.begin()
        return self.http.request(
            method, path, params=params or None, content=content, headers=dict(headers)
        )

    def learn(self, collection: str, sent: bytes, answered: str) -> None:
        """Learn nothing: both services make the same."""

    def mask(self, collection: str, text: str) -> str:
        """Hide nothing."""
        return text

    def sequences(self) -> dict[str, int]:
        """Read the last key that each table of SQLite has made."""
        return {row[0]: row[1] for row in self.read("SELECT name, seq FROM sqlite_sequence")}

    def made_tables(self) -> list[str]:
        """List the tables whose keys SQLite makes."""
        sql = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"
        return [row[0] for row in self.read(sql)]

    def begin_again(self, sequences: Mapping[str, int], tables: list[str]) -> None:
        """Let PostgreSQL go on after these keys."""
        last = {table: sequences.get(table, 0) for table in tables}
        values = [
            f"setval(pg_get_serial_sequence('{table}', 'id'), {max(value, 1)}, {value > 0})"
            for table, value in last.items()
        ]
        self.read(f"SELECT {', '.join(values)}")

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        app: Any = self.http.app
        assert self.http.portal is not None
        return [tuple(row) for row in self.http.portal.call(app.state.database.read, sql, ())]


@dataclass(slots=True)
class ExactTwin(Twin):
    """Both services."""

    sqlite: ExactSide
    postgresql: ExactSide
    tables: list[str] = field(default_factory=list)
    """Those whose keys are integers that the server makes."""

    def begin(self) -> None:
        """Let the clock go on."""
        Twin.begin(self)  # `super()` does not know a class that has been made anew for its slots.
        self.sqlite.fate.requests += 1

    def end(self, method: str, path: str, answer: Answer) -> None:
        """Take from PostgreSQL's sequences what SQLite's never gave."""
        if method == "POST" and (answer.status != 201 or ":bulk-" in path):
            self.postgresql.begin_again(self.sqlite.sequences(), self.tables)


@contextmanager
def exact_twin(
    spec: Path, sqlite_url: str, postgresql_url: str, patch: pytest.MonkeyPatch
) -> Iterator[ExactTwin]:
    """Run both services under one clock until the block ends."""
    service = compiled(spec)
    fate = Fate()
    fate.rule({name: service.module(f"runtime.{name}") for name in (*WRITERS, "made")}, patch)
    with client(spec, sqlite_url) as one, client(spec, postgresql_url) as other:
        both = ExactTwin(ExactSide(one, fate=fate), ExactSide(other, fate=fate))
        both.tables = both.sqlite.made_tables()
        yield both
