"""What the page of the benchmark tells: tables, figures to reach, parts of several runs, chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import chart, pages, probes, report
from benchmarks.__main__ import keep
from benchmarks.contenders import CONTENDERS
from benchmarks.machine import Machine
from benchmarks.results import Results, Sample, Tail
from benchmarks.scale import Measured, Read, Resources, Rows
from benchmarks.targets import targets

MACHINE = Machine("A processor", 2, "Linux 6", "3.11.7", "3.45.0", "ext4", 900, True)
MANY = Resources(
    1000,
    [
        Measured("generate, nothing cached", "s", [71.5], 60),
        Measured("ratio of the two", "", [1.02, 1.01, 1.09], 1.1),
        Measured("memory for each further resource", "KiB", [270.0, 280.0]),
    ],
    "2026-11-24",
    replace(MACHINE, processor="Another processor"),
)
LARGE = Rows(
    1_000,
    10_000_000,
    2_500_000_000,
    [Read("one by key", [30, 31, 32], [33, 34, 35]), Read("eq, a tenth", [40], [90])],
    "2026-11-25",
    MACHINE,
)


def sample(microseconds: float, **more: int) -> Sample:
    """Make a sample, with what was wrong in it."""
    return Sample(microseconds, 1e6 / microseconds, 0.5, 100, more)


def results_of(**costs: dict[str, float]) -> Results:
    """Make results of one round from microseconds by server and operation."""
    found = Results(date="2026-11-22", rounds=1, seconds=1)
    for server, operations in costs.items():
        found.samples[server] = {name: [sample(cost)] for name, cost in operations.items()}
    return found


def test_targets_name_the_worst_line() -> None:
    """One line that is too dear is enough to miss a target."""
    found = results_of(
        floor={"read": 20, "missing": 20},
        ours={"read": 30, "missing": 50, "list": 60, "filter": 70, "expand": 60},
        handwritten={"read": 900, "missing": 700, "list": 960, "filter": 1400, "expand": 1200},
    )
    by_text = {one.text: one for one in targets(found)}
    assert by_text["GET one: times floor"].measured == "1.50 ±0%"
    assert by_text["GET one: times floor"].reached is True
    assert by_text["404: times floor"].reached is False
    read = by_text["handwritten: times ours on every read"]
    assert read.measured == "14.00 ±0% to 30.0 (least: 404)"
    assert read.reached is False
    assert by_text["flask: times ours on every line"].reached is None
    gets = by_text["persisted, validated GETs a second on one core"]
    assert (gets.measured, gets.reached) == ("33,333", True)


def test_a_ratio_is_taken_within_each_round() -> None:
    """In the second round both were disturbed, in the third neither: the medians are of two."""
    found = Results(rounds=3)
    for server, costs in (("floor", (20, 40, 20)), ("ours", (60, 120, 30))):
        found.samples[server] = {"read": [sample(one) for one in costs]}
    line = next(one for one in targets(found) if one.text == "GET one: times floor")
    assert (line.measured, line.reached) == ("3.00 ±12%", False)
    found.samples["ours"]["read"].pop()
    assert found.ratios("ours", "floor") == {}
    assert "| Restwright | – |" in report.markdown(found)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda found: found.pop("fastify"), "fastify not measured"),
        (lambda found: found["fastify"].pop("filter"), "fastify not measured: filtered list"),
        (lambda found: found["ours"]["list"].clear(), "ours not measured: list of 20"),
        (
            lambda found: found["fastify"].update(list=[sample(80, body=1)] * 2),
            "fastify wrong answers: list of 20",
        ),
        (
            lambda found: found["ours"]["expand"].pop(),
            "ours 1 of 2 rounds: list with expansion",
        ),
    ],
)
def test_partial_or_wrong_figures_reach_nothing(
    spoil: Callable[[dict[str, dict[str, list[Sample]]]], object], told: str
) -> None:
    """What is missing, of too few rounds or wrong leaves a target open, and is named."""
    found = Results(rounds=2)
    for server, cost in (("ours", 20), ("fastify", 60)):
        found.samples[server] = {
            name: [sample(cost), sample(cost)] for name in ("list", "filter", "expand")
        }
    text = "fastify: times ours on lists"
    assert next(one for one in targets(found) if one.text == text).reached is True
    spoil(found.samples)
    line = next(one for one in targets(found) if one.text == text)
    assert (line.measured, line.reached) == (told, None)


def test_the_page_tells_all_that_was_found(tmp_path: Path) -> None:
    """Figures, gaps and wrong answers are all on the page; results survive the disk."""
    results = results_of(floor={"read": 20}, ours={"read": 40, "create": 90})
    results.samples["ours"]["create"] = [sample(90, body=3)]
    results.absent["fastify"] = "there is no npm"
    results.tails["ours"] = Tail(9000, 0.4, 1.5, 2.5, 9.0, 0.7, 3, 0)
    results.tails["plain"] = Tail(9000, 0.4, 1.5, None, None, 0, 0, 0)
    results.samples["plain"] = {"read": [sample(50)]}
    results.write(tmp_path / "results.json")
    assert Results.read(tmp_path / "results.json") == results
    page = report.markdown(results)
    assert "| Restwright | 40.0 ±0% | 90.0 ±0% |" in page
    assert "| Restwright | 2.00 ±0% | – |" in page
    assert "there is no npm" in page
    assert "| 0.4 ms | 1.5 ms | answers too little | – | – |" in page
    assert "has answered otherwise than expected: POST 3" in page
    assert "| Restwright | 9,000 | 0.4 ms | 1.5 ms | 2.5 ms | 9.0 ms | 0.7 s |" in page
    assert all(line.count("|") == 5 for line in page.splitlines() if line.startswith("| GET one:"))


def test_the_chart_has_a_bar_for_each_figure_in_proportion() -> None:
    """Bars begin at zero, and texts are escaped."""
    costs = results_of(floor={"read": 20}, ours={"read": 40, "list": 70}).costs()
    found = chart.panels(costs, [("read", "GET <one>"), ("list", "list"), ("filter", "none")])
    assert [panel.title for panel in found] == ["GET <one>", "list"]
    drawn = ElementTree.fromstring(chart.draw(found, {"floor": "a & b", "ours": "ours"}, "caption"))
    bars = [one for one in drawn.iter() if one.tag.endswith("rect")]
    widths = [float(bar.attrib["width"]) for bar in bars]
    assert len(widths) == 3
    assert widths[1] / widths[0] == pytest.approx(2, rel=0.01)
    texts = [one.text for one in drawn.iter() if one.tag.endswith("text")]
    assert "GET <one>" in texts
    assert "a & b" in texts
    assert "40.0" in texts


def test_parts_of_several_runs_make_one_page(tmp_path: Path) -> None:
    """Each part replaces itself alone, and says when and where it was measured."""
    servers = Results(date="2026-11-23", rounds=1, seconds=1, machine=MACHINE)
    servers.samples["ours"] = {"read": [Sample(40, 25_000, 0.5, 100, {})]}
    keep("resources", Results(resources=MANY), tmp_path)
    assert "The servers were not measured yet." in (tmp_path / pages.PAGE).read_text()
    keep("servers", servers, tmp_path)
    keep("rows", Results(rows=LARGE), tmp_path)
    found = Results.read(tmp_path / pages.RESULTS)
    assert found == replace(servers, resources=MANY, rows=LARGE)
    page = (tmp_path / pages.PAGE).read_text()
    assert page == report.markdown(found)
    assert (tmp_path / pages.CHART).read_text() == pages.drawn(found)
    assert "2026-11-23. 2 cores of A processor" in page
    assert "2026-11-24. 2 cores of Another processor" in page
    assert "2026-11-25. 2 cores of A processor" in page


def test_the_tables_of_scale_tell_what_is_reached() -> None:
    """Medians, how far they spread, and which are within their limits."""
    page = report.markdown(Results(resources=MANY, rows=LARGE))
    assert "| generate, nothing cached | 71.5 s | at most 60 s | **not reached** |" in page
    assert "| ratio of the two | 1.02 (1.01 to 1.09) | at most 1.1 | reached |" in page
    assert "| memory for each further resource | 275 KiB (270 to 280) |  |  |" in page
    assert "| one by key | 31 ±2% | 34 ±1% | 1.10 ±0% | reached |" in page
    assert "| eq, a tenth | 40 ±0% | 90 ±0% | 2.25 ±0% | **not reached** |" in page
    assert "with their bytecode compiled" in page


def test_the_page_tells_what_servers_do_otherwise() -> None:
    """Probes, logs, and why a server has no latencies are all on the page."""
    results = Results(rounds=1)
    for one in CONTENDERS:
        results.samples[one.name] = {"read": [Sample(40, 25_000, 0.5, 100, {})]}
    results.probes["litestar"] = {one.name: "409" for one in probes.PROBES}
    results.logged["django"] = 1_234
    results.tails["ours"] = Tail(9000, 0.4, 1.5, 2.5, 9.0, 0.7, 3, 0)
    page = report.markdown(results)
    assert f"| Litestar | 400 |{' 409 |' * len(probes.PROBES)}" in page
    assert "Django REST framework has written 1,234 bytes to its log" in page
    assert "floor, the article's catalog: no database" in page
    assert "Litestar, Django REST framework, Flask, PocketBase: the application" in page
