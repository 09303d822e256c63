"""The storage types: what a table declares, what a driver is given, what its values are in JSON.

A type works in two ways that share their functions: through SQLAlchemy as any other type, and next
to it, where the runtime gives values to the driver itself (`binder`) and reads its raw rows
(`encoder`, `decoder`). SQLite tables are STRICT, so every type there is INTEGER, REAL or TEXT.
"""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from typing import Any

import sqlalchemy as sa
from pydantic_core import from_json
from sqlalchemy import event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import UserDefinedType

from . import raw_values as raw
from .canonical import (
    write_date,
    write_datetime,
    write_decimal,
    write_duration,
    write_scaled,
    write_time,
)
from .json_text import quoted, write_boolean, write_json, write_number, write_string
from .stored import DialectName, Encoder, Storage, Stored, unchanged

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "%(constraint_name)s",  # checks always have a name, and give the whole of it
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""The tables of one service."""

BY_CODE_POINT = "C"
"""PostgreSQL's collation in which text compares as it does in Python and in SQLite."""


class Sql(sa.ColumnElement[Any]):
    """SQL as it is, in a CHECK or for a computed column: one text, or one for each database."""

    inherit_cache = False

    def __init__(self, sqlite: str, postgresql: str | None = None) -> None:
        self.texts = {"sqlite": sqlite, "postgresql": sqlite if postgresql is None else postgresql}


@compiles(Sql)
def _write_sql(element: Sql, compiler: SQLCompiler, **_: object) -> str:
    return element.texts[compiler.dialect.name]


class PostgreSQLType(UserDefinedType[Any]):
    """A SQL type by its name alone, where SQLAlchemy would write another or convert values."""

    cache_ok = True
    render_bind_cast = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_: object) -> str:
        """Write the name."""
        return self.name


class PostgreSQLText(PostgreSQLType):
    """A SQL type whose values are sent as text.

    asyncpg sends the first and the last day and moment that Python knows as infinities, which are
    other values to PostgreSQL: a 9999-12-31 that somebody else wrote would not be found by it.
    """

    cache_ok = True
    render_bind_cast = False

    def bind_expression(self, bindvalue: sa.BindParameter[Any]) -> sa.ColumnElement[Any]:
        """Have the server read the text."""
        return sa.cast(sa.cast(bindvalue, sa.TEXT()), self)


class String(Stored[str]):
    """Text of a stated length."""

    impl = sa.String
    cache_ok = True
    on_sqlite = Storage(sa.TEXT(), write_string)

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length
        self.on_postgresql = Storage(sa.String(length, collation=BY_CODE_POINT), write_string)


class Text(Stored[str]):
    """Long text."""

    impl = sa.Text
    cache_ok = True
    on_sqlite = Storage(sa.TEXT(), write_string)
    on_postgresql = Storage(PostgreSQLType(f'TEXT COLLATE "{BY_CODE_POINT}"'), write_string)


class Secret(Text):
    """The hash of a secret. It is never answered: there is nothing that would encode it."""

    cache_ok = True

    def encoder(self, dialect: DialectName) -> Encoder:
        """Refuse."""
        raise TypeError("a secret is never answered")


class Integer(Stored[int]):
    """An integer of up to 64 bits."""

    impl = sa.BigInteger
    cache_ok = True
    on_sqlite = Storage(sa.INTEGER(), str, source="{$v}")
    on_postgresql = Storage(sa.BIGINT(), str, source="{$v}")


class IntegerKey(Integer):
    """A key that the database makes, and never makes again (on SQLite by AUTOINCREMENT)."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__()
        event.listen(self, "before_parent_attach", _make_identity)


def _make_identity(_: IntegerKey, column: sa.Column[int]) -> None:
    if column.identity is None:
        sa.Identity(always=False)._set_parent(column)


class Version(Integer):
    """How often a row has changed: what its entity tag says. A table has one or none."""

    cache_ok = True


class Number(Stored[float]):
    """A double."""

    impl = sa.Double
    cache_ok = True
    on_sqlite = Storage(sa.REAL(), write_number, bind=float, decode=float, source=raw.NUMBER_SOURCE)
    on_postgresql = Storage(
        PostgreSQLType("DOUBLE PRECISION"), write_number, bind=float, source=raw.NUMBER_SOURCE
    )


class Decimal(Stored[decimal.Decimal]):
    """An exact decimal. SQLite keeps it as an integer, scaled."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision = precision
        self.scale = scale
        self.on_sqlite = Storage(
            sa.INTEGER(),
            encode=lambda value: f'"{write_scaled(value, scale)}"',
            bind=raw.scaler(scale),
            decode=raw.unscaler(scale),
            source=raw.scaled_source(scale),
        )
        self.on_postgresql = Storage(
            sa.Numeric(precision, scale), quoted(write_decimal), source='"{$v:f}"'
        )


