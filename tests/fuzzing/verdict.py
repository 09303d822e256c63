"""What each exchange should have been, by the contract alone, and whether it was.

The rows that exist are followed from answer to answer (`rows.py`), so that a key is known to be
absent without asking the service.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from .contract import Contract, Operation
from .parameters import Key
from .rows import Rows
from .traffic import Exchange

LONGEST_QUERY = 8192
UUID = re.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
MOST_ERRORS = 50


class Column(StrEnum):
    """What is confirmed of an operation."""

    BROKEN = "broken: 422"
    ABSENT = "absent: 404"
    METHOD = "method: 405"
    MEDIA = "media: 415"
    VALID = "valid: ok"


@dataclass(slots=True)
class Count:
    """How many requests of a kind there were, and how many were answered so."""

    sent: int = 0
    met: int = 0


@dataclass(slots=True)
class Tally:
    """All verdicts on a service."""

    contract: Contract
    counts: dict[str, dict[Column, Count]] = field(init=False)
    misses: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
    request_ids: set[str] = field(default_factory=set)
    """Of everything that was recorded."""
    exchanges: int = 0

    def __post_init__(self) -> None:
        operations = self.contract.operations
        self.counts = {one.id: {column: Count() for column in Column} for one in operations}

    def judge(self, exchanges: Iterable[Exchange]) -> None:
        """Judge exchanges, in the order in which they took place."""
        for exchange in exchanges:
            self.exchanges += 1
            self.request_ids.add(exchange.answered.get("x-request-id", ""))
            if exchange.status == 0 or exchange.status >= 500:
                self._miss("no answer" if exchange.status == 0 else "5xx", exchange)
                continue
            self._judge(exchange)
            self._follow(exchange)

    def gaps(self, only: Iterable[str] = ()) -> list[str]:
        """Name the operations of which something that applies was never seen."""
        wanted = set(only) or set(self.counts)
        found = []
        for operation in self.contract.operations:
            if operation.id not in wanted:
                continue
            counts = self.counts[operation.id]
            found += [
                f"{operation.id}: no request of the kind `{column}`"
                for column in applying(operation)
                if counts[column].sent == 0
            ]
            if counts[Column.VALID].met == 0:
                found.append(f"{operation.id}: no valid request succeeded")
        return found

    def _judge(self, exchange: Exchange) -> None:
        operations = self.contract.at(exchange.path)
        method = "GET" if exchange.method == "HEAD" else exchange.method
        if not operations:
            self._expect(exchange.status == 404, "an unknown path is 404", exchange)
        elif exchange.method == "OPTIONS":
            fine = exchange.status == 204 and _allows(exchange, operations)
            self._expect(fine, "OPTIONS is 204 with all methods", exchange)
        elif method not in operations:
            fine = exchange.status == 405 and _allows(exchange, operations)
            for operation in operations.values():
                self._count(operation, Column.METHOD, fine)
            self._expect(fine, "an undeclared method is 405 with all methods", exchange)
        elif exchange.status == 414:
            fine = len(exchange.query) > LONGEST_QUERY
            self._expect(fine, "a query of 8 KiB is taken", exchange)
        else:
            self._judge_operation(operations[method], exchange)

    def _judge_operation(self, operation: Operation, exchange: Exchange) -> None:
        if operation.body is not None and not _takes(exchange):
            fine = exchange.status == 415
            self._count(operation, Column.MEDIA, fine)
            self._expect(fine, "another media type is 415", exchange)
            return
        broken = operation.broken(exchange.path, exchange.query, exchange.body)
        if broken:
            fine = exchange.status == 422 and _details(exchange, broken)
            self._count(operation, Column.BROKEN, fine)
            where = " and ".join(sorted(broken))
            self._expect(fine, f"the contract is broken in {where}: 422, naming it", exchange)
            return
        if operation.key is not None and not self._there(operation.key, exchange):
            fine = exchange.status == 404 and _names(exchange, operation.key)
            self._count(operation, Column.ABSENT, fine)
            what = f"no {operation.key.resource} has the key: 404, naming it"
            self._expect(fine, what, exchange)
        else:
            self._count(operation, Column.VALID, 200 <= exchange.status < 300)
            fine = exchange.status in _allowed(operation, exchange)
            self._expect(fine, "the contract is kept", exchange)

    def _there(self, key: Key, exchange: Exchange) -> bool:
        """Tell whether the row is there; where that is uncertain, the answer is believed."""
        there = self.rows.there(key.collection, key.text(exchange.path))
        if there is None:
            return exchange.status != 404 or not _names(exchange, key)
        return there

    def _follow(self, exchange: Exchange) -> None:
        method = "GET" if exchange.method == "HEAD" else exchange.method
        operation = self.contract.at(exchange.path).get(method)
        if operation is None:
            return
        collection, key = operation.collection, operation.key
        if exchange.status == 201:
            self._made(operation, exchange)
        elif exchange.status == 204 and operation.of_rows and key is not None:
            self.rows.ended(collection, [key.text(exchange.path)])
        elif exchange.status == 200 and operation.path.endswith(":bulk-delete"):
            self.rows.ended(collection, map(key_text, json.loads(exchange.body)["ids"]))
        elif key is not None and 200 <= exchange.status < 300:
            self.rows.seen(key.collection, [key.text(exchange.path)])
        elif key is not None and exchange.status == 404 and _names(exchange, key):
            self.rows.missed(key.collection, key.text(exchange.path))

    def _made(self, operation: Operation, exchange: Exchange) -> None:
        collection = operation.collection
        name = self.contract.key_names.get(collection, "id")
        if not operation.path.endswith(":bulk-create"):
            self.rows.seen(collection, [_made_key(exchange, name)])
        elif (items := exchange.problem().get("items")) is not None:
            self.rows.seen(collection, (key_text(item[name]) for item in items))
        else:
            self.rows.uncounted.add(collection)

    def _count(self, operation: Operation, column: Column, met: bool) -> None:
        count = self.counts[operation.id][column]
        count.sent += 1
        count.met += met

    def _expect(self, fine: bool, what: str, exchange: Exchange) -> None:
        if not fine:
            self._miss(what, exchange)

    def _miss(self, what: str, exchange: Exchange) -> None:
        self.misses.append(f"{what}, but: {exchange}")


def applying(operation: Operation) -> list[Column]:
    """Return the columns that there must be requests for."""
    left_out = set()
    if operation.key is None:
        left_out.add(Column.ABSENT)
    if operation.body is None:
        left_out.add(Column.MEDIA)
    return [column for column in Column if column not in left_out]


def _takes(exchange: Exchange) -> bool:
    """Tell whether the body's media type is the one that is taken; no body needs none."""
    given = exchange.headers.get("content-type")
    if given is None:
        return not exchange.body
    media, *parameters = (part.strip().lower() for part in given.split(";"))
    charsets = [one for one in parameters if one.startswith("charset=")]
    return media == "application/json" and charsets in ([], ["charset=utf-8"])


