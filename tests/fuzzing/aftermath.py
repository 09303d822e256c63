"""After the fuzzing: does everything that was accepted still read, and is the log clean?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urljoin

from .client import Client
from .contract import Operation
from .rows import Rows
from .traffic import Exchange
from .verdict import Tally, key_text

MOST_PAGES = 10_000
NOT_HTTP = "Invalid HTTP request received."
"""What uvicorn says of the NUL in a header that schemathesis tries before it begins."""


def read_all(client: Client, tally: Tally) -> Iterator[str]:
    """Read every list to its end and every row by its key; yield what is wrong."""
    for operation in tally.contract.operations:
        if operation.method != "GET":
            continue
        if operation.of_rows and operation.key is None:
            yield from _read_list(client, tally, operation)
    for operation in tally.contract.operations:
        if operation.method == "GET" and operation.of_rows and operation.key is not None:
            for key in tally.rows.keys(operation.collection):
                target = f"{operation.collection}/{quote(key, safe='')}"
                yield from _read(client, tally, target)[1]


def _read_list(client: Client, tally: Tally, operation: Operation) -> Iterator[str]:
    found: list[str] = []
    name = tally.contract.key_names.get(operation.collection, "id")
    target: str | None = operation.path
    for _ in range(MOST_PAGES):
        if target is None:
            break
        page, wrong = _read(client, tally, target)
        yield from wrong
        if wrong:
            return
        found += [key_text(item.get(name)) for item in _items(page)]
        target = _next(page, operation)
    yield from _compared(operation, tally.rows, found)
    for key in set(tally.rows.keys(operation.collection)) - set(found):
        tally.rows.missed(operation.collection, key)


def _compared(operation: Operation, rows: Rows, found: list[str]) -> Iterator[str]:
    """Compare what a list shows with what was made and kept."""
    if len(set(found)) != len(found):
        yield f"{operation.id}: a row stands on two pages"
    if lost := set(rows.certain(operation.collection)) - set(found):
        yield f"{operation.id}: rows that were made and kept are not listed: {sorted(lost)[:5]}"
    unknown = {key for key in found if rows.there(operation.collection, key) is False}
    if unknown:
        yield f"{operation.id}: rows are listed that nobody made: {sorted(unknown)[:5]}"


def _read(client: Client, tally: Tally, target: str) -> tuple[Exchange, list[str]]:
    exchange = client.send("still reads", "GET", target)
    tally.request_ids.add(exchange.answered.get("x-request-id", ""))
    wrong = [] if exchange.status == 200 else [f"no longer reads: {exchange}"]
    return exchange, wrong


def _items(page: Exchange) -> list[dict[str, object]]:
    value = json.loads(page.content)
    items = value if isinstance(value, list) else value["items"]
    assert isinstance(items, list)
    return items


def _next(page: Exchange, operation: Operation) -> str | None:
    """Return where the next page is: in the `Link` header, or behind the answered cursor."""
    for link in page.answered.get("link", "").split(", <"):
        target, _, relation = link.strip("<").partition(">; ")
        if relation == 'rel="next"':
            return urljoin(operation.path, target)
    problem = page.problem()
    cursor = next(
        (problem[name] for name in ("next_cursor", "nextCursor") if name in problem), None
    )
    return f"{operation.path}?cursor={quote(cursor)}" if cursor else None


def read_log(log: str, tally: Tally) -> Iterator[str]:
    """Yield what the service's log tells that it should not, and requests that nobody recorded."""
    for text in log.splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            line = {}
        bad = line.get("level", "info") != "info" and line.get("message") != NOT_HTTP
        if bad or "Traceback" in text or line.get("status", 0) >= 500:
            yield f"in the log: {text}"
        elif "status" in line and _unseen(line, tally):
            yield f"a request that is not in the record: {text}"


def _unseen(line: dict[str, object], tally: Tally) -> bool:
    known = tally.contract.at(quote(str(line["path"])))
    return bool(known) and line["request_id"] not in tally.request_ids
