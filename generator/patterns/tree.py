"""What a pattern is once parsed: a small tree over sets of characters, given as intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

LAST_CHARACTER = 0x10FFFF

Interval = tuple[int, int]


class PatternError(Exception):
    """A pattern that is refused: `start` and `end` are offsets into its text."""

    def __init__(self, message: str, start: int, end: int, help_text: str) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.help = help_text


@dataclass(frozen=True, slots=True)
class Characters:
    """One character out of a set: sorted intervals of code points that do not touch."""

    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; none at all is the empty text."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part, `least` to `most` times; None is without end."""

    part: Node
    least: int
    most: int | None
    start: int
    end: int


Node = Characters | Sequence | Choice | Repeat


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed pattern. Unless anchored, it may be found anywhere in a text."""

    text: str
    root: Node
    from_start: bool
    to_end: bool

    @property
    def python(self) -> str:
        r"""The same for Python's `re`, whose `$` also holds before a last newline."""
        return f"{self.text[:-1]}\\Z" if self.to_end else self.text


class Cursor:
    """A place in the text of a pattern, which the parsing functions move forward."""

    def __init__(self, text: str, at: int, end: int) -> None:
        self.text = text
        self.at = at
        self.end = end

    def peek(self) -> str:
        """Return the next character, or nothing at the end."""
        return self.text[self.at] if self.at < self.end else ""

    def pair(self) -> str:
        """Return the next two characters."""
        return self.text[self.at : min(self.at + 2, self.end)]

    def refuse(self, message: str, help_text: str, start: int | None = None) -> NoReturn:
        """Refuse what stands from `start` (or here, for a character) up to the cursor."""
        if start is None:
            raise PatternError(message, self.at, self.at + 1, help_text)
        raise PatternError(message, start, max(self.at, start + 1), help_text)


def union(intervals: list[Interval]) -> tuple[Interval, ...]:
    """Sort intervals and join those that overlap or touch."""
    joined: list[Interval] = []
    for low, high in sorted(intervals):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)


def complement(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Every other character."""
    gaps: list[Interval] = []
    following = 0
    for low, high in intervals:
        if low > following:
            gaps.append((following, low - 1))
        following = high + 1
    if following <= LAST_CHARACTER:
        gaps.append((following, LAST_CHARACTER))
    return tuple(gaps)


def without(intervals: tuple[Interval, ...], other: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The characters of the first that are not in the second."""
    return complement(union([*complement(intervals), *other]))
