"""Lists on SQLite use the indexes that the spec declares: its own plans say so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.parity.plans import (
    AMONG,
    BOUNDED,
    CONTINUED,
    EQUAL,
    NULLABLE,
    PREFIXES,
    SORTED,
    Lists,
    filled,
)
from tests.runtime.test_plans import unbounded

pytestmark = pytest.mark.parametrize(
    "module_database_url", ["sqlite"], indirect=True, scope="module"
)


@pytest.fixture(scope="module")
def lists(module_database_url: str) -> Iterator[Lists[list[str]]]:
    """Fill a service whose database keeps no statistics; of a plan, list the steps."""
    with filled(
        module_database_url, lambda rows: list(unbounded(rows)), statistics=False
    ) as opened:
        yield opened


def index(name: str) -> str:
    """Name the index that a field's `index: true` declares."""
    return f"USING INDEX ix_extremes_{name}"


def lookups(plan: list[str]) -> list[str]:
    """Leave out the steps that only merge what others find; sorting is not one of them."""
    merging = ("MERGE", "LEFT", "RIGHT", "CO-ROUTINE", "SCAN (")
    return [step for step in plan if not step.startswith(merging)]


@pytest.mark.parametrize("name", EQUAL)
def test_equality(lists: Lists[list[str]], name: str) -> None:
    """One value is looked up, and its rows come out of the index in the order of the key."""
    used = "USING INDEX sqlite_autoindex_extremes_1" if name == "wide" else index(name)
    assert lists.equal(name) == [f"SEARCH extremes {used} ({name}=?)"]


@pytest.mark.parametrize("name", AMONG)
def test_in(lists: Lists[list[str]], name: str) -> None:
    """The rows of each value come out of the index in the order of the key, and are merged."""
    plan = lists.among(name)
    each = f"SEARCH extremes USING COVERING INDEX ix_extremes_{name} ({name}=?)"
    rows, *found = [step for step in plan if step.startswith(("SEARCH", "SCAN extremes", "USE"))]
    assert rows == "SEARCH extremes USING INTEGER PRIMARY KEY (rowid=?)"
    assert found == [each] * 4


@pytest.mark.parametrize("name", BOUNDED)
@pytest.mark.parametrize("operator", ["gt", "ge", "lt", "le"])
def test_ranges(lists: Lists[list[str]], name: str, operator: str) -> None:
    """A range, sorted by its field, is a part of the index that is read as it stands."""
    sign = ">" if operator.startswith("g") else "<"
    for sort in (name, f"-{name}"):
        assert lists.bounded(name, operator, sort) == [
            f"SEARCH extremes {index(name)} ({name}{sign}?)"
        ]


@pytest.mark.parametrize("name", PREFIXES)
def test_prefixes(lists: Lists[list[str]], name: str) -> None:
    """A prefix is a range with two ends, whatever the order of the answer."""
    both = f"({name}>? AND {name}<?)"
    plan = lists.prefixed(name)
    found = [step for step in plan if " extremes" in step and "(rowid=?)" not in step]
    assert found
    assert all(step.startswith("SEARCH ") and step.endswith(both) for step in found), plan
    if name != "wide":
        sorted_by = lists.prefixed(name, sort=f"-{name}")
        assert sorted_by == [f"SEARCH extremes {index(name)} {both}"]


@pytest.mark.parametrize("name", NULLABLE)
def test_nulls(lists: Lists[list[str]], name: str) -> None:
    """Rows without a value are looked up too."""
    plan = lists.without(name)
    assert plan == [f"SEARCH extremes {index(name)} ({name}=?)"]


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", SORTED)
def test_sorts(lists: Lists[list[str]], name: str, sign: str) -> None:
    """No row is sorted that an index holds in order, nulls last or first, the key behind."""
    assert lists.page(sort=f"{sign}{name}") == [f"SCAN extremes {index(name)}"]


def test_the_key(lists: Lists[list[str]]) -> None:
    """The key needs no index, and its order costs nothing either way."""
    assert lists.page(id="7") == ["SEARCH extremes USING INTEGER PRIMARY KEY (rowid=?)"]
    several = lists.page(id_in=["7", "8"])
    assert all(step.startswith("SEARCH ") and step.endswith("(rowid=?)") for step in several), (
        several
    )
    assert lists.page() == ["SCAN extremes"]
    assert lists.page(sort="-id") == ["SCAN extremes"]


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", CONTINUED)
def test_pages_by_cursor(lists: Lists[list[str]], name: str, sign: str) -> None:
    """The page after a cursor is looked up in the index that its sort goes by."""
    plan = lists.continued(f"{sign}{name}")
    compare = "<" if sign else ">"
    assert lookups(plan) == [
        f"SEARCH marks USING INDEX ix_marks_{name} ({name}=? AND id{compare}?)",
        f"SEARCH marks USING INDEX ix_marks_{name} ({name}{compare}?)",
    ]


def test_pages_by_cursor_of_several_terms(lists: Lists[list[str]]) -> None:
    """An index of two fields serves the sort by both."""
    plan = lists.continued("day", "label")
    assert lookups(plan) == [
        "SEARCH marks USING INDEX ix_marks_by_day (day=? AND label=? AND id>?)",
        "SEARCH marks USING INDEX ix_marks_by_day ((day,label)>(?,?))",
    ]


def test_rows_by_key(lists: Lists[list[str]]) -> None:
    """Reading one row looks it up."""
    assert lists.plan("/extremes/7") == ["SEARCH extremes USING INTEGER PRIMARY KEY (rowid=?)"]
