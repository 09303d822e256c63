"""Every type of the language at once: a table, its models, and values as clients send them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from hypothesis import strategies as st
from pydantic import Field
from sqlalchemy import Column, Dialect, MetaData, Table, make_url

from generator.runtime import columns
from generator.runtime.canonical import write_scaled
from generator.runtime.columns import metadata
from generator.runtime.encode import Member
from generator.runtime.grammar import GRAMMARS
from generator.runtime.models import RequestModel, ResponseModel, WireModel
from generator.runtime.stored import DialectName, Stored
from generator.runtime.wire_types import (
    Boolean,
    Date,
    DateTime,
    Decimal,
    Duration,
    Email,
    Integer,
    Json,
    Number,
    String,
    Time,
    UniqueItems,
    Url,
    Uuid,
)

DIALECTS: dict[DialectName, Dialect] = {
    "sqlite": make_url("sqlite+aiosqlite://").get_dialect()(),
    "postgresql": make_url("postgresql+asyncpg://").get_dialect()(),
}


class Part(RequestModel):
    """An object with a wire name and a default."""

    name: Annotated[String, Field(max_length=9)]
    unit_price: Annotated[Decimal, Field(alias="unitPrice", max_digits=9, decimal_places=7)]
    took: Duration | None = None


class Fields(WireModel):
    """A field of every type, in the order of the table's columns."""

    text: Annotated[String | None, Field(max_length=300)] = None
    email: Annotated[Email | None, Field(max_length=254)] = None
    url: Annotated[Url | None, Field(max_length=2048)] = None
    integer: Integer | None = None
    number: Number | None = None
    price: Annotated[Decimal | None, Field(alias="unitPrice", max_digits=18, decimal_places=4)] = (
        None
    )
    whole: Annotated[Decimal | None, Field(max_digits=18, decimal_places=0)] = None
    boolean: Boolean | None = None
    day: Date | None = None
    moment: DateTime | None = None
    clock: Time | None = None
    duration: Duration | None = None
    code: Uuid | None = None
    value: Json | None = None
    part: Part | None = None
    parts: list[Part] | None = None
    texts: Annotated[list[Annotated[String, Field(max_length=9)]], UniqueItems] | None = None
    numbers: list[Number] | None = None
    prices: list[Annotated[Decimal, Field(max_digits=9, decimal_places=8)]] | None = None
    durations: list[Duration] | None = None
    moments: list[DateTime] | None = None
    codes: list[Uuid] | None = None


class Sent(Fields, RequestModel):
    """A body."""


class Answered(Fields, ResponseModel):
    """An answer."""


things = Table(
    "things",
    MetaData(naming_convention=metadata.naming_convention),
    Column("text", columns.String(300)),
    Column("email", columns.String(254)),
    Column("url", columns.Text()),
    Column("integer", columns.Integer()),
    Column("number", columns.Number()),
    Column("price", columns.Decimal(18, 4)),
    Column("whole", columns.Decimal(18, 0)),
    Column("boolean", columns.Boolean()),
    Column("day", columns.Date()),
    Column("moment", columns.DateTime()),
    Column("clock", columns.Time()),
    Column("duration", columns.Duration()),
    Column("code", columns.Uuid()),
    *(
        Column(name, columns.Json())
        for name in (
            *("value", "part", "parts", "texts", "numbers"),
            *("prices", "durations", "moments", "codes"),
        )
    ),
    sqlite_strict=True,
)


def stored_type(name: str) -> Stored[Any]:
    """Return the type of a column."""
    type_ = things.c[name].type
    assert isinstance(type_, Stored)
    return type_


def members() -> list[Member]:
    """Pair the JSON keys of an answer with the types of their columns."""
    return [
        Member(field.alias or name, stored_type(name))
        for name, field in Answered.model_fields.items()
    ]


def bound(sent: Sent, dialect: DialectName) -> dict[str, object]:
    """Make the driver's values of a body."""
    values = {}
    for column in things.c:
        value, bind = getattr(sent, column.name), stored_type(column.name).binder(dialect)
        values[column.name] = value if value is None or bind is None else bind(value)
    return values


def _shifted(moment: dt.datetime, minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{moment.isoformat()}{sign}{hours:02}:{rest:02}"


def _in_range(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    except OverflowError:
        return False
    return True


def _decimals(digits: int, most: int) -> st.SearchStrategy[str]:
    limit = 10**digits - 1
    return st.integers(0, most).flatmap(
        lambda scale: st.integers(-limit, limit).map(lambda number: write_scaled(number, scale))
    )


def _regex(name: str, most: int) -> st.SearchStrategy[str]:
    return st.from_regex(GRAMMARS[name], fullmatch=True).filter(lambda text: len(text) <= most)


_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
_number = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**60), 2**60)
_moment = (
    st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
    | st.builds(_shifted, st.datetimes(), st.integers(-1439, 1439)).filter(_in_range)
    | st.sampled_from(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"])
)
_duration = _regex("Duration", 60)
_code = st.uuids().map(str) | st.uuids().map(lambda code: str(code).upper())
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(_text, inner),
    max_leaves=8,
)
_part = st.fixed_dictionaries(
    {"name": _text, "unitPrice": _decimals(2, 7)}, optional={"took": st.none() | _duration}
)

WIRE: Mapping[str, st.SearchStrategy[object]] = {
    "text": _text,
    "email": _regex("Email", 254),
    "url": _regex("Url", 2048),
    "integer": st.integers(-(2**53) + 1, 2**53 - 1) | st.integers(-99, 99).map(float),
    "number": _number,
    "unitPrice": _decimals(14, 4),
    "whole": _decimals(18, 0),
    "boolean": st.booleans(),
    "day": (st.dates() | st.sampled_from([dt.date.min, dt.date.max])).map(dt.date.isoformat),
    "moment": _moment,
    "clock": st.times().map(dt.time.isoformat),
    "duration": _duration,
    "code": _code,
    "value": _json.filter(lambda value: value is not None),
    "part": _part,
    "parts": st.lists(_part, max_size=3),
    "texts": st.lists(_text, max_size=3, unique=True),
    "numbers": st.lists(_number, max_size=3),
    "prices": st.lists(_decimals(1, 8), max_size=3),
    "durations": st.lists(_duration, max_size=3),
    "moments": st.lists(_moment, max_size=3),
    "codes": st.lists(_code, max_size=3),
}
"""Values that a client may send, by JSON key."""

bodies = st.fixed_dictionaries(
    {}, optional={key: st.none() | values for key, values in WIRE.items()}
)
"""Whole bodies."""
