"""What is asked of a parsed pattern: the lengths it matches, the characters, an example."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Texts
from functools import lru_cache

from generator.patterns.automaton import Automaton, exact
from generator.patterns.tree import (
    Characters,
    Choice,
    Interval,
    Node,
    Pattern,
    Repeat,
    Sequence,
    complement,
    without,
)

NO_TEXT: tuple[Interval, ...] = ((0, 0), (0xD800, 0xDFFF))
"""NUL and surrogates, which no string of ours holds."""
UNRESERVED: tuple[Interval, ...] = (
    (0x2D, 0x2E), (0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0x7E, 0x7E),
)  # fmt: skip
"""`- . 0-9 A-Z _ a-z ~`: what stands in a path as it is (RFC 3986)."""
MAX_STEPS = 20_000
"""Lengths that are tried one by one."""
_GENEROUS = (3, 4, 2, 6, 1, 8, 12, 0, 20, 40)
_READABLE = (
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "1234567890",
    "-_.@/:+ ",
    "".join(map(chr, range(0x20, 0x7F))),
)


def has_length(pattern: Pattern, least: int, most: int) -> bool:
    """Whether a text of `least` to `most` characters matches."""
    return next(_lengths(pattern, least, most), None) is not None


def admits(pattern: Pattern, characters: tuple[Interval, ...]) -> bool:
    """Whether a text that matches may hold one of these characters."""
    automaton = exact(pattern)
    return any(_common(automaton.characters[at], characters) for at in _useful(automaton))


def begins_with(pattern: Pattern, characters: tuple[Interval, ...]) -> bool:
    """Whether a text that matches may begin with one of these characters."""
    automaton = exact(pattern)
    useful = _useful(automaton)
    return any(
        at in useful and _common(automaton.characters[at], characters) for at in automaton.first
    )


def is_addressable(pattern: Pattern) -> bool:
    """Whether every text that matches can stand in a path as it is: a key that always has a URL."""
    dot = ((0x2E, 0x2E),)
    return not admits(pattern, complement(UNRESERVED)) and not begins_with(pattern, dot)


@lru_cache(maxsize=256)
def sample(pattern: Pattern, least: int, most: int) -> str | None:
    """A readable text of `least` to `most` characters that matches; None where there is none."""
    wanted = range(least, most + 1)
    for generous in _GENEROUS:
        found = _write(pattern.root, generous)
        if found is not None and len(found) in wanted:
            return found
    return _walk(pattern, least, most)


def _write(root: Node, generous: int) -> str | None:
    """Write a text by the tree: every repetition `generous` times where it may."""
    text: list[str] = []
    work: list[Node] = [root]
    while work and len(text) < MAX_STEPS:
        match work.pop():
            case Characters(intervals=intervals):
                character = _pick(without(intervals, NO_TEXT), text)
                if character is None:
                    return None
                text.append(character)
            case Sequence(parts=parts):
                work.extend(reversed(parts))
            case Choice(options=options):
                work.append(options[0])
            case Repeat() as repeat:
                most = generous if repeat.most is None else min(repeat.most, generous)
                work.extend([repeat.part] * max(repeat.least, most))
    return "".join(text) if not work else None


def _walk(pattern: Pattern, least: int, most: int) -> str | None:
    """Write a text by the automaton: the shortest that is allowed."""
    length = next(_lengths(pattern, least, most), None)
    if length is None or length > MAX_STEPS:
        return None
    automaton = exact(pattern)
    steps = [set(automaton.last)]
    back = _backwards(automaton)
    for _ in range(length - 1):
        steps.append({one for at in steps[-1] for one in back[at]})
    text: list[str] = []
    options = set(automaton.first)
    while len(text) < length:
        allowed = options & steps[length - 1 - len(text)]
        at = min(one for one in allowed if without(automaton.characters[one], NO_TEXT))
        text.append(_pick(without(automaton.characters[at], NO_TEXT), text) or "")
        options = set(automaton.follow[at])
    return "".join(text)


def _lengths(pattern: Pattern, least: int, most: int) -> Iterator[int]:
    """Lengths of texts that match, within bounds, ascending; it ends once they repeat."""
    automaton = exact(pattern)
    if least == 0 and automaton.empty:
        yield 0
    readable = {at for at, chars in enumerate(automaton.characters) if without(chars, NO_TEXT)}
    current = frozenset(automaton.first.keys() & readable)
    seen: dict[frozenset[int], int] = {}
    length = 1
    steps = 0
    while current and length <= most and steps < MAX_STEPS:
        if current in seen:
            period = length - seen[current]
            if length - period >= least:
                return
            length += max(0, least - length) // period * period
            seen.clear()
        if length >= least and not current.isdisjoint(automaton.last):
            yield length
        seen[current] = length
        current = frozenset({to for at in current for to in automaton.follow[at]} & readable)
        length += 1
        steps += 1


def _useful(automaton: Automaton) -> set[int]:
    """States on a way from the beginning to an end."""
    forward = _closure(set(automaton.first), [set(ways) for ways in automaton.follow])
    return forward & _closure(set(automaton.last), _backwards(automaton))


def _closure(start: set[int], edges: list[set[int]]) -> set[int]:
    reached = set(start)
    work = list(start)
    while work:
        new = edges[work.pop()] - reached
        reached |= new
        work.extend(new)
    return reached


def _backwards(automaton: Automaton) -> list[set[int]]:
    back: list[set[int]] = [set() for _ in automaton.characters]
    for at, ways in enumerate(automaton.follow):
        for to in ways:
            back[to].add(at)
    return back


def _common(one: tuple[Interval, ...], other: tuple[Interval, ...]) -> bool:
    return any(a <= d and c <= b for a, b in one for c, d in other)


def _pick(intervals: tuple[Interval, ...], before: Texts[str]) -> str | None:
    """A character of a set: the next in its alphabet after the one before, else the first."""
    alphabet = _alphabet(intervals)
    if not alphabet:
        return None
    place = alphabet.find(before[-1]) if before else -1
    return alphabet[(place + 1) % len(alphabet)]


@lru_cache(maxsize=256)
def _alphabet(intervals: tuple[Interval, ...]) -> str:
    """The most readable characters of a set."""
    for group in _READABLE:
        found = [one for one in group if any(a <= ord(one) <= b for a, b in intervals)]
        if found:
            return "".join(found)
    return chr(intervals[0][0]) if intervals else ""
