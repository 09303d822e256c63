"""The types that models, paths and queries name: what each accepts, and as what Python value.

Text must match the type's grammar (`grammar.py`) before anything converts it. Python values of the
right type are taken too, so that models can be made in code. Lengths, patterns and bounds stand
after a type, as in `Annotated[String, Field(max_length=80)]`; the models of `models.py` see to it
that such a pattern narrows a type's own grammar instead of replacing it.
"""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AllowInfNan,
    BeforeValidator,
    Field,
    PlainSerializer,
    Strict,
    WrapValidator,
)

from .canonical import MICROSECOND, write_duration
from .convert import (
    boolean_parameter,
    date,
    datetime,
    duration,
    identifier,
    integer,
    integer_key,
    integer_parameter,
    json_value,
    number,
    number_parameter,
    time,
)
from .grammar import GRAMMARS
from .narrowing import Distinct, ExactDecimal, Text


class Repeated(str):
    """Stands for a single-valued parameter that came more than once; query models refuse it."""

    __slots__ = ()


class Empty(str):
    """Stands for a parameter without a value; query models refuse it."""

    __slots__ = ()


String = Annotated[str, Text(GRAMMARS["String"], "string_characters")]
Email = Annotated[str, Text(GRAMMARS["Email"], "email_format")]
Url = Annotated[str, Text(GRAMMARS["Url"], "url_format")]
Secret = String

Integer = Annotated[int, BeforeValidator(integer)]
"""Within ±(2^53 - 1); `5.0` is `5`."""
Number = Annotated[
    float,
    Strict(),
    AllowInfNan(False),
    BeforeValidator(number),
]
Boolean = Annotated[bool, Strict()]
Decimal = Annotated[decimal.Decimal, ExactDecimal()]
"""With `decimal_places`, at most so many are read, and exactly so many written."""

Date = Annotated[dt.date, BeforeValidator(date)]
DateTime = Annotated[dt.datetime, BeforeValidator(datetime)]
"""In UTC, whatever offset it came with."""
Time = Annotated[dt.time, BeforeValidator(time)]
Duration = Annotated[
    dt.timedelta,
    BeforeValidator(duration),
    PlainSerializer(
        lambda value: write_duration(value // MICROSECOND), return_type=str, when_used="json"
    ),
]
Uuid = Annotated[uuid.UUID, BeforeValidator(identifier)]
Json = Annotated[Any, AfterValidator(json_value)]
"""Any JSON value but a bare null."""

UniqueItems = Distinct()
"""Stands beside a list of scalars: `Annotated[list[Integer], UniqueItems]`."""

IntegerParameter = Annotated[int, BeforeValidator(integer_parameter)]
NumberParameter = Annotated[float, Strict(), BeforeValidator(number_parameter)]
BooleanParameter = Annotated[bool, Strict(), BeforeValidator(boolean_parameter)]
IntegerKey = Annotated[IntegerParameter, Field(ge=1), WrapValidator(integer_key)]
"""From 1. The contract's schema also accepts `5.0`, but a row has one URL: that is 404, not 422."""
UuidKey = Uuid
NaturalKey = Annotated[str, Text(GRAMMARS["NaturalKey"]), Field(max_length=64)]
Cursor = Annotated[str, Text(GRAMMARS["Cursor"])]
