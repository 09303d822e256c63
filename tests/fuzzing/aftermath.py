"""After the fuzzing: does everything that was accepted still read, and is the log clean?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urljoin

from .contract import Operation
from .probes import Client
from .traffic import Exchange
from .verdict import Tally

MOST_PAGES = 10_000
NOT_HTTP = "Invalid HTTP request received."
"""What uvicorn says of the NUL in a header that schemathesis tries before it begins."""


def read_all(client: Client, tally: Tally) -> Iterator[str]:
    """Read every list to its end and every row by its key; yield what is wrong."""
    for operation in tally.contract.operations:
        if operation.method != "GET":
            continue
        rows = tally.rows[operation.collection]
        if operation.key is None:
            yield from _read_list(client, tally, operation)
        else:
            for key in sorted(rows):
                target = f"{operation.collection}/{quote(key, safe='')}"
                yield from _read(client, tally, target)[1]


def _read_list(client: Client, tally: Tally, operation: Operation) -> Iterator[str]:
    found: list[str] = []
    target: str | None = operation.path
    for _ in range(MOST_PAGES):
        if target is None:
            break
        page, wrong = _read(client, tally, target)
        yield from wrong
        if wrong:
            return
        found += [json.dumps(item, sort_keys=True) for item in _items(page)]
        target = _next(page, operation)
    rows = tally.rows[operation.collection]
    if len(found) != len(rows) or len(set(found)) != len(found):
        yield f"{operation.id}: {len(found)} rows on all pages, {len(rows)} were made and kept"


def _read(client: Client, tally: Tally, target: str) -> tuple[Exchange, list[str]]:
    exchange = client.send("still reads", "GET", target)
    tally.request_ids.add(exchange.answered.get("x-request-id", ""))
    wrong = [] if exchange.status == 200 else [f"no longer reads: {exchange}"]
    return exchange, wrong


def _items(page: Exchange) -> list[object]:
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
