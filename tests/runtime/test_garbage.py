"""What the garbage collector is told, and that whoever has told it something is left alone."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from generator.runtime.garbage import STARTING, THRESHOLD, expect_many, keep_what_is_there


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Begin with a collector that nobody has told anything, and leave it as it was."""
    before, frozen, on = gc.get_threshold(), gc.get_freeze_count(), gc.isenabled()
    gc.enable()
    keep_what_is_there.cache_clear()
    yield
    gc.set_threshold(*before)
    (gc.enable if on else gc.disable)()
    if not frozen:
        gc.unfreeze()
    keep_what_is_there.cache_clear()


class Circle:
    """What only the collector removes."""

    def __init__(self) -> None:
        self.own = self


def test_what_is_there_stays_but_for_garbage() -> None:
    """From the start on nothing that was made is looked at; what nobody needs goes before."""
    gc.set_threshold(700, 10, 10)
    expect_many()
    assert gc.get_threshold() == (STARTING, 10, 10)
    garbage = weakref.ref(Circle())
    frozen = gc.get_freeze_count()
    keep_what_is_there()
    assert garbage() is None
    assert gc.get_freeze_count() > frozen
    assert gc.get_threshold() == (THRESHOLD, 10, 10)


@pytest.mark.parametrize("chosen", [0, 701, 1_000, 50_000])
def test_a_choice_stands(chosen: int) -> None:
    """Thresholds that somebody has set are kept, and nothing is frozen."""
    gc.set_threshold(chosen, 5, 5)
    frozen = gc.get_freeze_count()
    expect_many()
    keep_what_is_there()
    assert gc.get_threshold() == (chosen, 5, 5)
    assert gc.get_freeze_count() == frozen


def test_a_collector_that_is_off_stays_so() -> None:
    """Whoever has turned it off has told it something."""
    gc.set_threshold(700, 10, 10)
    gc.disable()
    frozen = gc.get_freeze_count()
    expect_many()
    keep_what_is_there()
    assert gc.get_threshold() == (700, 10, 10)
    assert gc.get_freeze_count() == frozen
