"""Entity tags (RFC 9110, 8.8): what a client says of the version that it has, and what we say.

A row's tag is its version, strong: `"7"`. An answer that holds more than one row has a weak one,
made of its bytes: `W/"0123456789abcdef"`.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from starlette.types import Scope

from .headers import read_headers
from .problems import Problem

ANY = "*"
TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
VERSION = re.compile(r"0|[1-9][0-9]{0,18}")
LARGEST = 2**63 - 1


def tag_of_version(version: object) -> str:
    """Write the tag of a row."""
    return f'"{version}"'


def tag_of_bytes(content: bytes, *headers: str) -> str:
    """Write the tag of an answer that is equal wherever its bytes and these headers are."""
    digest = blake2b(content, digest_size=8)
    for value in headers:
        digest.update(b"\n" + value.encode())
    return f'W/"{digest.hexdigest()}"'


def wanted_versions(scope: Scope) -> frozenset[int] | None:
    """Return the versions that `If-Match` allows to be changed; None where any may be.

    A tag of another form than ours fits no row, and what is no list of tags has none that does.
    """
    text = _header(scope, b"if-match")
    if text is None or text == ANY:
        return None
    strong = (value for weak, value in _tags(text) if not weak and VERSION.fullmatch(value))
    return frozenset(version for version in map(int, strong) if version <= LARGEST)


def is_known(scope: Scope, tag: str) -> bool:
    """Tell whether `If-None-Match` has a tag, weak or strong. What is no list of tags has none."""
    text = _header(scope, b"if-none-match")
    if text is None:
        return False
    if text == ANY:
        return True
    known = {value for _, value in _tags(text)}
    return tag.removeprefix("W/")[1:-1] in known


def stale() -> Problem:
    """Make the problem of a row that is not, or no longer, of a version that is allowed."""
    return Problem(
        "precondition-failed", "The row has changed, or If-Match does not name its entity tag."
    )


def _header(scope: Scope, name: bytes) -> str | None:
    """Return a header; several of a name are one list."""
    value = read_headers(scope).get(name)
    return None if value is None else value.decode("latin-1").strip(" \t")


def _tags(text: str) -> list[tuple[bool, str]]:
    """Read a list of tags, each weak or not; of what is no such list, nothing is read.

    Between commas there may be nothing (RFC 9110, 5.6.1.2).
    """
    tags: list[tuple[bool, str]] = []
    at = 0
    separated = True
    while at < len(text):
        if text[at] in ", \t":
            separated = separated or text[at] == ","
            at += 1
            continue
        found = TAG.match(text, at)
        if found is None or not separated:
            return []
        tags.append((found[1] is not None, found[2]))
        at, separated = found.end(), False
    return tags
