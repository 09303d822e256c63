"""Circles of required relations: what is told is what has to be mended, no less and no more."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from generator.check.together import understand
from generator.diagnostics import SpecError
from generator.source import read

HEAD = "spec: 1\nservice: {name: catalog, version: 1.0.0}\nresources:\n"
PLACES = st.integers(0, 5)
Pairs = list[tuple[int, int]]
"""Who needs whom; several relations of one resource may lead to the same other."""


@given(needs=st.lists(st.tuples(PLACES, PLACES), max_size=14))
@example(needs=[(0, 1), (0, 0), (1, 0)])
@example(needs=[(1, 0), (1, 0), (0, 1)])
@example(needs=[(0, 1), (1, 2), (2, 0), (2, 1), (1, 0)])
def test_without_what_is_told_no_circle_is_left(needs: Pairs) -> None:
    """Whoever follows every help is done; and each was needed: with it, there is a circle."""
    told = told_of(needs, optional=frozenset())
    assert has_circle(needs) == bool(told)
    assert told_of(needs, optional=told) == frozenset()
    assert not has_circle(without(needs, told))
    assert all(has_circle(without(needs, told - {one})) for one in told)


def test_a_deep_and_dense_spec_is_checked() -> None:
    """A circle through many resources, each of which also leads back to the first."""
    many = 200
    needs = [(one, (one + 1) % many) for one in range(many)]
    needs += [(one, 0) for one in range(1, many)]
    assert told_of(needs, optional=frozenset()) == {0}


def told_of(needs: Pairs, *, optional: frozenset[int]) -> frozenset[int]:
    """Say which of the relations are told, where some are made optional."""
    text, lines = HEAD, dict[int, int]()
    for owner in sorted({one for pair in needs for one in pair}):
        text += f"  R{owner}:\n    fields: {{a: string}}\n    relations:\n"
        for place, (one, target) in enumerate(needs):
            if one == owner:
                lines[text.count("\n") + 1] = place
                mark = "?" * (place in optional)
                text += f"      to_{place}: {{to: R{target}{mark}, inverse: of_{place}}}\n"
    try:
        understand(read(text.encode(), Path("spec/catalog.yaml")))
    except SpecError as error:
        found = [one for one in error.diagnostics if one.code == "circular-relation"]
        return frozenset(lines[one.span.line] for one in found)
    return frozenset()


def without(needs: Pairs, gone: frozenset[int]) -> Pairs:
    """Leave some of the relations out."""
    return [one for place, one in enumerate(needs) if place not in gone]


def has_circle(needs: Pairs) -> bool:
    """Ask the standard library."""
    sorter = TopologicalSorter[int]()
    for owner, target in needs:
        sorter.add(owner, target)
    try:
        sorter.prepare()
    except CycleError:
        return True
    return False
