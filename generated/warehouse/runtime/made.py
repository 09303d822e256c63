"""Values that the server makes where a client sends none.

Each takes the instant of the request, so that all times of one statement are the same.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, Table, bindparam

from .columns import UpdatedAt, Version

Maker = Callable[[datetime], object]

Made = Mapping[str, Maker | object]
"""By column: what makes a value, the value itself, or the SQL that is one."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def now(instant: datetime) -> datetime:
    """Make the time of the request."""
    return instant


def today(instant: datetime) -> date:
    """Make the date of the request, in UTC."""
    return instant.date()


def fresh_version(instant: datetime) -> int:
    """Make the first version of a row whose key may have been another's: it was never told."""
    return (instant - EPOCH) // MICROSECOND


def uuid4(_instant: datetime) -> uuid.UUID:
    """Make a random UUID."""
    return uuid.uuid4()


def uuid7(instant: datetime) -> uuid.UUID:
    """Make a UUID that sorts by time (RFC 9562), to the microsecond."""
    microseconds = (instant - EPOCH) // MICROSECOND
    milliseconds, rest = divmod(microseconds, 1000)
    fraction = rest * 4096 // 1000
    random = int.from_bytes(os.urandom(8), "big") & (2**62 - 1)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | random)


def made(makers: Made, instant: datetime) -> dict[str, object]:
    """Make the server's values, all at one instant."""
    if not makers:
        return {}
    return {name: make(instant) if callable(make) else make for name, make in makers.items()}


def raised(table: Table) -> dict[str, ColumnElement[object]]:
    """Assign what changes in a row whenever it changes; the instant is the parameter `now__`."""
    assigned: dict[str, ColumnElement[object]] = {}
    for column in table.c:
        if isinstance(column.type, Version):
            assigned[column.key] = column + 1
        if isinstance(column.type, UpdatedAt):
            assigned[column.key] = bindparam("now__", type_=column.type)
    return assigned