def _allows(exchange: Exchange, operations: dict[str, Operation]) -> bool:
    """Tell whether `Allow` names the methods of a path, no more and no less."""
    named = {one.strip() for one in exchange.answered.get("allow", "").split(",")}
    return named == {*operations, "OPTIONS", *({"HEAD"} if "GET" in operations else ())}


def _details(exchange: Exchange, broken: set[str]) -> bool:
    """Tell whether a 422 says where and why, in every part that is broken and in no other."""
    errors = exchange.problem().get("errors")
    if not isinstance(errors, list) or not errors or exchange.method == "HEAD":
        return exchange.method == "HEAD"
    structured = all(
        isinstance(one, dict)
        and {"loc": list, "msg": str, "type": str}
        == {name: type(value) for name, value in one.items()}
        and all((one["loc"], one["msg"], one["type"]))
        for one in errors
    )
    named = {one["loc"][0] for one in errors} if structured else set()
    return structured and (named == broken or (len(errors) == MOST_ERRORS and named <= broken))


def _names(exchange: Exchange, key: Key) -> bool:
    """Tell whether a 404 names the resource."""
    problem = exchange.problem()
    return exchange.method == "HEAD" or (
        problem.get("type") == "/problems/unknown-key"
        and problem.get("resource") == key.resource
        and key.resource in str(problem.get("detail"))
    )


def _allowed(operation: Operation, exchange: Exchange) -> set[int]:
    """Return how a request that keeps the contract may be answered: rule 1 of the language."""
    found = {one for one in operation.statuses if one < 300}
    found |= operation.statuses & {409}
    if any(part.startswith("cursor=") for part in exchange.query.split("&")):
        found.add(404)
    return found


def _made_key(exchange: Exchange, name: str) -> str:
    location = exchange.answered.get("location")
    if location is None:
        return key_text(exchange.problem().get(name))
    return unquote(urlsplit(location).path.rpartition("/")[2])


def key_text(value: object) -> str:
    """Write a key as it stands in a path; a UUID that was sent may be in capitals."""
    text = str(int(value)) if isinstance(value, float) else str(value)
    return text.lower() if UUID.fullmatch(text) else text
