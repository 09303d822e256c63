"""The results that stand in benchmarks/: they are there, and the page follows from the figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import pages, report
from benchmarks.contenders import CONTENDERS
from benchmarks.options import RESOURCES, ROUNDS, SECONDS
from benchmarks.options import ROWS as MANY_ROWS
from benchmarks.results import Results

FOLDER = Path(__file__).parent.parent / "benchmarks"
FILES = (pages.RESULTS, pages.PAGE, pages.CHART)


@pytest.fixture
def results() -> Results:
    """Read what a run has written."""
    file = FOLDER / pages.RESULTS
    assert file.exists(), "there are no results: run `make bench`"
    return Results.read(file)


def test_the_page_and_the_chart_are_what_the_figures_make(results: Results) -> None:
    """Nobody has edited one of them: `make bench ARGS=--again` writes the same."""
    assert (FOLDER / pages.PAGE).read_text() == report.markdown(results)
    assert (FOLDER / pages.CHART).read_text() == pages.drawn(results)


def test_every_part_was_measured_as_a_whole(results: Results) -> None:
    """Servers, resources and rows are all there, and no server is missing without a reason."""
    assert results.machine is not None
    assert results.rounds >= ROUNDS
    assert results.seconds >= SECONDS
    assert results.tails
    assert set(results.samples) | set(results.absent) == {one.name for one in CONTENDERS}
    assert results.resources is not None
    assert results.resources.count == RESOURCES
    assert results.rows is not None
    assert results.rows.many == MANY_ROWS


def test_our_answers_were_right(results: Results) -> None:
    """A figure of wrong answers is none. Where a peer has some, the page says so instead."""
    for name in ("floor", "ours", "plain"):
        assert name in results.samples
        assert name not in results.wrong()
        assert name not in results.logged
    assert not results.tails["ours"].wrong
    assert not results.tails["plain"].wrong


@pytest.mark.parametrize("name", FILES)
def test_what_is_published_names_no_place(name: str) -> None:
    """Neither folders of the machine nor addresses are told; what SVG needs is no place."""
    file = FOLDER / name
    assert file.exists(), f"there is no {name}: run `make bench`"
    text = file.read_text()
    for allowed in ("http://www.w3.org/2000/svg", "https://admin.internal.corp"):
        text = text.replace(allowed, "")
    assert re.findall(r"https?://\S+|/(?:home|root|tmp|usr|var|opt|work)/\S*", text) == []
