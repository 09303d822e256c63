"""A table of paths that answers at once, however many it holds.

Paths are cut into segments before they are decoded, so `%2F` is never a boundary. A parameter is a
whole segment; where a literal and a parameter both fit, the literal comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Generic, TypeVar
from urllib.parse import unquote, unquote_to_bytes

from starlette.types import Scope

from .query import BAD_ESCAPE

T = TypeVar("T")

Entry = tuple[tuple[str, ...], T]
"""The names of a template's parameters, and its value."""
Fit = tuple[dict[str, Entry[T]], list[str]]
"""The methods of a template that fits a path, and what its parameters stand for."""

PARAMETER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def path_segments(scope: Scope) -> list[str]:
    """Return the decoded segments of a request's path, without those of the root path.

    A segment that is no percent-encoded UTF-8 stays as it was sent: no key and no path has a `%`.
    """
    path: str = scope["path"]
    raw: bytes = (scope.get("raw_path") or b"").partition(b"?")[0]
    if b"%" in raw and unquote(raw.decode("latin-1")) == path:
        segments = [_decode(segment) for segment in raw.split(b"/")]
    else:  # They are equal, or a layer around us has changed the path alone.
        segments = path.split("/")
    del segments[0]
    root_path = scope.get("root_path")
    if root_path:
        root = str(root_path).rstrip("/").split("/")[1:]
        if segments[: len(root)] == root:
            return segments[len(root) :]
    return segments


class PathTable(Generic[T]):
    """Values by path template and method."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._literal: dict[str, dict[str, Entry[T]]] = {}
        """Methods by template, where a template has no parameter."""
        self._ending: dict[str, dict[str, Entry[T]]] = {}
        """Methods by what stands before the only parameter, where that is the last segment."""

    def add(self, template: str, method: str, value: T) -> bool:
        """Put a value in, unless one is there; tell whether the table can hold such a template."""
        node, names = self._root, []
        for segment in template.split("/")[1:]:
            parameter = PARAMETER.fullmatch(segment)
            if parameter is None and "{" in segment:
                return False
            if parameter is None:
                node = node.literals.setdefault(segment, _Node())
            else:
                names.append(parameter[1])
                node.parameter = node = node.parameter or _Node()
        node.methods.setdefault(method, (tuple(names), value))
        before, _, last = template.rpartition("/")
        if not names:
            self._literal[template] = node.methods
        elif len(names) == 1 and PARAMETER.fullmatch(last):
            self._ending[before] = node.methods
        return True

    def find_one(self, scope: Scope) -> tuple[T, dict[str, str]] | None:
        """Return the value of a request's method, and what the parameters of its path stand for.

        Most paths are literals with a parameter at their end, which takes two look-ups.
        """
        method: str = scope["method"]
        path: str = scope["path"]
        raw: bytes | None = scope.get("raw_path")
        if (raw is None or b"%" not in raw) and path.isascii() and not scope.get("root_path"):
            entry = _entry(self._literal.get(path), method)
            if entry is not None:
                return entry[1], {}
            before, _, last = path.rpartition("/")
            entry = _entry(self._ending.get(before), method) if last else None
            if entry is not None:
                (name,), value = entry
                return value, {name: last}
        return self._search(path_segments(scope), method)

    def _search(self, segments: list[str], method: str) -> tuple[T, dict[str, str]] | None:
        for methods, values in self.find(segments):
            entry = _entry(methods, method)
            if entry is not None:
                return entry[1], dict(zip(entry[0], values, strict=True))
        return None

    def find(self, segments: list[str]) -> Iterator[Fit[T]]:
        """Yield each template that fits."""
        return _find(self._root, segments, 0, [])


class _Node(Generic[T]):
    def __init__(self) -> None:
        self.literals: dict[str, _Node[T]] = {}
        self.parameter: _Node[T] | None = None
        self.methods: dict[str, Entry[T]] = {}


def _entry(methods: dict[str, Entry[T]] | None, method: str) -> Entry[T] | None:
    """Return the entry of a method; HEAD is answered as GET is."""
    if methods is None:
        return None
    entry = methods.get(method)
    return methods.get("GET") if entry is None and method == "HEAD" else entry


def _find(
    node: _Node[T], segments: list[str], position: int, values: list[str]
) -> Iterator[Fit[T]]:
    if position == len(segments):
        if node.methods:
            yield node.methods, values
        return
    segment = segments[position]
    literal = node.literals.get(segment)
    if literal is not None:
        yield from _find(literal, segments, position + 1, values)
    if node.parameter is not None and segment:
        yield from _find(node.parameter, segments, position + 1, [*values, segment])


def _decode(segment: bytes) -> str:
    if BAD_ESCAPE.search(segment) is None:
        try:
            return unquote_to_bytes(segment).decode("utf-8")
        except UnicodeDecodeError:
            pass
    return segment.decode("latin-1")
