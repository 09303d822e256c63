"""A walk by chance over rows that refer to each other: byte for byte the same on both databases."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.parity.exact import ExactTwin, exact_twin
from tests.parity.related_rows import KINDS, STRANGE_KEYS, Kind
from tests.parity.twin import Answer, Parameters
from tests.services import EVERYTHING

STEPS = 1000
STRANGE = 0.01
"""How often a value is one that nobody means."""
WRONG_MATCHES = ['"0"', 'W/"1"', '"1', "1", "", ",", '"1" "2"', '"9223372036854775808"', '"é"', "*"]
PROBLEMS = {
    "unknown-key",
    "unique-taken",
    "reference-missing",
    "still-referenced",
    "rule-broken",
    "precondition-failed",
    "invalid-request",
}


class Walk:
    """A walk, and what is known of the rows."""

    def __init__(self, both: ExactTwin, seed: int) -> None:
        self.both = both
        self.chance = random.Random(seed)
        self.keys: dict[str, list[Any]] = {name: [] for name in KINDS}
        self.tags: dict[str, str] = {}
        self.cursors: dict[str, str] = {}
        self.statuses: Counter[int] = Counter()
        self.problems: Counter[str] = Counter()

    def step(self) -> None:
        """Send one request."""
        name = self.chance.choice(list(KINDS))
        kind = KINDS[name]
        acts = {
            "C": self.create,
            "L": self.list,
            "R": self.read,
            "P": self.replace,
            "U": self.update,
            "D": self.delete,
            "B": self.bulk_create,
            "X": self.bulk_delete,
        }
        chosen = self.chance.choice([*kind.operations.replace("D", ""), "C", "C", "L"])
        if "D" in kind.operations and self.chance.random() < 0.08:
            chosen = "D"
        if kind.members and self.chance.random() < 0.2:
            self.member(name, kind)
        else:
            acts[chosen](name, kind)

    def send(
        self,
        method: str,
        path: str,
        *,
        json_body: object = None,
        params: Parameters | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request, and learn from its answer."""
        answer = self.both.send(method, path, json_body=json_body, params=params, headers=headers)
        self.statuses[answer.status] += 1
        if answer.status >= 400:
            self.problems[answer.json["type"].removeprefix("/problems/")] += 1
        for header, value in answer.headers:
            if header == "etag":
                self.tags[path] = value
        return answer

    def key(self, name: str) -> object:
        """Choose a key, most often one of a row that is or was there."""
        strange = STRANGE_KEYS[KINDS[name].key]
        known = self.keys[name]
        if not known or self.chance.random() < STRANGE:
            return self.chance.choice(strange[:1] if self.chance.random() < 0.7 else strange)
        chosen = self.chance.choice(known[-12:])
        if KINDS[name].key == "uuid" and self.maybe(0.1):
            return str(chosen).upper()
        return chosen

    def maybe(self, probability: float) -> bool:
        """Decide."""
        return self.chance.random() < probability

    def body(self, kind: Kind, *, whole: bool, create: bool) -> dict[str, Any]:
        """Make a body: a whole one, or some of it."""
        body: dict[str, Any] = {}
        for field, values in {**kind.must, **kind.may}.items():
            if self.maybe((0.995 if field in kind.must else 0.4) if whole else 0.25):
                few = self.chance.choice(values[: max(1, len(values) * 2 // 3)])
                body[field] = self.chance.choice(values) if self.maybe(0.25) else few
        for field, target in kind.references.items():
            if self.maybe((0.995 if target.endswith("!") else 0.6) if whole else 0.25):
                nothing = not target.endswith("!") and self.maybe(0.2)
                body[field] = None if nothing else self.key(target.rstrip("!"))
        for field, target in kind.lists.items():
            if self.maybe(0.4):
                body[field] = [self.key(target) for _ in range(self.chance.randrange(4))]
        if not create:
            body = {field: value for field, value in body.items() if field not in kind.fixed}
        if self.maybe(STRANGE):
            body["unknown"] = 1
        return body

    def headers(self, header: str, path: str) -> dict[str, str]:
        """Say which version is meant, sometimes."""
        if not self.maybe(0.5):
            return {}
        known = self.tags.get(path, '"1"')
        tag = self.chance.choice([known, known, f'"0", {known}', *WRONG_MATCHES])
        return {header: tag.encode().decode("latin-1")} if tag.isascii() else {}

    def item(self, name: str, kind: Kind) -> str:
        """Choose the path of a row."""
        return f"{kind.path}/{self.key(name)}"

    def query(self, kind: Kind, *, listed: bool) -> dict[str, list[str]]:
        """Choose parameters."""
        params: dict[str, list[str]] = {}
        for parameter, values in kind.filters.items() if listed else ():
            if self.maybe(0.15):
                some = [
                    self.key(values) if isinstance(values, str) else self.chance.choice(values)
                    for _ in range(self.chance.randrange(1, 4))
                ]
                several = parameter.endswith(("In", "Any", "All", "None"))
                params[parameter] = [str(one) for one in (some if several else some[:1])]
        if listed and kind.sort and self.maybe(0.4):
            params["sort"] = [self.chance.choice(kind.sort)]
        if kind.expand and self.maybe(0.5):
            params["expand"] = self.chance.choices(kind.expand, k=self.chance.randrange(1, 3))
        if listed and self.maybe(0.5):
            params["pageSize"] = [str(self.chance.choice([1, 2, 3, 20]))]
        return params

    def create(self, name: str, kind: Kind) -> None:
        """Create a row."""
        answer = self.send("POST", kind.path, json_body=self.body(kind, whole=True, create=True))
        if answer.status == 201:
            self.learn(name, [answer.json])

    def learn(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Know the keys of rows."""
        for row in rows:
            key = row.get("id") or row.get("slug") or row.get("code")
            if key not in self.keys[name]:
                self.keys[name].append(key)

    def read(self, name: str, kind: Kind) -> None:
        """Read a row."""
        path = self.item(name, kind)
        headers = self.headers("If-None-Match", path)
        self.send("GET", path, params=self.query(kind, listed=False), headers=headers)

    def update(self, name: str, kind: Kind) -> None:
        """Change some of a row."""
        path = self.item(name, kind)
        body = {} if self.maybe(0.05) else self.body(kind, whole=False, create=False)
        self.send("PATCH", path, json_body=body, headers=self.headers("If-Match", path))

    def replace(self, name: str, kind: Kind) -> None:
        """Change all of a row."""
        path = self.item(name, kind)
        body = self.body(kind, whole=True, create=False)
        self.send("PUT", path, json_body=body, headers=self.headers("If-Match", path))

    def delete(self, name: str, kind: Kind) -> None:
        """Delete a row; its key stays known."""
        path = self.item(name, kind)
        self.send("DELETE", path, headers=self.headers("If-Match", path))

    def bulk_create(self, name: str, kind: Kind) -> None:
        """Create some rows at once, the same one twice now and then."""
        items = [
            self.body(kind, whole=True, create=True) for _ in range(self.chance.randrange(1, 5))
        ]
        if self.maybe(0.2):
            items.append(dict(items[0]))
        answer = self.send("POST", f"{kind.path}:bulk-create", json_body={"items": items})
        if answer.status == 201 and "items" in answer.json:
            self.learn(name, answer.json["items"])

    def bulk_delete(self, name: str, kind: Kind) -> None:
        """Delete some rows at once."""
        if self.maybe(0.3):
            keys = [self.key(name) for _ in range(self.chance.randrange(1, 4))]
            self.send("POST", f"{kind.path}:bulk-delete", json_body={"ids": keys})

    def list(self, name: str, kind: Kind) -> None:
        """Read a page, all of them or those of a parent."""
        path = kind.path
        params = self.query(kind, listed=True)
        if kind.under and self.maybe(0.4):
            parent, segment = self.chance.choice(list(kind.under.items()))
            path = f"{self.item(parent, KINDS[parent])}/{segment}"
        shown = f"{kind.path}?{params.get('sort')}"
        if self.maybe(0.3) and shown in self.cursors:
            params["cursor"] = [self.cursors[shown]]
        if self.maybe(0.1) and self.cursors and "cursor" in params:
            params["cursor"] = [self.chance.choice(list(self.cursors.values()))]
        answer = self.send("GET", path, params=params, headers=self.headers("If-None-Match", path))
        if answer.status != 200:
            return
        if answer.body.startswith("["):
            self.learn(name, answer.rows)
            return
        self.learn(name, answer.json["items"])
        if answer.json["nextCursor"]:
            self.cursors[shown] = answer.json["nextCursor"]

    def member(self, name: str, kind: Kind) -> None:
        """Add, remove or list what belongs to a row."""
        segment, (target, acts) = self.chance.choice(list(kind.members.items()))
        path = f"{self.item(name, kind)}/{segment}"
        act = self.chance.choice(acts)
        if act == "L":
            params = {"pageSize": ["2"]} if self.maybe(0.5) else {}
            self.send("GET", path, params=params, headers=self.headers("If-None-Match", path))
        else:
            for _ in range(self.chance.randrange(1, 5)):
                self.send({"+": "PUT", "-": "DELETE"}[act], f"{path}/{self.key(target)}")


@pytest.fixture
def related(
    fresh_sqlite_url: str, fresh_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ExactTwin]:
    """Run the service that uses every word of the language, under one clock."""
    with exact_twin(EVERYTHING, fresh_sqlite_url, fresh_postgres_url, monkeypatch) as both:
        yield both


@pytest.mark.parametrize("seed", [1, 2])
def test_a_walk_by_chance(related: ExactTwin, seed: int) -> None:
    """Whatever happens happens on both, and nothing that was accepted breaks a read."""
    walk = Walk(related, seed)
    for _ in range(STEPS):
        walk.step()
    assert {200, 201, 204, 304, 404, 409, 412, 422} <= walk.statuses.keys()
    assert walk.problems.keys() >= PROBLEMS
    for kind in KINDS.values():
        read_every_page(related, kind)


def read_every_page(both: ExactTwin, kind: Kind) -> None:
    """Read a list to its end, expanded as far as it can be."""
    params: dict[str, list[str]] = {"expand": [*dict.fromkeys(kind.expand)]} if kind.expand else {}
    for page in range(1, 1000):
        answer = both.send("GET", kind.path, params=params, expect=200)
        if answer.body.startswith("["):
            if not answer.rows:
                return
            params["page"] = [str(page + 1)]
        elif answer.json["nextCursor"] is None:
            return
        else:
            params["cursor"] = [answer.json["nextCursor"]]
