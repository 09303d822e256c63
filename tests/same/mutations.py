"""Changes of a request: each does one thing to it, chosen from the tables by chance."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from .requests import JSON, Request
from .tables import (
    BODIES,
    KEYS,
    LITERALS,
    METHODS,
    ONE_OF_EACH,
    PREFLIGHTS,
    QUERIES,
    ROOTS,
    VALUES,
)

Mutation = Callable[[Request, random.Random], Request]
HOLE = "a hole in a body"


def other_method(request: Request, chance: random.Random) -> Request:
    """Ask for something else."""
    return replace(request, method=chance.choice(METHODS))


def other_segment(request: Request, chance: random.Random) -> Request:
    """Put something else in the place of a segment."""
    segments = request.path.split(b"/")
    # What stands at the end is mostly a key.
    place = chance.choice([len(segments) - 1, len(segments) - 1, chance.randrange(len(segments))])
    segments[place] = chance.choice(KEYS)
    return replace(request, path=b"/".join(segments))


def other_path(request: Request, chance: random.Random) -> Request:
    """Write the path otherwise: encoded, with slashes more or less, in capitals."""
    path = request.path or b"/"
    at = chance.randrange(len(path))
    encoded = path[:at] + b"%%%02x" % path[at] + path[at + 1 :]
    slashes = [path + b"/", b"/" + path, path.replace(b"/", b"//", 2), path[1:], path + b"//"]
    others = [path.upper(), path + b"%2F", path + b"?", path + b";a=b", path + b":bulk-create"]
    dots = [b"/." + path, b"/a/.." + path, path + b"/.", path + b"%20", path + b"%00", b"", b"*"]
    others += [encoded, encoded.upper()]
    return replace(request, path=chance.choice([*slashes, *others, *dots]))


def more_query(request: Request, chance: random.Random) -> Request:
    """Add to the query what nobody declares, or what is not written as a query."""
    return _with_query(request, chance.choice(QUERIES), chance)


def other_value(request: Request, chance: random.Random) -> Request:
    """Give a parameter that is there another value, leave that out, or say it twice."""
    parts = request.query.split(b"&")
    name, _, value = chance.choice(parts).partition(b"=")
    name = name or b"page"
    wrong = chance.choice(VALUES)
    said = [name + b"=" + wrong, name, name + b"=" + value + b"&" + name + b"=" + wrong]
    said += [b"%%%02X" % name[0] + name[1:] + b"=" + value, name.upper() + b"=" + value]
    said += [name + b"[]=" + value, name + b"=" + value + b"%00", b"+" + name + b"=" + value]
    return _with_query(replace(request, query=b""), chance.choice([said[0], *said]), chance)


def other_header(request: Request, chance: random.Random) -> Request:
    """Put a header in the place of the one of its name, or beside it."""
    name, values = chance.choice(ONE_OF_EACH)
    new = (name, chance.choice(values))
    kept = request.headers
    act = chance.randrange(4)
    if act == 0:
        return replace(request, headers=(*kept, new))
    if act == 1:
        return replace(request, headers=(*kept, new, (name, chance.choice(values))))
    others = tuple(pair for pair in kept if pair[0] != name)
    left_out = act == 2 and len(others) < len(kept)
    return replace(request, headers=others if left_out else (*others, new))


def preflight(request: Request, chance: random.Random) -> Request:
    """Ask as a browser does before it sends something."""
    return replace(request, method="OPTIONS", headers=chance.choice(PREFLIGHTS), chunks=(b"",))


def other_body(request: Request, chance: random.Random) -> Request:
    """Send another body, mostly said to be JSON."""
    return _with_body(request, chance.choice(BODIES))


def other_literal(request: Request, chance: random.Random) -> Request:
    """Put any JSON in the place of some values of the body, anywhere in it."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return other_body(request, chance)
    for _ in range(chance.choice((1, 1, 2, 3))):
        _dig(body, chance)
    text = json.dumps(body, ensure_ascii=chance.random() < 0.5)
    while f'"{HOLE}"' in text:
        text = text.replace(f'"{HOLE}"', chance.choice(LITERALS), 1)
    return _with_body(request, text.encode("utf-8", "surrogatepass"))


