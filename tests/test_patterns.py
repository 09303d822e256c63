"""Patterns: read alike by every engine, fast in each, and answered for truly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter

from generator.patterns import (
    PatternError,
    admits,
    begins_with,
    has_length,
    is_addressable,
    parse,
    sample,
    slowness,
)
from generator.patterns.automaton import exact
from generator.patterns.safety import MAX_WAYS
from generator.patterns.tree import Characters, Choice, Node, Repeat, Sequence

ORDINARY = (
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    r"^[A-Z]{3}-[0-9]{4}$",
    r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$",
    r"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
    r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$",
    r"^[^\n]*$",
    r"[0-9]+",
    r"^[A-Z]+",
    r"^(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)(\.(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)){3}$",
    r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-]"
    r"[0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?$",
    r"^[A-Z]{1,3}[A-Z0-9]{1,4}$",
    r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    r"^#[0-9a-fA-F]{6}$",
    r"^\+?[0-9 ()-]{7,20}$",
    r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{4}[0-9]{7}([A-Z0-9]?){0,16}$",
    r"^[A-F0-9]{512}$",
    r"^[a-z]{1,1000}$",
    r"^[A-Z][a-z]+(?: [A-Z][a-z]+)*$",
    r"^[0-9]{1,3}(,[0-9]{3})*(\.[0-9]{2})?$",
    r"^https?:\/\/[^ \/]+(\/[^ ]*)?$",
    r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$",
    r"^[A-Za-zäöüß ]+$",
    r"^\[[^\]]*\]$",
    r"^[a-z-_]+$",
)
SLOW = (
    r"^(a+)+$",
    r"^(a*)*b$",
    r"^(a|a)*$",
    r"^(a|aa)+$",
    r"^(a|b|ab)*$",
    r"^(a?b?)*c$",
    r"^[a-z]+[a-z0-9]*$",
    r"^a*a*a*$",
    r"a+b",
    r"[a-z]+$",
    r"^(a?){20}a{20}$",
    r"^(|){20}b$",
    r"^([a-z]{1,64}){1,64}$",
    r"^((25[0-5]|[0-9]{1,3})\.)+$",
    r"^[a-z]{1,300}[a-z0-9]{1,300}$",
    r"^(a{1,3}b?){1,40}$",
    r"^([a-z]+ ?)+$",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_patterns_are_accepted_with_an_example(text: str) -> None:
    """What people write passes, and the example matches in Python and in Pydantic's engine."""
    pattern = parse(text)
    assert slowness(pattern) is None
    found = sample(pattern, 0, 1000)
    assert found is not None
    assert re.search(pattern.python, found)
    assert TypeAdapter(Annotated[str, Field(pattern=text)]).validate_python(found) == found


@pytest.mark.parametrize("text", SLOW)
def test_slow_patterns_are_refused(text: str) -> None:
    """What a backtracking engine reads in many ways is not proven fast."""
    assert slowness(parse(text)) is not None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (r"^\d+$", 1, 3),
        (r"^a.b$", 2, 3),
        (r"^(?=a)b$", 1, 4),
        (r"^(?P<x>a)$", 1, 5),
        (r"^(a)\1$", 4, 6),
        (r"^[[:alpha:]]$", 2, 4),
        (r"^[a&&b]$", 3, 5),
        (r"^a+?$", 3, 4),
        (r"^a++$", 3, 4),
        (r"^[z-a]$", 2, 5),
        (r"^a{5,2}$", 2, 7),
        (r"^a$b$", 2, 3),
        (r"^a\-b$", 2, 4),
        ("^a\nb$", 2, 3),
        ("^\N{SNAKE}$", 1, 2),
        ("^abc(", 4, 5),
        ("", 0, 1),
    ],
)
def test_what_engines_read_differently_is_refused_at_its_place(
    text: str, start: int, end: int
) -> None:
    """The caret stands under the construct, and the help says what to write."""
    with pytest.raises(PatternError) as refused:
        parse(text)
    assert (refused.value.start, refused.value.end) == (start, end)
    assert refused.value.help


def test_the_end_is_the_very_end() -> None:
    """Python's `$` holds before a last newline; what is compiled for it does not."""
    assert re.search(parse("^a$").python, "a")
    assert not re.search(parse("^a$").python, "a\n")
    assert parse(r"^a\$").python == r"^a\$"


@pytest.mark.parametrize(
    ("text", "least", "most", "possible"),
    [
        ("^[0-9]{13}$", 0, 12, False),
        ("^[0-9]{13}$", 13, 13, True),
        ("^(ab)*$", 7, 7, False),
        ("^(ab)*$", 60_001, 60_001, False),
        ("^(ab)*$", 60_000, 60_000, True),
        ("^(abc|abcde)*$", 4, 4, False),
        ("^(abc|abcde)*$", 4, 5, True),
        ("^[A-Z]{3}$", 5, 255, False),
        ("[A-Z]{3}", 5, 255, True),
        ("^a*$", 0, 0, True),
        ("^a+$", 1_000_000, 1_000_000, True),
    ],
)
def test_lengths(text: str, least: int, most: int, possible: bool) -> None:
    """A pattern and the lengths of its type hold together, or not."""
    assert has_length(parse(text), least, most) is possible


