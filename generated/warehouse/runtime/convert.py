"""What the wire types do with a value that arrives: refuse it, or make it the Python value.

The errors are of Pydantic's own kinds where one fits, else of those in `ERRORS`.
"""

from __future__ import annotations

import datetime as dt
import decimal
import math
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidatorFunctionWrapHandler
from pydantic_core import PydanticCustomError, PydanticKnownError

from .canonical import read_decimal, read_duration, write_decimal
from .grammar import matches

T = TypeVar("T")

MAX_SAFE_INTEGER = 2**53 - 1
"""Every JSON reader keeps integers up to here exact (RFC 7493)."""
_LONGEST_INTEGER = 20
NO_ROW = 0
"""No row has this key: they begin with 1."""

ERRORS = {
    "string_characters": "Not text without NUL and without halves of surrogate pairs",
    "decimal_format": "Not a decimal number in a string, such as '12.50'",
    "date_format": "Not a date, such as '2026-11-22'",
    "datetime_format": "Not a date and time with an offset, such as '2026-11-22T10:00:00Z'",
    "datetime_range": "Not within the years 1 to 9999 in UTC",
    "time_format": "Not a time of day, such as '09:30:00'",
    "duration_format": "Not a duration in days, hours, minutes and seconds, such as 'P1DT2H30M'",
    "uuid_format": "Not a UUID of 36 characters",
    "email_format": "Not an e-mail address",
    "url_format": "Not an http or https URL",
    "json_null": "Must not be null",
    "json_value": "Not a JSON value",
    "unique_items": "Two items are equal",
    "repeated_parameter": "Given more than once",
    "empty_parameter": "Given without a value",
}
"""Kinds of errors that Pydantic does not know, each with its message."""


def refusal(kind: str) -> PydanticCustomError:
    """Make the error of a kind in `ERRORS`."""
    return PydanticCustomError(kind, ERRORS[kind])


def integer(value: object) -> int:
    """Take an integral number within what JSON readers keep exact."""
    if type(value) is int and -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return value
    if isinstance(value, float):
        if not value.is_integer():
            raise PydanticKnownError("int_from_float" if math.isfinite(value) else "finite_number")
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return _within(value)


def integer_parameter(value: object) -> int:
    """Take a canonical integer."""
    if not isinstance(value, str):
        return integer(value)
    if not matches("IntegerParameter", value):
        raise PydanticKnownError("int_parsing")
    # Python refuses to convert thousands of digits; the sign says on which side they lie.
    kept = value if len(value) <= _LONGEST_INTEGER else value[:_LONGEST_INTEGER]
    return _within(int(kept))


def integer_key(value: object, key: ValidatorFunctionWrapHandler) -> int:
    """Take a canonical key; `5.0`, an integer to JSON Schema, is well-formed, but no row's."""
    if isinstance(value, str) and value.endswith(".0"):
        key(value.removesuffix(".0"))
        return NO_ROW
    taken: int = key(value)
    return taken


def _within(value: int) -> int:
    if value > MAX_SAFE_INTEGER:
        raise PydanticKnownError("less_than_equal", {"le": MAX_SAFE_INTEGER})
    if value < -MAX_SAFE_INTEGER:
        raise PydanticKnownError("greater_than_equal", {"ge": -MAX_SAFE_INTEGER})
    return value


def number(value: object) -> object:
    """Refuse an integer that no float can hold, and leave the rest to Pydantic.

    -0.0 becomes zero: the databases would not agree on it.
    """
    if isinstance(value, float):
        return value + 0.0
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            raise PydanticKnownError("finite_number") from None
    return value


def number_parameter(value: object) -> object:
    """Take a number as JSON writes it."""
    if not isinstance(value, str):
        return number(value)
    if not matches("NumberParameter", value):
        raise PydanticKnownError("float_parsing")
    converted = float(value)
    if math.isinf(converted):
        raise PydanticKnownError("finite_number")
    return converted + 0.0


def boolean_parameter(value: object) -> object:
    """Take `true` and `false`."""
    if not isinstance(value, str):
        return value
    if not matches("BooleanParameter", value):
        raise PydanticKnownError("bool_parsing")
    return value == "true"


def decimal_text(value: object, places: int | None) -> decimal.Decimal:
    """Take the text of a decimal with at most so many decimals, and make them so many."""
    if isinstance(value, decimal.Decimal) and value.is_finite():
        value = write_decimal(value)
    if not isinstance(value, str) or not matches("Decimal", value):
        raise refusal("decimal_format")
    try:
        return read_decimal(value, places)
    except ValueError:
        raise PydanticKnownError("decimal_max_places", {"decimal_places": places}) from None


def _reader(
    kind: type[T], grammar: str, error: str, read: Callable[[str], T]
) -> Callable[[Any], T]:
    def convert(value: object) -> T:
        if isinstance(value, str) and matches(grammar, value):
            try:
                return read(value)
            except ValueError:
                raise refusal(error) from None
        if isinstance(value, kind):
            return value
        raise refusal(error)

    return convert


time = _reader(dt.time, "Time", "time_format", dt.time.fromisoformat)
identifier = _reader(uuid.UUID, "Uuid", "uuid_format", uuid.UUID)
_span = _reader(dt.timedelta, "Duration", "duration_format", read_duration)
_date = _reader(dt.date, "Date", "date_format", dt.date.fromisoformat)
_moment = _reader(dt.datetime, "DateTime", "datetime_format", dt.datetime.fromisoformat)


def date(value: object) -> dt.date:
    """Take a day; Python counts a moment as one, the wire does not."""
    if isinstance(value, dt.datetime):
        raise refusal("date_format")
    return _date(value)


def datetime(value: object) -> dt.datetime:
    """Take a moment with an offset, and give it in UTC."""
    moment = _moment(value)
    if moment.tzinfo is None:
        raise refusal("datetime_format")
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError:
        raise refusal("datetime_range") from None


def duration(value: object) -> dt.timedelta:
    """Take a length of time."""
    span = _span(value)
    if span < dt.timedelta(0):
        raise refusal("duration_format")
    return span


def json_value(value: object) -> object:
    """Take what JSON can say, but for a null on its own."""
    if value is None:
        raise refusal("json_null")
    if not _is_json(value):
        raise refusal("json_value")
    return value


def _is_json(value: object) -> bool:
    if value is None or isinstance(value, bool | int):
        return True
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, str):
        return _is_unicode(value)
    if isinstance(value, list):
        return all(_is_json(item) for item in value)
    return isinstance(value, dict) and all(
        isinstance(key, str) and _is_unicode(key) and _is_json(item) for key, item in value.items()
    )


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def distinct(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    """Refuse a list of scalars that holds one twice, after its items have been seen to."""
    taken = handler(value)
    # JSON tells true from 1, and Python does not; 1 and 1.0 are equal in both.
    if isinstance(value, list):
        known = {(isinstance(item, bool), item) for item in value}
        if len(known) < len(value):
            raise refusal("unique_items")
    return taken
