"""Where each character of a scalar's text is written: through quotes, escapes, folds and indents.

However YAML lays a text out, what is not blank stands there in order; the blanks stand between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.yaml_nodes import Node, Place

ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
BLANK = re.compile(r"\s*")
BLOCKS = ("|", ">")
QUOTES = ("'", '"')


def places_of(node: Node, lines: Sequence[str]) -> list[Place]:
    """Find the place of each character of a scalar, and of its end; none where it is unclear."""
    text, first = node.text or "", lines[node.start.line][node.start.column :][:1]
    if first not in QUOTES and first not in BLOCKS and _as_written(node, text, lines):
        line, column = node.start
        return [Place(line, column + at) for at in range(len(text) + 1)]
    written = list(_written(node, lines, first))
    raw = "".join(one for one, _ in written)
    found, at = list[int](), 0
    for character in text:
        step = _next(raw, at, character, first)
        if step is None:
            return []
        found.append(step[0])
        at = step[1]
    end = at
    if first in BLOCKS:
        # What follows the last character that is not blank is where the text ends.
        length = len(text.rstrip())
        end = found[length - 1] + 1 if length else 0
        found[length:] = [end] * (len(text) - length)
    if raw[at:].strip() or (first in BLOCKS and not written):
        return []
    after = Place(node.end.line, node.end.column - (first in QUOTES))
    return [written[one][1] if one < len(written) else after for one in (*found, end)]


def _as_written(node: Node, text: str, lines: Sequence[str]) -> bool:
    """Whether a text stands in one line as it is, which nearly all do."""
    line, column = node.start
    end = column + len(text)
    return (line, end) == node.end and lines[line][column:end] == text


def _written(node: Node, lines: Sequence[str], first: str) -> Iterator[tuple[str, Place]]:
    """Every character between the quotes or below the header, with its place."""
    quoted = first in QUOTES
    for number in range(node.start.line + (first in BLOCKS), min(node.end.line + 1, len(lines))):
        begin = node.start.column + quoted if number == node.start.line else 0
        line = lines[number]
        end = node.end.column - quoted if number == node.end.line else len(line)
        for column in range(begin, end):
            yield line[column], Place(number, column)
        if number < node.end.line:
            yield "\n", Place(number, len(line))


def _next(raw: str, at: int, character: str, first: str) -> tuple[int, int] | None:
    """Where a character of the text begins in what is written, and where the next may."""
    if first == '"':
        while raw.startswith("\\\n", at):
            at = _after_blanks(raw, at + 1)
    if character.isspace() and raw[at : at + 1].isspace():
        return at, at + 1
    if character.isspace() and not raw.startswith("\\", at):
        return at, at
    at = _after_blanks(raw, at)
    if first == '"':
        while raw.startswith("\\\n", at):
            at = _after_blanks(raw, at + 1)
        escape = ESCAPE.match(raw, at)
        if escape is not None:
            return at, escape.end()
    if not raw.startswith(character, at):
        return None
    return at, at + 1 + (first == "'" and character == "'")


def _after_blanks(raw: str, at: int) -> int:
    found = BLANK.match(raw, at)
    return found.end() if found is not None else at
