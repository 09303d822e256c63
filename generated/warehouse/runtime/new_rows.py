"""Many new rows as columns of values: what a bulk request inserts where no row needs a closer look.

A list for each column costs less than a dictionary for each row. Values that SQLite stores as they
are need not be read back to be answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from math import isfinite
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic import MISSING, BaseModel
from sqlalchemy.engine import Dialect

from .assignments import given, refuse_broken_values
from .columns import IntegerKey
from .conflicts import Write
from .drivers import Row
from .linking import needs_targets
from .made import Made, made
from .many_rows import MOST_PARAMETERS, MOST_ROWS, repeated
from .new_keys import new_keys
from .prepared import Prepared, stored
from .rows import Rows
from .steps import Steps
from .stored import Binder

_STORED_AS_IT_IS: tuple[tuple[type[Any], type[object]], ...] = (
    (sa.TEXT, str),
    (sa.INTEGER, int),
    (sa.REAL, float),
)
"""What STRICT tables take without a conversion."""

_MISSING_KIND: type[object] = type(MISSING)

Columns = Mapping[str, Sequence[object]]


def is_plain(rows: Rows[Any]) -> bool:
    """Tell whether a statement alone says what is wrong with new rows, on SQLite."""
    return not (rows.links or rows.secrets or needs_targets(rows))


@dataclass(frozen=True, slots=True)
class NewRows:
    """The items of a request, and what the server makes for each."""

    rows: Rows[Any]
    items: Sequence[BaseModel]
    made: Sequence[Mapping[str, object]]

    @classmethod
    def of(
        cls, rows: Rows[Any], makers: Made, items: Sequence[BaseModel], instant: datetime
    ) -> NewRows:
        """Make the server's values, all at one instant."""
        return cls(rows, items, [made(makers, instant) for _ in items] if makers else [{}])

    def columns(self) -> dict[str, list[object]] | None:
        """Return the values of each column; None where some rows have none at all."""
        found: dict[str, list[object]] = {name: [] for name in self.made[0]}
        bodies = [item.__dict__ for item in self.items]
        names = bodies[0].keys()
        if any(one.keys() != names for one in bodies):
            return None
        for name in found:
            found[name] = [one[name] for one in self.made]
        for name in names:
            values = [one[name] for one in bodies]
            if _MISSING_KIND in set(map(type, values)):
                if name not in found:
                    if any(value is not MISSING for value in values):
                        return None
                    continue
                pairs = zip(values, found[name], strict=True)
                values = [own if value is MISSING else value for value, own in pairs]
            found[name] = values
        return found

    def writes(self) -> dict[int, Write]:
        """Return a write for each item, for who looks for what is in its way."""
        own = self.made if len(self.made) == len(self.items) else [{}] * len(self.items)
        return {
            index: Write(rows=self.rows, values={**more, **given(item)}, body=item)
            for index, (item, more) in enumerate(zip(self.items, own, strict=True))
        }


class Inserts(NamedTuple):
    """How rows of some columns are inserted."""

    one: Prepared
    """One row, of which nothing is returned."""
    returning: str
    """What stands behind it for the rows to be returned."""
    dialect: Dialect


@dataclass(frozen=True, slots=True)
class ReadyRows:
    """Rows as SQLite's driver takes them."""

    rows: Rows[Any]
    inserts: Inserts
    count: int
    values: Columns
    """As clients gave them, or the server made them."""
    given: Columns
    """The same, bound, in the order of the parameters; keys that SQLite makes are not there yet."""

    @classmethod
    def of(cls, rows: Rows[Any], values: Columns, inserts: Inserts, count: int) -> ReadyRows:
        """Bind values."""
        given: dict[str, Sequence[object]] = {}
        for parameter, binder, default in inserts.one.parameters:
            name = parameter.removeprefix("set__")
            given[name] = _bound(values[name] if name in values else [default] * count, binder)
        return cls(rows, inserts, count, values, given)

    def insert(self, *, answered: bool) -> Steps[list[Row]]:
        """Insert them; return them in their order, if they are to be answered."""
        self._refuse_broken()
        key, given = self.rows.key, self.given
        if isinstance(key.type, IntegerKey):
            # The table is locked.
            given = {**given, key.key: (yield from new_keys(key, self.count, self.inserts.dialect))}
        known = _as_stored(self.rows, given, self.count) if answered else []
        returning = self.inserts.returning if known is None else ""
        found: list[Row] = []
        rows = list(zip(*given.values(), strict=True))
        most = max(1, min(MOST_ROWS, MOST_PARAMETERS // len(given)))
        for start in range(0, self.count, most):
            some = rows[start : start + most]
            sql = repeated(self.inserts.one.sql, len(some)) + returning
            found.extend((yield sql, list(chain.from_iterable(some))))
        if known is not None:
            return known
        places = {raw: place for place, raw in enumerate(given[key.key])}
        return sorted(found, key=lambda row: places[self.rows.value_of(key, row)])

    def _refuse_broken(self) -> None:
        if self.rows.rules:
            for values in zip(*self.values.values(), strict=True):
                refuse_broken_values(self.rows, dict(zip(self.values, values, strict=True)))


def _bound(values: Sequence[object], binder: Binder | None) -> Sequence[object]:
    if binder is None:
        return values
    if None in values:
        return [None if value is None else binder(value) for value in values]
    return list(map(binder, values))


def _as_stored(rows: Rows[Any], given: Columns, count: int) -> list[Row] | None:
    """Return the rows as SQLite would, out of bound values; None where it could change one."""
    found: list[Sequence[object]] = []
    for column in rows.columns:
        if not isinstance(column, sa.Column) or column.computed or column.server_default:
            return None
        values = given.get(column.key)
        if values is None:
            found.append([None] * count)
        elif _is_kept(column, values):
            found.append(values)
        else:
            return None
    return list(zip(*found, strict=True))


def _is_kept(column: sa.Column[Any], values: Sequence[object]) -> bool:
    """Tell whether SQLite stores values as they are: not 5.0 as 5, nor NaN as NULL."""
    kinds = set(map(type, values)) - {type(None)}
    if not kinds:
        return True
    sql_type = stored(column).on_sqlite.sql_type
    if not any(isinstance(sql_type, one) and kinds == {kind} for one, kind in _STORED_AS_IT_IS):
        return False
    return float not in kinds or all(map(isfinite, _numbers(values)))


def _numbers(values: Iterable[object]) -> Iterator[float]:
    return (value for value in values if isinstance(value, float))
