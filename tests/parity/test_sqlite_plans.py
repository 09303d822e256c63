"""Lists on SQLite use the indexes that the spec declares: its own plans say so."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.parity.twin import EXTREMES
from tests.runtime.test_plans import unbounded
from tests.services import client, compiled

ROWS = 200
UUID = "00000000-0000-0000-0000-000000000007"


class Lists:
    """A filled service, and what SQLite says of the statements that its lists run."""

    def __init__(
        self, http: TestClient, file: Path, statements: list[tuple[str, Sequence[object]]]
    ) -> None:
        self.http = http
        self.statements = statements
        self._beside = sqlite3.connect(file)

    def plan(self, path: str, **params: str | list[str]) -> list[str]:
        """Ask for a page, and return the plan of the statement that found it, in SQLite's words."""
        self.statements.clear()
        response = self.http.get(path, params=params)
        assert response.status_code == 200, response.text
        sql, values = self.statements[0]
        explained = self._beside.execute(f"EXPLAIN QUERY PLAN {sql}", tuple(values))
        return list(unbounded(explained))


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lists]:
    """Fill a service, and note what goes to its database."""
    file = tmp_path_factory.mktemp("plans") / "extremes.db"
    database = compiled(EXTREMES).module("runtime.database").Database
    statements: list[tuple[str, Sequence[object]]] = []

    def noting(read: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def noted(self: object, sql: str, values: Sequence[object]) -> object:
            statements.append((sql, values))
            return await read(self, sql, values)

        return noted

    with pytest.MonkeyPatch.context() as patch:
        for name in ("read", "look_up"):
            patch.setattr(database, name, noting(getattr(database, name)))
        with client(EXTREMES, f"sqlite+aiosqlite:///{file}") as http:
            for number in range(ROWS):
                body = {"label": f"l{number % 20}", "whole": number % 7, "mode": "a"}
                assert http.post("/extremes", json=body).status_code == 201
                assert http.post("/marks", json=body).status_code == 201
            yield Lists(http, file, statements)


def index(name: str) -> str:
    """Name the index that a field's `index: true` declares."""
    return f"USING INDEX ix_extremes_{name}"


def lookups(plan: list[str]) -> list[str]:
    """Leave out the steps that only merge what others find; sorting is not one of them."""
    merging = ("MERGE", "LEFT", "RIGHT", "CO-ROUTINE", "SCAN (")
    return [step for step in plan if not step.startswith(merging)]


EQUAL = {
    "label": "l1",
    "wide": "w",
    "whole": "3",
    "money": "1",
    "middle": "1",
    "fine": "0.5",
    "flag": "true",
    "day": "2026-11-22",
    "moment": "2026-11-22T10:00:00Z",
    "opens": "10:00:00",
    "runs": "PT5M",
    "ref": UUID,
    "contact": "a@b",
    "mode": "a",
}
RANGED = ["label", "whole", "money", "middle", "fine", "day", "moment", "opens", "runs", "contact"]
SORTED = [*RANGED, "real", "flag", "mode"]


@pytest.mark.parametrize("name", EQUAL)
def test_equality(lists: Lists, name: str) -> None:
    """One value is looked up, and its rows come out of the index in the order of the key."""
    used = "USING INDEX sqlite_autoindex_extremes_1" if name == "wide" else index(name)
    assert lists.plan("/extremes", **{name: EQUAL[name]}) == [f"SEARCH extremes {used} ({name}=?)"]


@pytest.mark.parametrize("name", [name for name in EQUAL if name not in ("flag", "wide")])
def test_in(lists: Lists, name: str) -> None:
    """The rows of each value come out of the index in the order of the key, and are merged."""
    plan = lists.plan("/extremes", **{f"{name}_in": [EQUAL[name]] * 3})
    each = f"SEARCH extremes USING COVERING INDEX ix_extremes_{name} ({name}=?)"
    rows, *found = [step for step in plan if step.startswith(("SEARCH", "SCAN extremes", "USE"))]
    assert rows == "SEARCH extremes USING INTEGER PRIMARY KEY (rowid=?)"
    assert found == [each] * 4


@pytest.mark.parametrize("name", [*RANGED, "real"])
@pytest.mark.parametrize("operator", ["gt", "ge", "lt", "le"])
def test_ranges(lists: Lists, name: str, operator: str) -> None:
    """A range, sorted by its field, is a part of the index that is read as it stands."""
    value = EQUAL.get(name, "1.5")
    sign = ">" if operator.startswith("g") else "<"
    for sort in (name, f"-{name}"):
        assert lists.plan("/extremes", **{f"{name}_{operator}": value}, sort=sort) == [
            f"SEARCH extremes {index(name)} ({name}{sign}?)"
        ]


@pytest.mark.parametrize("name", ["label", "contact", "wide"])
def test_prefixes(lists: Lists, name: str) -> None:
    """A prefix is a range with two ends, whatever the order of the answer."""
    both = f"({name}>? AND {name}<?)"
    plan = lists.plan("/extremes", **{f"{name}_prefix": "l1"})
    found = [step for step in plan if " extremes" in step and "(rowid=?)" not in step]
    assert found
    assert all(step.startswith("SEARCH ") and step.endswith(both) for step in found), plan
    if name != "wide":
        sorted_by = lists.plan("/extremes", **{f"{name}_prefix": "l1"}, sort=f"-{name}")
        assert sorted_by == [f"SEARCH extremes {index(name)} {both}"]


@pytest.mark.parametrize("name", [name for name in EQUAL if name not in ("label", "wide")])
def test_nulls(lists: Lists, name: str) -> None:
    """Rows without a value are looked up too."""
    plan = lists.plan("/extremes", **{f"{name}_is_null": "true"})
    assert plan == [f"SEARCH extremes {index(name)} ({name}=?)"]


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", SORTED)
def test_sorts(lists: Lists, name: str, sign: str) -> None:
    """No row is sorted that an index holds in order, nulls last or first, the key behind."""
    assert lists.plan("/extremes", sort=[f"{sign}{name}"]) == [f"SCAN extremes {index(name)}"]


def test_the_key(lists: Lists) -> None:
    """The key needs no index, and its order costs nothing either way."""
    assert lists.plan("/extremes", id="7") == [
        "SEARCH extremes USING INTEGER PRIMARY KEY (rowid=?)"
    ]
    assert lists.plan("/extremes") == ["SCAN extremes"]
    assert lists.plan("/extremes", sort="-id") == ["SCAN extremes"]


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", ["label", "whole", "real", "money", "day", "moment", "runs"])
def test_pages_by_cursor(lists: Lists, name: str, sign: str) -> None:
    """The page after a cursor is looked up in the index that its sort goes by."""
    sort = f"{sign}{name}"
    first = lists.http.get("/marks", params={"sort": sort, "page_size": "50"}).json()
    plan = lists.plan("/marks", sort=sort, cursor=first["next_cursor"])
    compare = "<" if sign else ">"
    assert lookups(plan) == [
        f"SEARCH marks USING INDEX ix_marks_{name} ({name}=? AND id{compare}?)",
        f"SEARCH marks USING INDEX ix_marks_{name} ({name}{compare}?)",
    ]


def test_pages_by_cursor_of_several_terms(lists: Lists) -> None:
    """An index of two fields serves the sort by both."""
    sort = ["day", "label"]
    first = lists.http.get("/marks", params={"sort": sort}).json()
    plan = lists.plan("/marks", sort=sort, cursor=first["next_cursor"])
    assert lookups(plan) == [
        "SEARCH marks USING INDEX ix_marks_by_day (day=? AND label=? AND id>?)",
        "SEARCH marks USING INDEX ix_marks_by_day ((day,label)>(?,?))",
    ]


def test_rows_by_key(lists: Lists) -> None:
    """Reading one row looks it up."""
    assert lists.plan("/extremes/7") == ["SEARCH extremes USING INTEGER PRIMARY KEY (rowid=?)"]
