"""What was accepted is answered as it was meant, byte for byte as the response model would."""

from __future__ import annotations

import asyncio
import datetime as dt
import decimal
import json
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy import Column, Integer, bindparam, insert
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.schema import CreateTable

from generator.runtime import columns
from generator.runtime.encode import Member, row_encoder
from generator.runtime.json_text import write_number, write_string
from generator.runtime.stored import DialectName
from tests.runtime.every_type import DIALECTS, WIRE, Answered, Sent, bodies, bound, members, things

INSERT = (
    insert(things)
    .values({column.name: bindparam(column.name) for column in things.c})
    .returning(*things.c)
)
HARD_NUMBERS = [0.0, -0.0, 1e16, 1e15, 123456789012345680.0, 5e-324, 1e-5, 1.7976931348623157e308]
HARD_TEXT = '\x01\x1f\x7f"\\/\b\f\n\r\t\u2028\u00e9\U0001f600'


class SQLite:
    """A STRICT table of every type in memory."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(str(CreateTable(things).compile(dialect=DIALECTS["sqlite"])))
        self.sql = str(INSERT.compile(dialect=DIALECTS["sqlite"]))

    def stored(self, sent: Sent) -> Sequence[object]:
        """Insert a body; return the row as the driver gives it."""
        values = tuple(bound(sent, "sqlite").values())
        (row,) = self.connection.execute(self.sql, values)
        return tuple(row)


class PostgreSQL:
    """The same on a real server, through asyncpg itself."""

    def __init__(self, url: str) -> None:
        self.runner = asyncio.Runner()
        self.engine = create_async_engine(url, json_deserializer=str)
        self.connection: AsyncConnection = self.runner.run(self._open())
        self.sql = str(INSERT.compile(dialect=DIALECTS["postgresql"]))

    async def _open(self) -> AsyncConnection:
        connection = await self.engine.connect()
        await connection.exec_driver_sql("SET search_path = pg_temp")
        await connection.execute(CreateTable(things))
        return connection

    async def _stored(self, sent: Sent) -> Sequence[object]:
        driver: Any = (await self.connection.get_raw_connection()).driver_connection
        (row,) = await driver.fetch(self.sql, *bound(sent, "postgresql").values())
        return tuple(row)

    def stored(self, sent: Sent) -> Sequence[object]:
        """Insert a body; return the row as the driver gives it."""
        return self.runner.run(self._stored(sent))

    def close(self) -> None:
        """Let go of the server."""
        self.runner.run(self.connection.close())
        self.runner.run(self.engine.dispose())
        self.runner.close()


@pytest.fixture(scope="module")
def in_sqlite() -> Iterator[SQLite]:
    """Open the table in SQLite."""
    opened = SQLite()
    yield opened
    opened.connection.close()


@pytest.fixture(scope="module")
def in_postgresql(postgres_url: str) -> Iterator[PostgreSQL]:
    """Open the table in PostgreSQL."""
    opened = PostgreSQL(postgres_url)
    yield opened
    opened.close()


def canonical(body: str) -> str:
    """Write a body as the response model does."""
    return Answered.model_validate_json(body).model_dump_json()


in_sqlite_encoded = row_encoder(members(), "sqlite").one
in_postgresql_encoded = row_encoder(members(), "postgresql").one


@pytest.mark.parametrize("key", WIRE)
@settings(max_examples=40)
@given(data=st.data())
def test_sqlite_answers_what_was_sent(in_sqlite: SQLite, key: str, data: st.DataObject) -> None:
    """Each type comes back from SQLite in canonical form, and is accepted again unchanged."""
    body = json.dumps({key: data.draw(WIRE[key])})
    sent = Sent.model_validate_json(body)
    answer = in_sqlite_encoded(in_sqlite.stored(sent))
    assert answer == canonical(body)
    assert answer == canonical(answer)
    assert Sent.model_validate(json.loads(body)) == sent
    assert Sent.model_validate_json(answer) == sent


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(body=bodies.map(json.dumps))
def test_postgresql_answers_the_same(
    in_sqlite: SQLite, in_postgresql: PostgreSQL, body: str
) -> None:
    """PostgreSQL and SQLite answer the same bytes, which are the response model's."""
    sent = Sent.model_validate_json(body)
    answer = in_postgresql_encoded(in_postgresql.stored(sent))
    assert answer == canonical(body)
    assert answer == in_sqlite_encoded(in_sqlite.stored(sent))


def strict(row: Sequence[object]) -> list[Member]:
    """Say of every column that holds a value that it cannot be null."""
    pairs = zip(members(), row, strict=True)
    return [member._replace(nullable=value is None) for member, value in pairs]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(body=bodies.map(json.dumps))
def test_columns_that_are_never_null_are_written_alike(
    in_sqlite: SQLite, in_postgresql: PostgreSQL, body: str
) -> None:
    """Not looking for nulls where there are none changes nothing, for one row or for many."""
    sent = Sent.model_validate_json(body)
    stored: dict[DialectName, Sequence[object]] = {
        "sqlite": in_sqlite.stored(sent),
        "postgresql": in_postgresql.stored(sent),
    }
    for dialect, row in stored.items():
        encoder = row_encoder(strict(row), dialect)
        assert encoder.one(row) == canonical(body)
        assert encoder.many([row, row]) == [canonical(body)] * 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(many=st.lists(bodies.map(json.dumps), max_size=4))
