"""Values and the one text that each is answered as: `read_*` from the wire, `write_*` to it.

`read_*` takes text that already matches its grammar; it raises ValueError where no value is meant
(too many decimals). What Python reads exactly so itself (dates, times, UUIDs) has no function here.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
_UNITS = (("D", 86_400 * _SECOND, 9_999_999), ("H", 3_600 * _SECOND, 99_999_999))
_MINUTE = 60 * _SECOND
_MOST = 99_999_999
_DURATION = re.compile(
    r"P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]+))?S)?)?", re.ASCII
)


def read_decimal(text: str, places: int | None = None) -> Decimal:
    """Convert, with exactly so many decimals where a number is given."""
    whole, _, fraction = text.partition(".")
    if places is None:
        return Decimal(text)
    if len(fraction) > places:
        raise ValueError("too many decimals")
    return Decimal(f"{whole}.{fraction.ljust(places, '0')}" if places else whole)


def write_decimal(value: Decimal) -> str:
    """Write without an exponent, with the decimals that the value has."""
    return f"{value:f}"


def write_scaled(value: int, scale: int) -> str:
    """Write the decimal that an integer means when its last digits are decimals."""
    if scale == 0:
        return str(value)
    digits = str(abs(value)).rjust(scale + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-scale]}.{digits[-scale:]}"


def write_datetime(value: datetime) -> str:
    """Write a value in UTC; one without a time zone is taken to be in UTC."""
    # asyncpg returns the first and the last moment that it knows without a time zone.
    return f"{value.replace(tzinfo=None).isoformat()}Z"


def write_time(value: time) -> str:
    """Write with six digits of a second, or none."""
    return value.isoformat()


def write_date(value: date) -> str:
    """Write with four digits of a year."""
    return value.isoformat()


def read_duration(text: str) -> timedelta:
    """Convert days, hours, minutes and seconds."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError("not a duration")
    days, hours, minutes, seconds, fraction = found.groups(default="0")
    return timedelta(
        days=int(days),
        hours=int(hours),
        minutes=int(minutes),
        seconds=int(seconds),
        microseconds=int(fraction.ljust(6, "0")),
    )


def write_duration(microseconds: int) -> str:
    """Write the largest units first, so many of each as the grammar holds: `P1DT30M`, `PT0S`."""
    rest, parts = microseconds, []
    for unit, size, most in _UNITS:
        count = min(rest // size, most)
        rest -= count * size
        parts.append(f"{count}{unit}" if count else "")
    minutes = min(rest // _MINUTE, _MOST)
    rest -= minutes * _MINUTE
    seconds, fraction = divmod(rest, _SECOND)
    clock = parts[1] + (f"{minutes}M" if minutes else "") + _write_seconds(seconds, fraction)
    if parts[0] and not clock:
        return f"P{parts[0]}"
    return f"P{parts[0]}T{clock or '0S'}"


def _write_seconds(seconds: int, fraction: int) -> str:
    if fraction:
        return f"{seconds}.{fraction:06d}".rstrip("0") + "S"
    return f"{seconds}S" if seconds else ""
