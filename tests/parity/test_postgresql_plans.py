"""Lists on PostgreSQL use the indexes that the spec declares: its own plans say so.

It chooses by what its tables hold, in thousands of rows; no planner setting is changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from tests.parity.plans import (
    AMONG,
    BOUNDED,
    CONTINUED,
    EQUAL,
    NULLABLE,
    PREFIXES,
    SORTED,
    Explained,
    Lists,
    filled,
)

pytestmark = pytest.mark.parametrize(
    "module_database_url", ["postgresql"], indirect=True, scope="module"
)

SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
SCANS = {"Index Scan", "Bitmap Heap Scan"}
TOLD = ("Node Type", "Relation Name", "Index Name", "Index Cond", "Filter")


class Found(NamedTuple):
    """How the rows of a page are found: in one index, of which nothing is left out afterwards."""

    name: str
    """Of the index."""
    condition: str
    """What is looked up there, without casts, quotes of names and parentheses; or nothing."""
    ordered: bool
    """Whether rows come out of the index in the order of the answer."""


def read(rows: Explained) -> Found:
    """Read the plan of a statement, in which no table may be read as a whole."""
    steps = list(steps_of(json.loads(rows[0][0])[0]["Plan"]))
    kinds = {step["Node Type"] for step in steps}
    tables = [step["Node Type"] for step in steps if "Relation Name" in step]
    used = [step for step in steps if "Index Name" in step]
    assert len(tables) == len(used) == 1, steps
    assert tables[0] in SCANS, steps
    assert not any("Filter" in step for step in steps), steps
    condition = re.sub(r'::text|[()"]', "", used[0].get("Index Cond", ""))
    return Found(used[0]["Index Name"], condition, not kinds & {"Sort", "Incremental Sort"})


def steps_of(step: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Yield what counts of a step of a plan, and of all below it."""
    yield {name: step[name] for name in TOLD if name in step}
    for below in step.get("Plans", ()):
        yield from steps_of(below)


@pytest.fixture(scope="module")
def lists(module_database_url: str) -> Iterator[Lists[Found]]:
    """Fill a service whose database knows what its tables hold."""
    with filled(module_database_url, read, statistics=True) as opened:
        yield opened


def indexes(name: str) -> set[str]:
    """Name the indexes that begin with a field."""
    declared = {f"ix_extremes_{name}"}
    return declared | {"uq_extremes_wide"} if name == "wide" else declared


@pytest.mark.parametrize("name", EQUAL)
def test_equality(lists: Lists[Found], name: str) -> None:
    """One value is looked up."""
    found = lists.equal(name)
    assert found.name in indexes(name)
    assert found.condition.startswith(f"{name} = "), found


@pytest.mark.parametrize("name", AMONG)
def test_in(lists: Lists[Found], name: str) -> None:
    """Several values are looked up."""
    found = lists.among(name)
    assert found.name in indexes(name)
    assert found.condition.startswith(f"{name} = ANY "), found


@pytest.mark.parametrize("name", BOUNDED)
@pytest.mark.parametrize("operator", SIGNS)
def test_ranges(lists: Lists[Found], name: str, operator: str) -> None:
    """A range is a part of the index, and of a large one no more is read than is answered."""
    for sort in (name, f"-{name}"):
        found = lists.bounded(name, operator, sort)
        assert found.name in indexes(name)
        assert found.condition.startswith(f"{name} {SIGNS[operator]} "), found
        assert found.ordered or operator.startswith("l")


@pytest.mark.parametrize("name", PREFIXES)
def test_prefixes(lists: Lists[Found], name: str) -> None:
    """A prefix is a range with two ends, whatever the order of the answer."""
    sorts: list[dict[str, str]] = [{}] if name == "wide" else [{}, {"sort": f"-{name}"}]
    for found in (lists.prefixed(name, **sort) for sort in sorts):
        assert found.name in indexes(name)
        assert re.fullmatch(rf"{name} >= '.*' AND {name} < '.*'", found.condition), found


@pytest.mark.parametrize("name", NULLABLE)
def test_nulls(lists: Lists[Found], name: str) -> None:
    """Rows without a value are looked up too."""
    found = lists.without(name)
    assert found.name in indexes(name)
    assert found.condition == f"{name} IS NULL"


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", SORTED)
def test_sorts(lists: Lists[Found], name: str, sign: str) -> None:
    """No row is sorted that an index holds in order, nulls last or first, the key behind."""
    assert lists.page(sort=f"{sign}{name}") == Found(f"ix_extremes_{name}", "", ordered=True)


def test_the_key(lists: Lists[Found]) -> None:
    """The key needs no other index, and its order costs nothing either way."""
    found = lists.page(id="7")
    assert (found.name, found.condition) == ("pk_extremes", "id = '7'::bigint")
    several = lists.page(id_in=["7", "8"])
    assert (several.name, several.condition) == ("pk_extremes", "id = ANY '{7,8}'::bigint[]")
    for params in ({}, {"sort": "-id"}):
        assert lists.page(**params) == Found("pk_extremes", "", ordered=True)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", CONTINUED)
def test_pages_by_cursor(lists: Lists[Found], name: str, sign: str) -> None:
    """The page after a cursor is looked up in the index that its sort goes by."""
    found = lists.continued(f"{sign}{name}")
    assert (found.name, found.ordered) == (f"ix_marks_{name}", True)
    assert found.condition.startswith(f"ROW{name}, id {'<' if sign else '>'} ROW"), found


def test_pages_by_cursor_of_several_terms(lists: Lists[Found]) -> None:
    """An index of two fields serves the sort by both."""
    found = lists.continued("day", "label")
    assert (found.name, found.ordered) == ("ix_marks_by_day", True)
    assert found.condition.startswith("ROWday, label, id > ROW"), found


def test_rows_by_key(lists: Lists[Found]) -> None:
    """Reading one row looks it up."""
    found = lists.plan("/extremes/7")
    assert (found.name, found.condition) == ("pk_extremes", "id = '7'::bigint")
