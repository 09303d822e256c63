"""Every operation is brought to succeed once, by the contract and by what its refusals say.

A 409 names the fields that conflict: they get the keys of rows that there are, or other values,
until the request is taken. So rules, references and unique sets are all passed on the way.
"""

from __future__ import annotations

import copy
import json
import random
import re
import string
import uuid
from collections.abc import Iterator
from itertools import chain
from typing import Any

from .client import JSON, Client
from .contract import Operation
from .made_keys import target_of
from .traffic import Exchange
from .verdict import Tally

DATE = re.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}")
ROUNDS = 3
"""What needs a row of another collection may come before it in the contract."""
TRIES = 40
VARIATIONS = 200
NOTHING = 0.3
"""How often a rule is tried to be kept by saying nothing."""

Body = dict[str, Any]


def confirm(client: Client, tally: Tally, chance: random.Random) -> None:
    """Send requests that keep the contract to every operation, those that delete at the end."""
    operations = tally.contract.operations
    waiting = [one for one in operations if not _deletes(one)]
    for _ in range(ROUNDS):
        waiting = [one for one in waiting if not succeed(client, one, tally, chance)]
    for operation in operations:
        if operation.method == "GET":
            target = target_of(operation, tally, chance)
            tally.judge([client.send("head", "HEAD", target)])
    for operation in filter(_deletes, operations):
        own = [one for one in operations if makes(one) and one.collection == operation.collection]
        # What was deleted before may have taken along what this one is about; and what is made
        # last is what nothing refers to yet.
        for needed in ([], own, [*filter(makes, operations), *own]):
            for other in needed:
                succeed(client, other, tally, chance)
            if succeed(client, operation, tally, chance):
                break


def makes(operation: Operation) -> bool:
    """Tell whether an operation makes rows, or replaces one."""
    return operation.method in ("POST", "PUT") and not _deletes(operation)


def _deletes(operation: Operation) -> bool:
    return operation.method == "DELETE" or operation.path.endswith(":bulk-delete")


def succeed(client: Client, operation: Operation, tally: Tally, chance: random.Random) -> bool:
    """Try, and try again otherwise, until the service says yes."""
    attempt = _Attempt(operation, tally, chance)
    for _ in range(TRIES):
        headers = JSON if operation.body is not None else {}
        body = None if operation.body is None else json.dumps(attempt.body).encode()
        exchange = client.send("the example", operation.method, attempt.target(), headers, body)
        tally.judge([exchange])
        if 200 <= exchange.status < 300:
            return True
        attempt.learn(exchange)
        if attempt.stuck:
            break
    return False


class _Attempt:
    """A body on its way to being taken."""

    def __init__(self, operation: Operation, tally: Tally, chance: random.Random) -> None:
        self.operation = operation
        self.tally = tally
        self.chance = chance
        self.body: Any = copy.deepcopy(operation.example)
        self.stuck = False
        """Whether it needs a row that there is not."""
        self._candidates: dict[str, Iterator[object]] = {}
        if operation.path.endswith(":bulk-delete"):
            self._another_key()

    def target(self) -> str:
        """Choose rows that there are; where the last was refused, others."""
        operation = self.operation
        segments = target_of(operation, self.tally, self.chance).split("/")
        for key in operation.keys:
            rows = self.tally.rows.keys(key.collection or operation.keys[0].collection)
            if rows and _deletes(operation):
                segments[key.place] = self.chance.choice(rows)
        return "/".join(segments)

    def learn(self, exchange: Exchange) -> None:
        """Change what the refusal names."""
        if self.operation.path.endswith(":bulk-delete"):
            self._another_key()
            return
        problem = exchange.problem()
        if exchange.status != 409 or not isinstance(self.body, dict):
            return
        part = self.body["items"][problem["index"]] if "index" in problem else self.body
        for field in problem.get("fields", ()):
            self._change(part, str(field), str(problem["type"]))

    def _change(self, part: Body, field: str, problem: str) -> None:
        if problem.endswith("/reference-missing"):
            self._refer(part, field)
            return
        before = part.get(field)
        for _ in range(VARIATIONS):
            if problem.endswith("/rule-broken") and self.chance.random() < NOTHING:
                part.pop(field, None)
            else:
                part[field] = vary(before, self.chance)
            if self.operation.body is None or self.operation.body.is_valid(self.body):
                return
        if before is not None:
            part[field] = before

    def _refer(self, part: Body, field: str) -> None:
        """Put in the key of the next row that could be meant; nothing, where there is no other."""
        before = part.get(field)
        candidates = self._candidates.setdefault(field, self._rows())
        for found in chain(candidates, (None,)):
            keys = [] if found is None else [found]
            part[field] = keys if isinstance(before, list) else found
            if self.operation.body is None or self.operation.body.is_valid(self.body):
                return
        part[field] = before
        self.stuck = True

    def _rows(self) -> Iterator[object]:
        """Yield the keys of all rows that there are, latest first, as JSON has them."""
        collections = {
            key.collection: key.parameter.type
            for operation in self.tally.contract.operations
            for key in operation.keys
            if key.collection
        }
        for collection, type_ in collections.items():
            for key in reversed(self.tally.rows.keys(collection)[-3:]):
                yield int(key) if type_ == "integer" else key

    def _another_key(self) -> None:
        rows = self.tally.rows.keys(self.operation.collection)
        schema_type = next(
            (
                one.keys[0].parameter.type
                for one in self.tally.contract.operations
                if one.of_rows and one.keys and one.collection == self.operation.collection
            ),
            "string",
        )
        if rows:
            key = self.chance.choice(rows)
            self.body = {"ids": [int(key) if schema_type == "integer" else key]}


def vary(value: object, chance: random.Random) -> object:
    """Make another value of the same form."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return chance.randint(1, 10 ** chance.randint(1, 6))
    if isinstance(value, float):
        return round(chance.uniform(0, 10 ** chance.randint(0, 4)), 2)
    return _vary_text(value, chance) if isinstance(value, str) else value


def _vary_text(text: str, chance: random.Random) -> str:
    if DATE.match(text):
        return f"20{chance.randint(10, 90)}{text[4:]}"
    if len(text) == 36 and text.count("-") == 4:
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))
    return "".join(_vary_character(one, chance) for one in text) + chance.choice(("", "x", "7"))


def _vary_character(one: str, chance: random.Random) -> str:
    for kind in (string.digits, string.ascii_lowercase, string.ascii_uppercase):
        if one in kind:
            return chance.choice(kind)
    return one
