"""The query string, read so that nothing in it is guessed at.

What is repeated or has no value is marked for the parameter types to refuse; bytes that are not
percent-encoded UTF-8 become lone surrogates, which no type accepts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, unquote_to_bytes

from starlette.datastructures import QueryParams

from .wire_types import Empty, Repeated

BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
CODED = re.compile(rb"[^!-$&-*,-~]")
"""What does not stand for itself: `%`, `+`, and what is no visible ASCII."""
UNDECODABLE = "\udcff"


def read_query(query: bytes, repeatable: Mapping[str, bool]) -> dict[str, object]:
    """Return the declared parameters that are there, in their order, and then all others.

    It is what FastAPI makes of a `StrictQuery` for a model with these parameters.
    """
    given: dict[str, list[str]] = {}
    for name, value in _pairs(query):
        given.setdefault(name, []).append(value)
    found: dict[str, object] = {}
    for name, repeats in repeatable.items():
        values = given.pop(name, None)
        if values is not None:
            found[name] = [one or Empty() for one in values] if repeats else _single(values)
    for name, values in given.items():
        found[name] = values[0] if len(values) == 1 else values
    return found


class StrictQuery(QueryParams):
    """The parameters of a request, for an operation that declares some of them."""

    def __init__(self, query: bytes, declared: frozenset[str]) -> None:
        super().__init__(_pairs(query))
        self._declared = declared

    def __getitem__(self, key: str) -> str:
        """Return the value of a parameter that may come once."""
        values = super().getlist(key)
        return _single(values) if values else super().__getitem__(key)

    def getlist(self, key: object) -> list[str]:
        """Return the values of a parameter that may come several times."""
        return [value or Empty() for value in super().getlist(key)]

    def multi_items(self) -> list[tuple[str, str]]:
        """Return what nobody declares: FastAPI asks for it to find the unknown."""
        return [pair for pair in super().multi_items() if pair[0] not in self._declared]


def _single(values: list[str]) -> str:
    last = values[-1] or Empty()
    return Repeated(last) if len(values) > 1 else last


def _decode(value: bytes) -> str:
    if BAD_ESCAPE.search(value):
        return UNDECODABLE
    return unquote_to_bytes(value).decode("utf-8", "surrogateescape")


def _pairs(query: bytes) -> list[tuple[str, str]]:
    if not CODED.search(query):
        texts = (part.partition("=") for part in query.decode("ascii").split("&") if part)
        return [(name, value) for name, _, value in texts]
    parts = (part.partition(b"=") for part in query.replace(b"+", b" ").split(b"&") if part)
    return [(unquote(name.decode("latin-1")), _decode(value)) for name, _, value in parts]
