"""Filters and orders mean on both databases what they mean in Python."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from generator.runtime.canonical import read_duration
from tests.parity.twin import Twin
from tests.parity.values import VALUES

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "": operator.eq,
    "_ne": operator.ne,
    "_gt": operator.gt,
    "_ge": operator.ge,
    "_lt": operator.lt,
    "_le": operator.le,
}
EXACT = ("", "_ne")
ORDERED: dict[str, Callable[[Any], Any]] = {
    "label": str,
    "contact": str,
    "whole": int,
    "real": float,
    "money": Decimal,
    "middle": Decimal,
    "fine": Decimal,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "opens": time.fromisoformat,
    "runs": read_duration,
}
"""How Python reads what is answered, for the fields whose values are in an order."""
READERS = ORDERED | {"ref": str, "mode": str, "flag": bool}
SORTED = [name for name in READERS if name != "ref"]
PARTS = [
    *("%", "_", "\\", "\\\\", "%_", "a", "x", "xx", "é", "e", " ", "'", "$1", "?", "t"),
    *("\t", "\x7f", "\ud7ff", "\ue000", "\ufffe", "\U00010000", "\U0010ffff", "\U0010ffff" * 2),
    *("\U0010fffe", "\U0001f468\u200d", "İ", "ı", "ſ", "K", "\u2028"),
]
"""What text may begin with or have in it, hostile to LIKE and to bounds of ranges."""


LONGEST = 40
"""Characters of a value in a query, which has a bound of its own."""


class Rows:
    """A row per value of every field, made once, and two rows of each field without a value."""

    def __init__(self, both: Twin) -> None:
        self.both = both
        self.by_field: dict[str, list[dict[str, Any]]] = {}
        for name in READERS:
            values: list[Any] = [sent for sent, _ in VALUES[name]]
            self.by_field[name] = [self._create(name, value) for value in [*values, None, None]]

    def _create(self, name: str, value: object) -> dict[str, Any]:
        body = {"label": name, "long": name, name: value}
        if name == "label" and value is None:
            body["label"] = "no text"
        return self.both.create("/extremes", body)

    def found(self, name: str, **params: str | list[str]) -> list[str]:
        """Return the keys of the rows of a field that a query finds."""
        rows = self.both.rows("/extremes", long_prefix=name, **params)
        return [row["id"] for row in rows]

    def meant(self, name: str, holds: Callable[[Any], bool]) -> list[str]:
        """Return the keys of the rows of a field whose value is as it should be."""
        return [
            row["id"]
            for row in self.by_field[name]
            if holds(None if row[name] is None else READERS[name](row[name]))
        ]


@pytest.fixture(scope="module")
def rows(extremes: Twin) -> Rows:
    """Fill both databases."""
    return Rows(extremes)


def text(value: object) -> str:
    """Write a value for a query."""
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else str(value)


@pytest.mark.parametrize("name", READERS)
def test_filters(rows: Rows, name: str) -> None:
    """Comparisons with every value find what Python finds, and rows without one only by `ne`."""
    read = READERS[name]
    for row in rows.by_field[name]:
        value = row[name]
        if value is None or not 0 < len(str(value)) <= LONGEST:
            continue
        wanted = read(value)
        for suffix, compare in OPERATORS.items():
            if not offered(name, suffix):
                continue
            parameter = {f"{name}{suffix}": text(value)}
            holds = partial(compares, compare, wanted)
            assert rows.found(name, **parameter) == rows.meant(name, holds), parameter


def compares(compare: Callable[[object, object], bool], wanted: object, one: object) -> bool:
    """Tell whether a filter lets a value through: one that is not there differs from all."""
    return compare is operator.ne if one is None else compare(one, wanted)


def offered(name: str, suffix: str) -> bool:
    """Tell whether a field can be filtered so."""
    if name == "real":
        return suffix not in EXACT
    return name in ORDERED or suffix == "" or (suffix == "_ne" and name != "flag")


@pytest.mark.parametrize("name", [name for name in READERS if name not in ("real", "flag")])
def test_in(rows: Rows, name: str) -> None:
    """One to a hundred values, some of them twice, some of no row."""
    values = [row[name] for row in rows.by_field[name]]
    some = [value for value in values[::2] if value is not None and 0 < len(str(value)) <= LONGEST]
    wanted = [READERS[name](value) for value in some]
    for given in (some, some[:1] + some, (some * 100)[:100]):
        assert rows.found(name, **{f"{name}_in": [text(one) for one in given]}) == rows.meant(
            name, lambda one: one in wanted
        )


@pytest.mark.parametrize("name", [name for name in READERS if name != "label"])
def test_is_null(rows: Rows, name: str) -> None:
    """Rows without a value, and rows with one."""
    for word, holds in (("true", operator.is_), ("false", operator.is_not)):
        found = rows.found(name, **{f"{name}_is_null": word})
        assert found == rows.meant(name, partial(holds, None))


@pytest.mark.parametrize("name", SORTED)
def test_sort(rows: Rows, name: str) -> None:
    """Text is in the order of its code points; nulls are last, or first; ties go by the key."""
    keyed = [
        (row[name] is None, row[name] is not None and READERS[name](row[name]), at, row["id"])
        for at, row in enumerate(rows.by_field[name])
    ]
    for sign, reverse in (("", False), ("-", True)):
        expected = [one[-1] for one in sorted(keyed, reverse=reverse)]
        assert rows.found(name, sort=f"{sign}{name}") == expected


@pytest.mark.parametrize("part", PARTS)
def test_prefix_and_contains(rows: Rows, part: str) -> None:
    """Prefixes and parts mind case, and no character stands for another."""
    assert rows.found("label", label_prefix=part) == rows.meant(
        "label", lambda one: one.startswith(part)
    )
    assert rows.found("label", label_contains=part) == rows.meant("label", lambda one: part in one)


@pytest.mark.parametrize("part", ["a", "A", "a@", "@b", "%", "_", "%_'@A.b-c"])
def test_prefix_and_contains_of_what_may_be_null(rows: Rows, part: str) -> None:
    """A row without a value neither begins with anything nor has it."""
    assert rows.found("contact", contact_prefix=part) == rows.meant(
        "contact", lambda one: one is not None and one.startswith(part)
    )
    assert rows.found("contact", contact_contains=part) == rows.meant(
        "contact", lambda one: one is not None and part in one
    )
