"""Versions: which row a client meant that says `If-Match`, checked in the statement itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, bindparam

from .drivers import Row
from .etags import stale
from .key_lists import any_of
from .rows import Rows
from .stored import DialectName

Match = Collection[int] | None
"""The versions that a row may have; None where any will do."""


class Versions:
    """The versions of a resource's rows."""

    def __init__(self, rows: Rows[Any]) -> None:
        self.rows = rows

    @property
    def usual(self) -> tuple[Match, ...]:
        """What requests may say: nothing, or one version where there are any."""
        return (None,) if self.rows.version is None else (None, {0})

    def shape(self, match: Match) -> int | None:
        """Say what of a match its SQL depends on."""
        return None if match is None else min(len(match), 2)

    def among(self, match: Match, dialect: DialectName) -> list[ColumnElement[bool]]:
        """Hold for rows of one of the versions."""
        if match is None:
            return []
        if len(match) == 1:
            return [self._column() == bindparam("match__")]
        return [any_of(self._column(), "match__", dialect)]

    def parameters(self, match: Match) -> dict[str, object]:
        """Give what `among` compares with."""
        if match is None:
            return {}
        known = sorted(match)
        return {"match__": known[0] if len(known) == 1 else known}

    def require(self, row: Row, match: Match) -> None:
        """Raise the problem where a row of what is answered has another version."""
        if match is not None and self.rows.value_of(self._column(), row) not in match:
            raise stale()

    def _column(self) -> Column[Any]:
        if self.rows.version is None:
            raise LookupError(f"a {self.rows.noun} has no version")
        return self.rows.version
