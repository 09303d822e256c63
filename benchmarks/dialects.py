"""How a server is asked: the same operations in the words of each API.

A dialect makes a `Plan` of an operation, or a text that says why the server cannot do it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle

from .http1 import request
from .load import Plan
from .operations import BULK, CATEGORIES, PAGE, ROWS, category

NUMBER = "@" * 9
"""Stands in a text for a number that each request has anew, nine digits."""
STRIDE = 7
"""Rows are asked for in steps of this, which meets every row."""


def integer_key(number: int) -> str:
    """Write the key of a row as databases count."""
    return str(number)


def text_key(number: int) -> str:
    """Write the key of a row as PocketBase does: fifteen letters or digits."""
    return f"r{number:014d}"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words of an API that is like ours; what differs is said in the fields."""

    base: str = "/v1"
    created: int = 201
    invalid: int = 422
    slash: str = ""
    """What every path ends with."""
    bulk_path: str = "/products:bulk-create"
    key: Callable[[int], str] = integer_key
    constant: bool = False
    """The floor answers everything with one text and 200."""
    lacks: dict[str, str] = field(default_factory=dict)
    """Why an operation is left out."""

    def plan(self, operation: str) -> Plan | str:
        """Make the requests of an operation, and what is expected of them."""
        if reason := self.lacks.get(operation):
            return reason
        made: Plan = getattr(self, f"_{operation}")()
        if self.constant:
            return Plan(made.requests, b"200", items=made.items)
        return made

    def products(self, rest: str = "") -> str:
        """Write a path below the products."""
        return f"{self.base}/products{rest}"

    def body(self, marker: str = NUMBER) -> dict[str, object]:
        """Write what creates a product."""
        return {
            "sku": f"NEW-{marker}",
            "title": f"Created thing number {marker}",
            "unit_price": 12.75,
            "inventory_count": 40,
            "category": "category-new",
            "condition": "used",
            "supplier_id": 3,
        }

    def listed(self, query: str) -> str:
        """Write the path of a list with a query."""
        return self.products(self.slash) + (f"?{query}" if query else "")

    def _read(self) -> Plan:
        found = [
            request("GET", self.products(f"/{self.key(number)}{self.slash}"))
            for number in steps(ROWS)
        ]
        return Plan(repeated(found), b"200", ((b'"SKU-', 1),))

    def _list(self) -> Plan:
        found = [request("GET", self.listed(""))]
        return Plan(repeated(found), b"200", ((b'"SKU-', PAGE),))

    def _filter(self) -> Plan:
        found = [
            request("GET", self.listed(f"category={category(number)}"))
            for number in range(CATEGORIES)
        ]
        return Plan(repeated(found), b"200", ((b'"SKU-', PAGE),))

    def _expand(self) -> Plan:
        found = [request("GET", self.listed("expand=supplier"))]
        expected = ((b'"SKU-', PAGE), (b'"Supplier number ', PAGE))
        return Plan(repeated(found), b"200", expected)

    def _missing(self) -> Plan:
        found = [
            request("GET", self.products(f"/{self.key(9_000_000 + number)}{self.slash}"))
            for number in range(ROWS)
        ]
        return Plan(repeated(found), b"404")

    def _invalid(self) -> Plan:
        wrong = {**self.body("1"), "unit_price": -1, "condition": "broken"}
        del wrong["title"]
        found = [request("POST", self.products(self.slash), _json(wrong))]
        return Plan(repeated(found), str(self.invalid).encode())

    def _create(self) -> Plan:
        message = request("POST", self.products(self.slash), _json(self.body()))
        return Plan(numbered(message), str(self.created).encode(), ((b'"NEW-', 1),))

    def _update(self) -> Plan:
        found = [
            request(
                "PATCH",
                self.products(f"/{self.key(number)}{self.slash}"),
                _json({"unit_price": 20.5 + number, "inventory_count": number}),
            )
            for number in steps(ROWS)
        ]
        return Plan(repeated(found), b"200", ((b'"SKU-', 1),))

    def _delete(self) -> Plan:
        head, tail = request("DELETE", self.products(f"/{NUMBER}{self.slash}")).split(
            NUMBER.encode()
        )

        def requests(first: int) -> Iterator[bytes]:
            for number in count(ROWS + 1 + first):
                yield head + self.key(number).encode() + tail

        return Plan(requests, b"204")

    def _bulk(self) -> Plan:
        items = [_json(self.body())] * BULK
        body = b'{"items":[' + b",".join(items) + b"]}"
        message = request("POST", f"{self.base}{self.bulk_path}{self.slash}", body)
        expected = ((b'"NEW-', BULK),)
        return Plan(numbered(message), str(self.created).encode(), expected, items=BULK)


@dataclass(frozen=True, slots=True)
class PocketBaseDialect(Dialect):
    """PocketBase's records API."""

    def products(self, rest: str = "") -> str:
        """Write a path below the records of products."""
        return f"/api/collections/products/records{rest}"

    def body(self, marker: str = NUMBER) -> dict[str, object]:
        """Write what creates a record: a relation is called by its own name."""
        written = Dialect.body(self, marker)
        del written["supplier_id"]
        written["supplier"] = text_key(3)
        return written

    def listed(self, query: str) -> str:
        """Write the path of a list, without the total, which the others do not count either."""
        if query.startswith("category="):
            query = f"filter=(category='{query.removeprefix('category=')}')"
        return self.products(f"?perPage={PAGE}&skipTotal=1" + (f"&{query}" if query else ""))

    def _bulk(self) -> Plan:
        create = {"method": "POST", "url": self.products(), "body": self.body()}
        message = request("POST", "/api/batch", _json({"requests": [create] * BULK}))
        return Plan(numbered(message), b"200", ((b'"NEW-', BULK),), items=BULK)


def repeated(messages: Sequence[bytes]) -> Callable[[int], Iterator[bytes]]:
    """Make the same requests again and again."""
    return lambda first: cycle(messages)


def numbered(message: bytes) -> Callable[[int], Iterator[bytes]]:
    """Make requests that differ in a number, which stands twice for each thing that is created."""
    parts = message.split(NUMBER.encode())
    things = (len(parts) - 1) // 2

    def requests(first: int) -> Iterator[bytes]:
        for number in count(first, things):
            digits = [b"%09d" % one for one in range(number, number + things)]
            twice = [one for one in digits for _ in range(2)]
            yield b"".join(
                [part for pair in zip(parts, twice, strict=False) for part in pair] + parts[-1:]
            )

    def single(first: int) -> Iterator[bytes]:
        head, middle, tail = parts
        for number in count(first):
            digits = b"%09d" % number
            yield head + digits + middle + digits + tail

    return single if things == 1 else requests


def steps(rows: int) -> list[int]:
    """Return the numbers of all rows, not one after the other."""
    return [number * STRIDE % rows + 1 for number in range(rows)]


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