def test_many_rows_are_written_as_each_is(in_sqlite: SQLite, many: list[str]) -> None:
    """A list holds what each of its rows would be, nulls and values mixed."""
    rows = [in_sqlite.stored(Sent.model_validate_json(body)) for body in many]
    assert row_encoder(members(), "sqlite").many(rows) == [canonical(body) for body in many]


@pytest.mark.parametrize("nullable", [True, False])
@given(keys=st.lists(st.text(st.characters(exclude_categories=["Cs"])), unique=True, max_size=5))
@example(keys=["'", '"', "'''", '"""', "{v0}", "{{", "}", "\\", "\\N{DASH}", "\n", "$v", "%s", ""])
def test_any_key_is_safe(nullable: bool, keys: list[str]) -> None:
    """A key is text in the source of an encoder, and never code."""
    encoder = row_encoder([Member(key, columns.Text(), nullable) for key in keys], "sqlite")
    row = [f"value {at}" for at in range(len(keys))]
    assert json.loads(encoder.one(row)) == dict(zip(keys, row, strict=True))
    assert encoder.many([row]) == [encoder.one(row)]


@given(st.decimals(-(10**14), 10**14, places=4) | st.sampled_from(["-0.0001", "-0.9999", "0"]))
def test_scaled_decimals_are_written_as_pydantic_writes_them(number: decimal.Decimal | str) -> None:
    """The integer that SQLite keeps is written with its sign and all its decimals."""
    exact = decimal.Decimal(number).quantize(decimal.Decimal("0.0001"))
    bind = columns.Decimal(18, 4).binder("sqlite")
    assert bind is not None
    encode = row_encoder([Member("n", columns.Decimal(18, 4))], "sqlite").one
    zero = exact if exact else abs(exact)
    assert encode([bind(exact)]) == f'{{"n":"{zero:f}"}}'


@pytest.mark.parametrize("name", ["number", "numbers"])
def test_numbers_are_written_as_pydantic_writes_them(in_sqlite: SQLite, name: str) -> None:
    """Numbers at the edges of notation, and zero without a sign."""
    for number in HARD_NUMBERS:
        body = json.dumps({name: [number] if name == "numbers" else number})
        answer = in_sqlite_encoded(in_sqlite.stored(Sent.model_validate_json(body)))
        assert answer == canonical(body)
        assert "-0.0" not in answer


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_write_number_is_pydantics(number: float) -> None:
    """Any float is written as Pydantic writes it."""
    assert write_number(number) == TypeAdapter(float).dump_json(number).decode()


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.just(HARD_TEXT))
def test_write_string_is_pydantics(text: str) -> None:
    """Any text is escaped as Pydantic escapes it."""
    assert write_string(text) == TypeAdapter(str).dump_json(text).decode()


def test_a_row_without_columns_is_an_empty_object() -> None:
    """A model without stored fields is answered as an object."""
    encoder = row_encoder([], "sqlite")
    assert encoder.one(()) == "{}"
    assert encoder.many([(), ()]) == ["{}", "{}"]


def test_a_row_of_another_length_is_an_error() -> None:
    """A row is never cut short in silence."""
    encoder = row_encoder([Member("a", columns.Integer())], "sqlite")
    for row in ((), (1, 2)):
        with pytest.raises(ValueError, match="unpack"):
            encoder.one(row)
        with pytest.raises(ValueError, match="unpack"):
            encoder.many([(1,), row])


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("at", range(len(members())))
def test_a_null_that_cannot_be_is_an_error(dialect: DialectName, at: int) -> None:
    """A null in a column that has none is never answered: not as null, nor as `None` or `false`."""
    encoder = row_encoder([members()[at]._replace(nullable=False)], dialect)
    with pytest.raises(ValueError, match="holds null"):
        encoder.one([None])
    with pytest.raises(ValueError, match="holds null"):
        encoder.many([[None], [None]])


def test_a_secret_is_never_encoded() -> None:
    """An encoder for a secret cannot be made."""
    with pytest.raises(TypeError, match="never answered"):
        row_encoder([Member("password", columns.Secret())], "sqlite")


def test_a_foreign_type_is_refused() -> None:
    """A column that is not of our types cannot be answered by accident."""
    with pytest.raises(TypeError, match="size"):
        row_encoder([Member("size", Column("size", Integer()).type)], "sqlite")


def test_moments_without_a_zone_are_in_utc() -> None:
    """What asyncpg returns without a zone is written like all else."""
    encode = columns.DateTime().encoder("postgresql")
    moment = dt.datetime(9999, 12, 31, 23, 59, 59, 999999)
    assert encode(moment) == '"9999-12-31T23:59:59.999999Z"'
    assert columns.DateTime().decoder("postgresql")(moment).tzinfo is dt.UTC


def test_uuids_are_lower_case() -> None:
    """A UUID is written in lower case whatever it was sent as."""
    assert columns.Uuid().encoder("postgresql")(uuid.UUID(int=10)).endswith('a"')