def test_an_example_keeps_to_the_lengths() -> None:
    """The shortest is taken where no readable one fits; none is made up."""
    assert sample(parse("^[A-Z]{3}-[0-9]{4}$"), 1, 255) == "ABC-1234"
    assert len(sample(parse("^(ab|cde)*$"), 500, 500) or "") == 500
    assert sample(parse("^[A-Z]{3}$"), 1, 2) is None
    assert sample(parse("^[^a]$"), 1, 1) == "b"


def test_characters() -> None:
    """Which characters may occur, and which may come first."""
    nul = ((0, 0),)
    assert admits(parse("^[^a]*$"), nul)
    assert not admits(parse("^[a-z]*$"), nul)
    assert admits(parse("a"), nul)
    assert begins_with(parse("^(a|b)?c$"), ((0x63, 0x63),))
    assert not begins_with(parse("^(a|b)c$"), ((0x63, 0x63),))


@pytest.mark.parametrize(
    ("text", "addressable"),
    [
        ("^[A-Z]{3}-[0-9]{4}$", True),
        ("^[a-z][a-z._~-]*$", True),
        ("^[A-Z.]+$", False),
        ("^[A-Z/]+$", False),
        ("^[^ ]+$", False),
        ("[A-Z]+", False),
        ("^[A-Z]+", False),
        ("^(a|\\.b)$", False),
    ],
)
def test_keys_that_can_stand_in_a_path(text: str, addressable: bool) -> None:
    """Unreserved characters alone, and no dot at the beginning."""
    assert is_addressable(parse(text)) is addressable


def pieces() -> st.SearchStrategy[str]:
    """Patterns of the subset over the letters a and b."""
    letters = st.sampled_from(["a", "b", "[ab]", "[^a]", ""])

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        times = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}"])
        repeated = st.tuples(inner, times).map(lambda one: f"({one[0]}){one[1]}")
        either = st.tuples(inner, inner).map(lambda one: f"({one[0]}|{one[1]})")
        row = st.lists(inner, min_size=1, max_size=3).map("".join)
        return repeated | either | row

    return st.recursive(letters, grow, max_leaves=6)


@settings(max_examples=150)
@given(pieces().filter(bool))
def test_the_automaton_accepts_what_python_matches(inner: str) -> None:
    """Lengths are those of the texts that match, for every text over two letters up to five."""
    pattern = parse(f"^({inner})$")
    compiled = re.compile(pattern.python)
    texts = ["", *(f"{n:b}"[1:].replace("0", "a").replace("1", "b") for n in range(2, 64))]
    matching = {len(text) for text in texts if compiled.search(text)}
    for length in range(6):
        if length in matching:
            assert has_length(pattern, length, length)
    found = sample(pattern, 0, 50)
    assert (found is not None) == has_length(pattern, 0, 50)
    assert found is None or compiled.search(found)


@settings(max_examples=150)
@given(pieces().filter(bool), st.text("ab", min_size=1, max_size=4))
def test_a_proven_pattern_takes_few_steps(inner: str, pumped: str) -> None:
    """A plain backtracking engine tries every way through a long text in bounded steps."""
    pattern = parse(f"^({inner})$")
    if slowness(pattern) is None:
        text = f"{pumped * (40 // len(pumped))}!"
        states = len(exact(pattern).characters) + 1
        assert steps(pattern.root, text) <= MAX_WAYS * states * len(text)


def steps(root: Node, text: str) -> int:
    """Count what an engine that tries one way after another reads before it gives up."""
    count = 0

    def run(node: Node, at: int) -> Iterator[int]:
        nonlocal count
        count += 1
        assert count < 10_000_000, "the engine does not come to an end"
        match node:
            case Characters(intervals=intervals):
                if at < len(text) and any(a <= ord(text[at]) <= b for a, b in intervals):
                    yield at + 1
            case Sequence(parts=parts):
                yield from row(parts, at)
            case Choice(options=options):
                for option in options:
                    yield from run(option, at)
            case Repeat():
                yield from again(node, at, 0)

    def row(parts: tuple[Node, ...], at: int) -> Iterator[int]:
        if not parts:
            yield at
            return
        for end in run(parts[0], at):
            yield from row(parts[1:], end)

    def again(node: Repeat, at: int, done: int) -> Iterator[int]:
        if node.most is None or done < node.most:
            for end in run(node.part, at):
                if end > at or done < node.least:
                    yield from again(node, end, done + 1)
        if done >= node.least:
            yield at

    for _ in run(root, 0):
        pass  # as if what follows did not match, so that every way is tried
    return count
