"""Rules: what is unknown holds."""

from __future__ import annotations

from generator.runtime.rules import Rule, broken

SMALL = Rule("small", "ck_boxes_small", "It is small.", ("size",), lambda row: row["size"] < 5)
EMPTY = Rule("empty", "ck_boxes_empty", "It is empty.", ("load",), lambda _row: None)


def test_only_what_is_false_is_broken() -> None:
    """Neither a null nor a value that is not known breaks a rule."""
    assert list(broken((EMPTY, SMALL), {"size": 5, "load": None})) == [SMALL]
    assert list(broken((EMPTY, SMALL), {"size": 4, "load": 1})) == []
    assert list(broken((EMPTY, SMALL), {})) == []


def test_reports_of_both_databases_are_known() -> None:
    """PostgreSQL names the constraint, SQLite says so in a sentence."""
    assert SMALL.reported_in("ck_boxes_small")
    assert SMALL.reported_in("CHECK constraint failed: ck_boxes_small")
    assert not SMALL.reported_in("ck_boxes_empty")
