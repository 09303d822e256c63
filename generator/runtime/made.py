"""Values that the server makes where a client sends none.

Each takes the instant of the request, so that all times of one statement are the same.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

Maker = Callable[[datetime], object]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def now(instant: datetime) -> datetime:
    """Make the time of the request."""
    return instant


def today(instant: datetime) -> date:
    """Make the date of the request, in UTC."""
    return instant.date()


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
