"""Conversions between Python values and what drivers take and return.

The text forms are SQLite's; they have a fixed width, so that their order is that of the values.
PostgreSQL is sent days and moments as text too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from .canonical import MICROSECOND

_NO_FRACTION = ".000000"

# What encoders are made of where a call for each value would cost more: see `encode.py`.
BOOLEAN_SOURCE = "{'true' if $v else 'false'}"
NUMBER_SOURCE = "{to_json($v if $v.__class__ is float else float($v)).decode()}"
"""SQLite's RETURNING gives an integer where a REAL has no fraction."""


def scaled_source(scale: int) -> str:
    """Write `canonical.write_scaled` of one scale, with its quotes."""
    if scale == 0:
        return '"{$v}"'
    split = f"'%d.%0{scale}d' % divmod(abs($v), {10**scale})"
    return f"\"{{'-' if $v < 0 else ''}}{{{split}}}\""


def datetime_text(value: dt.datetime) -> str:
    """Write 26 characters, in UTC: `2026-11-22 10:00:00.000000`."""
    utc = value.astimezone(dt.UTC).replace(tzinfo=None)
    return utc.isoformat(sep=" ", timespec="microseconds")


def datetime_text_utc(value: dt.datetime) -> str:
    """Write the same with its offset, for a server that might be in another time zone."""
    return f"{datetime_text(value)}+00"


def text_datetime(text: str) -> dt.datetime:
    """Read what `datetime_text` wrote."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def datetime_text_json(text: str) -> str:
    """Write the JSON of what `datetime_text` wrote."""
    return f'"{text[:10]}T{text[11:].removesuffix(_NO_FRACTION)}Z"'


def time_text(value: dt.time) -> str:
    """Write 15 characters: `10:00:00.000000`."""
    return value.isoformat(timespec="microseconds")


def time_text_json(text: str) -> str:
    """Write the JSON of what `time_text` wrote."""
    return f'"{text.removesuffix(_NO_FRACTION)}"'


def scaler(scale: int) -> Callable[[Decimal], int]:
    """Return what makes a decimal the integer whose last `scale` digits are its decimals."""

    def scaled(value: Decimal) -> int:
        shifted = value.scaleb(scale)
        integer = int(shifted)
        if integer != shifted:
            raise ValueError(f"more than {scale} decimals")
        return integer

    return scaled


def unscaler(scale: int) -> Callable[[int], Decimal]:
    """Return the inverse of `scaler`, with exactly `scale` decimals."""
    return lambda value: Decimal(value).scaleb(-scale)


def aware_datetime(value: dt.datetime) -> dt.datetime:
    """Give a time zone to what asyncpg returns for infinities, the only ones that have none."""
    return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value


def microseconds(value: dt.timedelta) -> int:
    """Count the microseconds."""
    return value // MICROSECOND


def duration(count: int) -> dt.timedelta:
    """Return the inverse of `microseconds`."""
    return count * MICROSECOND