class Boolean(Stored[bool]):
    """True or false. SQLite keeps 1 or 0."""

    impl = sa.Boolean
    cache_ok = True
    on_sqlite = Storage(
        sa.INTEGER(), write_boolean, bind=int, decode=bool, source=raw.BOOLEAN_SOURCE
    )
    on_postgresql = Storage(sa.Boolean(), write_boolean, source=raw.BOOLEAN_SOURCE)


class Date(Stored[dt.date]):
    """A day."""

    impl = sa.Date
    cache_ok = True
    on_sqlite = Storage(
        sa.TEXT(),
        quoted(unchanged),
        bind=write_date,
        decode=dt.date.fromisoformat,
        source='"{$v}"',
    )
    on_postgresql = Storage(
        PostgreSQLText("DATE"), quoted(write_date), bind=write_date, source='"{$v.isoformat()}"'
    )


class DateTime(Stored[dt.datetime]):
    """A moment, in UTC."""

    impl = sa.DateTime
    cache_ok = True
    on_sqlite = Storage(
        sa.TEXT(),
        raw.datetime_text_json,
        bind=raw.datetime_text,
        decode=raw.text_datetime,
        source="""\"{$v[:10]}T{$v[11:].removesuffix('.000000')}Z\"""",
    )
    on_postgresql = Storage(
        PostgreSQLText("TIMESTAMP WITH TIME ZONE"),
        quoted(write_datetime),
        bind=raw.datetime_text_utc,
        decode=raw.aware_datetime,
        # The first and the last moment have no offset here, all others this one.
        source="""\"{$v.isoformat().removesuffix('+00:00')}Z\"""",
    )


class UpdatedAt(DateTime):
    """When a row was last changed, also by what happened to others. A table has one or none."""

    cache_ok = True


class DeletedAt(DateTime):
    """When a row was deleted; null while it lives. A table has one such column or none."""

    cache_ok = True


class Time(Stored[dt.time]):
    """A time of day, of no time zone."""

    impl = sa.Time
    cache_ok = True
    on_sqlite = Storage(
        sa.TEXT(),
        raw.time_text_json,
        bind=raw.time_text,
        decode=dt.time.fromisoformat,
        source="""\"{$v.removesuffix('.000000')}\"""",
    )
    on_postgresql = Storage(sa.Time(), quoted(write_time), source='"{$v.isoformat()}"')


class Duration(Stored[dt.timedelta]):
    """A length of time: microseconds."""

    impl = sa.BigInteger
    cache_ok = True
    on_sqlite = Storage(
        sa.INTEGER(), quoted(write_duration), bind=raw.microseconds, decode=raw.duration
    )
    on_postgresql = Storage(
        sa.BIGINT(), quoted(write_duration), bind=raw.microseconds, decode=raw.duration
    )


class Uuid(Stored[uuid.UUID]):
    """A UUID. SQLite keeps its 36 characters."""

    impl = sa.Uuid
    cache_ok = True
    on_sqlite = Storage(sa.TEXT(), quoted(unchanged), bind=str, decode=uuid.UUID, source='"{$v}"')
    on_postgresql = Storage(sa.Uuid(), quoted(str), source='"{$v!s}"')


class Json(Stored[Any]):
    """A list, an object or any JSON value, as the text that is answered.

    The engine must have been made with `json_deserializer=str`, so that asyncpg returns text.
    """

    impl = sa.JSON
    cache_ok = True
    on_sqlite = Storage(sa.TEXT(), unchanged, bind=write_json, decode=from_json, source="{$v}")
    on_postgresql = Storage(
        PostgreSQLType("JSON"), unchanged, bind=write_json, decode=from_json, source="{$v}"
    )
