"""What is checked before a request is read: 414, 406, 415, 413, in this order.

Only the size of a body that comes in chunks is found out later, while it is read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from starlette.types import Scope

from .headers import Headers, read_headers
from .problem_kinds import PROBLEMS
from .problems import Problem
from .routes import Operation

TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
PARAMETER = rf'[ \t]*;(?:[ \t]*({TOKEN})=({TOKEN}|"(?:[^"\\]|\\.)*"))?'
MEDIA_TYPE = re.compile(rf"[ \t]*({TOKEN}/{TOKEN})((?:{PARAMETER})*)[ \t]*")
ONE_PARAMETER = re.compile(PARAMETER)
QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
JSON_RANGES = frozenset({"application/json", "application/*", "*/*"})
COMMON = (b"*/*", b"application/json")
LONGEST_KNOWN = 200
"""Bytes of a header whose meaning is remembered: clients send few different ones."""


def admit(operation: Operation, scope: Scope) -> None:
    """Raise the problem of a request that its operation cannot take."""
    if len(scope["query_string"]) > operation.query_limit:
        raise _problem("query-too-long")
    headers = read_headers(scope)
    if operation.answers_body:
        accept = headers.get(b"accept", b"*/*")
        if accept not in COMMON and not _accepts(accept):
            raise _problem("not-acceptable")
    if operation.reads_body:
        _admit_body(operation, headers)


def accepts_json(accept: str) -> bool:
    """Tell whether an Accept header leaves JSON possible; one that is malformed counts as none."""
    found = False
    for item in accept.split(","):
        if not item.strip():
            continue
        media = _parse(item)
        quality = media[1].get("q", "1") if media else ""
        if media is None or not QUALITY.fullmatch(quality):
            return True
        if media[0] in JSON_RANGES and float(quality) > 0:
            return True
        found = True
    return not found


def is_json(content_type: str) -> bool:
    """Tell whether a Content-Type says application/json in UTF-8."""
    media = _parse(content_type)
    return (
        media is not None
        and media[0] == "application/json"
        and media[1].get("charset", "utf-8").lower() == "utf-8"
    )


def _admit_body(operation: Operation, headers: Headers) -> None:
    length = headers.get(b"content-length", b"")
    kind = headers.get(b"content-type")
    if kind != b"application/json" or b"content-encoding" in headers:
        has_body = length.strip(b"0") != b"" or b"transfer-encoding" in headers
        if (kind is not None or has_body) and not _is_read(kind, headers):
            raise _problem("unsupported-media-type")
    limit = operation.body_limit
    if limit is not None and length.isdigit() and int(length) > limit:
        raise _problem("body-too-large")


def _is_read(kind: bytes | None, headers: Headers) -> bool:
    """Tell whether a body is JSON that nothing was done to."""
    codings = headers.get(b"content-encoding", b"").decode("latin-1").split(",")
    coded = any(one.strip().lower() not in ("", "identity") for one in codings)
    return kind is not None and not coded and is_json(kind.decode("latin-1"))


def _accepts(accept: bytes) -> bool:
    known = _known_accept if len(accept) <= LONGEST_KNOWN else _known_accept.__wrapped__
    return known(accept)


@lru_cache(maxsize=256)
def _known_accept(accept: bytes) -> bool:
    return accepts_json(accept.decode("latin-1"))


def _parse(text: str) -> tuple[str, dict[str, str]] | None:
    """Read a media type and its parameters, or return None where it is not written as one."""
    match = MEDIA_TYPE.fullmatch(text)
    if match is None:
        return None
    pairs = (one.groups() for one in ONE_PARAMETER.finditer(match[2]))
    return match[1].lower(), {name.lower(): value.strip('"') for name, value in pairs if name}


def _problem(code: str) -> Problem:
    return Problem(code, PROBLEMS[code].meaning)
