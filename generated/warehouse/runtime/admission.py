"""What is checked before FastAPI sees a request: 414, 406, 415, 413, in this order.

Only the size of a body that comes in chunks is found out later, while it is read.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.types import Scope

from .problem_kinds import PROBLEMS
from .problems import Problem
from .routes import Operation

TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
PARAMETER = rf'[ \t]*;(?:[ \t]*({TOKEN})=({TOKEN}|"(?:[^"\\]|\\.)*"))?'
MEDIA_TYPE = re.compile(rf"[ \t]*({TOKEN}/{TOKEN})((?:{PARAMETER})*)[ \t]*")
ONE_PARAMETER = re.compile(PARAMETER)
QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
JSON_RANGES = frozenset({"application/json", "application/*", "*/*"})


def admit(operation: Operation, scope: Scope) -> None:
    """Raise the problem of a request that its operation cannot take."""
    if len(scope["query_string"]) > operation.query_limit:
        raise _problem("query-too-long")
    headers = Headers(scope=scope)
    if operation.answers_body and not accepts_json(",".join(headers.getlist("accept"))):
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
    length = headers.get("content-length", "")
    types = headers.getlist("content-type")
    encodings = ",".join(headers.getlist("content-encoding"))
    has_body = length.strip("0") != "" or "transfer-encoding" in headers
    if types or has_body:
        coded = any(one.strip().lower() not in ("", "identity") for one in encodings.split(","))
        if coded or len(types) != 1 or not is_json(types[0]):
            raise _problem("unsupported-media-type")
    limit = operation.body_limit
    if limit is not None and length.isdecimal() and int(length) > limit:
        raise _problem("body-too-large")


def _parse(text: str) -> tuple[str, dict[str, str]] | None:
    """Read a media type and its parameters, or return None where it is not written as one."""
    match = MEDIA_TYPE.fullmatch(text)
    if match is None:
        return None
    pairs = (one.groups() for one in ONE_PARAMETER.finditer(match[2]))
    return match[1].lower(), {name.lower(): value.strip('"') for name, value in pairs if name}


def _problem(code: str) -> Problem:
    return Problem(code, PROBLEMS[code].meaning)
