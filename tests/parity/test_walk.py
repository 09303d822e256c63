"""Requests that nobody thought of: a walk by chance over samples, the same on both databases."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.parity.samples import CHANGES, FULL, LEAST, QUERIES, SAMPLES, WRONG
from tests.parity.twin import Answer, Parameters, Twin

STEPS = 250
NAMES = ["a", "A", "b", "é", "e\u0301", "%", "_", "\U0010ffff", "\ud7ff", "\ue000", "x" * 40]
WORDS = ["a", "A", "%", "_", "é", "\U0010ffff", "\ud7ff", "x", "\\", "a@b", "@", ".", "http"]
VALID = [*CHANGES, *({"name": name} for name in NAMES), {"code": "AA00"}, {"code": "AA01"}]


class Walk:
    """A walk, and what it has made."""

    def __init__(self, both: Twin, seed: int) -> None:
        self.both = both
        self.chance = random.Random(seed)
        self.keys: list[str] = []
        self.statuses: set[int] = set()

    def step(self) -> None:
        """Send one request."""
        act = self.chance.choice(
            [self.create, self.create, self.update, self.update, self.replace, self.delete]
            + [self.read, self.list, self.list, self.list]
        )
        act()

    def send(
        self, method: str, path: str, body: object = None, params: Parameters | None = None
    ) -> Answer:
        """Send a request."""
        answer = self.both.send(method, path, json_body=body, params=params)
        self.statuses.add(answer.status)
        return answer

    def body(self, base: dict[str, Any]) -> dict[str, Any]:
        """Change a body here and there, rarely into a wrong one."""
        changes = self.chance.choices(VALID, k=self.chance.randrange(5))
        if self.chance.random() < 0.1:
            changes.append(self.chance.choice(WRONG))
        body = dict(base)
        for change in changes:
            body |= change
        return body

    def base(self) -> dict[str, Any]:
        """Return a valid body that seldom clashes."""
        base = dict(self.chance.choice([FULL, LEAST, LEAST]))
        base["name"] = self.chance.choice(NAMES)
        base["code"] = f"{self.chance.choice('AB')}Z{self.chance.randrange(30):02}"
        base.pop("token", None)
        return base

    def path(self) -> str:
        """Name a row, most often one that is there."""
        if not self.keys or self.chance.random() < 0.05:
            return f"{SAMPLES}/999999"
        return f"{SAMPLES}/{self.chance.choice(self.keys)}"

    def create(self) -> None:
        """Create a row."""
        answer = self.send("POST", SAMPLES, self.body(self.base()))
        if answer.status == 201:
            self.keys.append(answer.json["id"])

    def read(self) -> None:
        """Read a row."""
        self.send("GET", self.path())

    def update(self) -> None:
        """Update a row."""
        self.send("PATCH", self.path(), self.body({}))

    def replace(self) -> None:
        """Replace a row."""
        body = self.body(self.base())
        body.pop("batch", None)
        self.send("PUT", self.path(), body)

    def delete(self) -> None:
        """Delete a row; its key stays known."""
        self.send("DELETE", self.path())

    def list(self) -> None:
        """List by several filters at once."""
        params: dict[str, Any] = {}
        for given, status in self.chance.choices(QUERIES, k=self.chance.randrange(1, 4)):
            if status == 200 or self.chance.random() < 0.1:
                params |= given
        for name in ("namePrefix", "nameContains", "nameGe", "bodyContains", "contactPrefix"):
            if self.chance.random() < 0.1:
                params[name] = self.chance.choice(WORDS)
        self.send("GET", SAMPLES, params=params)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_walk_by_chance(everything: Twin, seed: int) -> None:
    """Whatever happens happens on both, and nothing that was accepted breaks a read."""
    walk = Walk(everything, seed)
    for _ in range(STEPS):
        walk.step()
    assert {200, 201, 204, 404, 409, 422} <= walk.statuses
    total = int(everything.send("GET", SAMPLES, expect=200).header("x-total-count"))
    for page in range(1, total // 50 + 2):
        rows = everything.rows(SAMPLES, page=str(page), pageSize="50", sort=["name"])
        assert rows or page > 1
