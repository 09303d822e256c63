"""Patterns as automata whose states are the places of their characters (Glushkov's construction).

Each edge counts in how many ways it can be taken without reading a character: an engine that
backtracks tries them all, so the count matters to `safety.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from generator.patterns.tree import (
    LAST_CHARACTER,
    Characters,
    Choice,
    Interval,
    Node,
    Pattern,
    PatternError,
    Repeat,
    Sequence,
)

MAX_STATES = 2000

Ways = Counter[int]


@dataclass(frozen=True, slots=True)
class Automaton:
    """States 0, 1, ...; each reads one character of its set."""

    characters: tuple[tuple[Interval, ...], ...]
    limits: tuple[int | None, ...]
    """How often loops can bring a state back, at most; None is without end. 1 is no loop."""
    first: Ways
    last: Ways
    follow: tuple[Ways, ...]
    empty: int
    """In how many ways it accepts the empty text."""


@lru_cache(maxsize=256)
def exact(pattern: Pattern) -> Automaton:
    """The automaton that accepts what the pattern matches, from the first to the last character."""
    anything = Repeat(Characters(((0, LAST_CHARACTER),)), 0, None, 0, 0)
    before = () if pattern.from_start else (anything,)
    after = () if pattern.to_end else (anything,)
    return _build(Sequence((*before, pattern.root, *after)), loops=False)


@lru_cache(maxsize=256)
def looped(pattern: Pattern) -> Automaton:
    """The same with `{2,9}` read as `{2,}`, and without what follows an open end.

    An engine that searches stops at the first match, so nothing is tried after it.
    """
    anything = Repeat(Characters(((0, LAST_CHARACTER),)), 0, None, 0, 0)
    before = () if pattern.from_start else (anything,)
    return _build(Sequence((*before, pattern.root)), loops=True)


def _build(root: Node, *, loops: bool) -> Automaton:
    if _size(root, loops=loops) > MAX_STATES:
        message = f"the pattern unfolds to more than {MAX_STATES:,} characters"
        raise PatternError(message, 0, 0, "use `*` or `+`, and the length of the type")
    builder = _Builder(loops)
    part = builder.build(root, 1)
    return Automaton(
        tuple(builder.characters),
        tuple(builder.limits),
        part.first,
        part.last,
        tuple(builder.follow),
        part.empty,
    )


def _size(node: Node, *, loops: bool) -> int:
    match node:
        case Characters():
            return 1
        case Sequence(parts=parts) | Choice(options=parts):
            return sum(_size(part, loops=loops) for part in parts)
        case Repeat():
            copies = max(node.least, 1) if loops or node.most is None else node.most
            return copies * _size(node.part, loops=loops)


@dataclass(slots=True)
class _Part:
    """A part of the automaton being built: where it begins and ends, and its empty ways."""

    first: Ways = field(default_factory=Counter)
    last: Ways = field(default_factory=Counter)
    empty: int = 1


class _Builder:
    """Collects states and edges while the tree is walked."""

    def __init__(self, loops: bool) -> None:
        self.loops = loops
        self.characters: list[tuple[Interval, ...]] = []
        self.limits: list[int | None] = []
        self.follow: list[Ways] = []

    def build(self, node: Node, limit: int | None) -> _Part:
        """Add a part of the tree that loops bring back `limit` times at most."""
        match node:
            case Characters(intervals=intervals):
                return self._state(intervals, limit)
            case Sequence(parts=parts):
                whole = _Part()
                for part in reversed(parts):
                    whole = self._join(self.build(part, limit), whole)
                return whole
            case Choice(options=options):
                return self._either([self.build(option, limit) for option in options])
            case Repeat():
                return self._repeat(node, limit)

    def _either(self, parts: list[_Part]) -> _Part:
        either = _Part(empty=0)
        for part in parts:
            either.first.update(part.first)
            either.last.update(part.last)
            either.empty += part.empty
        return either

    def _state(self, intervals: tuple[Interval, ...], limit: int | None) -> _Part:
        self.characters.append(intervals)
        self.limits.append(limit)
        self.follow.append(Counter())
        place = len(self.characters) - 1
        return _Part(Counter({place: 1}), Counter({place: 1}), 0)

    def _repeat(self, node: Repeat, limit: int | None) -> _Part:
        if node.most is None or (self.loops and node.most > max(node.least, 1)):
            most = None if node.most is None or limit is None else node.most * limit
            whole = self.build(node.part, most)
            self._connect(whole.last, whole.first)
            if node.least == 0:
                whole.empty = 1
            optional, fixed = 0, node.least - 1
        else:
            whole = _Part()
            optional, fixed = node.most - node.least, node.least
        for _ in range(optional):
            whole = self._join(self.build(node.part, limit), whole)
            whole.empty += 1
        for _ in range(fixed):
            whole = self._join(self.build(node.part, limit), whole)
        return whole

    def _join(self, left: _Part, right: _Part) -> _Part:
        self._connect(left.last, right.first)
        first, last = left.first, right.last
        if left.empty:
            first = first + Counter({to: ways * left.empty for to, ways in right.first.items()})
        if right.empty:
            last = last + Counter({at: ways * right.empty for at, ways in left.last.items()})
        return _Part(first, last, left.empty * right.empty)

    def _connect(self, last: Ways, first: Ways) -> None:
        for at, out in last.items():
            for to, into in first.items():
                self.follow[at][to] += out * into