def damaged_body(request: Request, chance: random.Random) -> Request:
    """Cut the body, say a byte otherwise, repeat a member."""
    body = request.body or b"{}"
    at = chance.randrange(len(body))
    damage = [body[:at], body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]]
    damage += [b"\xef\xbb\xbf" + body, body + b" " * 2000, b" \r\n" + body, body + b"x"]
    damage += [body.replace(b"{", b'{"unheardOf": 1, ', 1), body.replace(b"}", b", }")]
    first = body[1:].partition(b",")[0].rstrip(b"}")
    damage += [b"{" + first + b", " + body[1:], b"[" + body + b"]"]
    return _with_body(request, chance.choice(damage))


def other_framing(request: Request, chance: random.Random) -> Request:
    """Let the body come in pieces, or not to its end."""
    body = request.body
    cuts = sorted(chance.randrange(len(body) + 1) for _ in range(chance.randrange(1, 5)))
    edges = [0, *cuts, len(body)]
    chunks = tuple(body[a:b] for a, b in zip(edges, edges[1:], strict=False))
    headers = tuple(pair for pair in request.headers if pair[0] != b"content-length")
    untold = tuple(pair for pair in headers if pair[0] != b"content-type")
    chunked = (*headers, (b"transfer-encoding", b"chunked"))
    return replace(
        request,
        chunks=(*chunks, b"") if chance.random() < 0.5 else chunks,
        headers=chance.choice([request.headers, chunked, chunked, headers, untold]),
        leaves=chance.random() < 0.3,
    )


def other_root(request: Request, chance: random.Random) -> Request:
    """Let a proxy stand before the service."""
    return replace(request, root_path=chance.choice(ROOTS))


ALL: tuple[Mutation, ...] = (
    other_method,
    other_segment,
    other_path,
    more_query,
    other_value,
    other_header,
    preflight,
    other_body,
    other_literal,
    damaged_body,
    other_framing,
    other_root,
)
OF_BODIES = (other_body, other_literal, damaged_body, other_framing)


def each_once(request: Request, *, reads_body: bool) -> Iterator[Request]:
    """Do everything that the tables hold to a request, one thing at a time."""
    for method in METHODS:
        yield replace(request, method=method)
    for query in QUERIES:
        yield replace(request, query=query)
    *before, _ = request.path.split(b"/")
    for key in KEYS:
        yield replace(request, path=b"/".join([*before, key]))
    for name, values in ONE_OF_EACH:
        others = tuple(pair for pair in request.headers if pair[0] != name)
        for value in values:
            yield replace(request, headers=(*others, (name, value)))
        yield replace(request, headers=(*others, (name, values[0]), (name, values[-1])))
        yield replace(request, headers=others)
    for headers in PREFLIGHTS:
        yield replace(request, method="OPTIONS", headers=headers)
    for root in ROOTS:
        yield replace(request, root_path=root)
    if reads_body:
        for body in BODIES:
            yield _with_body(request, body)


def _dig(value: object, chance: random.Random) -> None:
    """Mark a value somewhere in a body, or take it out."""
    while isinstance(value, dict | list) and value:
        container: Any = value
        place: Any = chance.choice(list(value)) if isinstance(value, dict) else 0
        inner = container[place]
        if chance.random() < 0.1:
            del container[place]
            return
        if not (isinstance(inner, dict | list) and inner) or chance.random() < 0.3:
            container[place] = HOLE
            return
        value = inner


def _with_query(request: Request, part: bytes, chance: random.Random) -> Request:
    parts = [request.query, part] if request.query else [part]
    chance.shuffle(parts)
    return replace(request, query=b"&".join(parts))


def _with_body(request: Request, body: bytes) -> Request:
    names = (b"content-length", b"content-type", b"transfer-encoding")
    others = tuple(pair for pair in request.headers if pair[0] not in names)
    length = (b"content-length", b"%d" % len(body))
    return replace(request, chunks=(body,), headers=(*others, JSON, length))
