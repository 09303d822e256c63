"""SQLite, PostgreSQL and Python give one value for every expression and every row.

Samples hold every operator of the language. Many more expressions are made at random from what fits
by kind; those that `understand` refuses are left out.
"""

from __future__ import annotations

import asyncio
import datetime
import decimal
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, get_args

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from generator.expressions import ExpressionError, Operand, Typed, translate, understand
from generator.expressions.infer import infer
from generator.expressions.parse import FUNCTIONS as FUNCTIONS_OF_THE_LANGUAGE
from generator.expressions.parse import PREFIXES, parse
from generator.expressions.quoting import RESERVED, quoted
from generator.expressions.sql import TINY
from generator.expressions.typed import Operator
from generator.ir import Expression
from generator.runtime import columns, three_valued
from generator.runtime.stored import Stored
from tests.expression_samples import OPERANDS, SAMPLES, expression, expressions, rows

FUNCTIONS = {
    name: one
    for name, one in vars(three_valued).items()
    if getattr(one, "__module__", "") == three_valued.__name__ and not name.startswith("_")
}
STORED_AS: Mapping[str, Stored[Any]] = {
    "integer": columns.Integer(),
    "number": columns.Number(),
    "boolean": columns.Boolean(),
    "text": columns.Text(),
    "date": columns.Date(),
    "datetime": columns.DateTime(),
    "time": columns.Time(),
    "duration": columns.Duration(),
    "uuid": columns.Uuid(),
    "list": columns.Json(),
    "opaque": columns.Json(),
}
Raw: TypeAlias = Any
"""A value as a driver returns it."""
ON_SQLITE = {"integer": int, "decimal": int, "boolean": int, "duration": int, "number": float}
"""What SQLite returns; for all other kinds text."""

PLAIN = settings(
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large,
                           HealthCheck.function_scoped_fixture],
)  # fmt: skip


def column_type(kind: str, operand: Operand | None = None, scale: int = 0) -> Stored[Any]:
    """How a value of a kind is stored."""
    if kind == "decimal":
        return columns.Decimal(18, operand.scale if operand else scale)
    return STORED_AS[kind]


def own_columns() -> list[sa.Column[Any]]:
    """A column for every operand."""
    return [
        sa.Column(name, column_type(one.kind, one), nullable=one.nullable)
        for name, one in OPERANDS.items()
    ]


things = sa.Table("expression_things", sa.MetaData(), *own_columns(), sqlite_strict=True)


@dataclass(slots=True)
class Databases:
    """A connection to each database, with the table."""

    sqlite: sa.Connection
    postgresql: AsyncConnection
    runner: asyncio.Runner

    def fill(self, table: sa.Table, values: Sequence[Mapping[str, object]]) -> None:
        """Put rows into a table of both, in this order."""
        numbered = [dict(one) for one in values]
        for one in numbered:
            self.sqlite.execute(sa.insert(table), one)
        self.runner.run(self._fill(table, numbered))

    async def _fill(self, table: sa.Table, values: list[dict[str, object]]) -> None:
        for one in values:
            await self.postgresql.execute(sa.insert(table), one)

    def accept(self, table: sa.Table, row: dict[str, object]) -> tuple[bool, bool]:
        """Whether each of both takes a row."""
        return self._on_sqlite(table, row), self.runner.run(self._on_postgresql(table, row))

    def _on_sqlite(self, table: sa.Table, row: dict[str, object]) -> bool:
        try:
            self.sqlite.execute(sa.insert(table), row)
        except IntegrityError:
            return False
        return True

    async def _on_postgresql(self, table: sa.Table, row: dict[str, object]) -> bool:
        try:
            async with self.postgresql.begin_nested():
                await self.postgresql.execute(sa.insert(table), row)
        except IntegrityError:
            return False
        return True

    def clear(self) -> None:
        """Take all rows away."""
        self.sqlite.execute(sa.delete(things))
        self.runner.run(self.postgresql.execute(sa.delete(things)))

    def on_sqlite(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask SQLite, and nothing between."""
        return [tuple(row) for row in self.sqlite.exec_driver_sql(sql)]

    def on_postgresql(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask PostgreSQL, and nothing between."""
        found = self.runner.run(self.postgresql.exec_driver_sql(sql))
        return [tuple(row) for row in found]


@pytest.fixture(scope="module")
def databases(postgres_url: str) -> Iterator[Databases]:
    """Open both, with the table in a transaction that never ends well."""
    engine = sa.create_engine("sqlite://")
    other = create_async_engine(postgres_url, json_deserializer=str)
    with asyncio.Runner() as runner, engine.connect() as sqlite:
        postgresql = runner.run(other.connect().start())
        things.metadata.create_all(sqlite)
        runner.run(postgresql.run_sync(things.metadata.create_all))
        yield Databases(sqlite, postgresql, runner)
        runner.run(postgresql.rollback())
        runner.run(postgresql.close())
        runner.run(other.dispose())
    engine.dispose()


def understood(text: str) -> Typed | None:
    """Understand an expression as a rule, or as the computation of a field that it fits."""
    try:
        root = infer(parse(text), OPERANDS)
        if root.kind == "boolean":
            return understand(text, OPERANDS)
        target = Operand(
            kind=root.kind, type_name=root.kind, nullable=root.nullable,
            range=root.range, scale=root.scale,
        )  # fmt: skip
        return understand(text, OPERANDS, target)
    except ExpressionError as error:
        assert 0 <= error.start < error.end <= len(text) + 1
        return None


def evaluated(expression: Expression, row: Mapping[str, object]) -> object:
    """What the Python translation gives."""
    known = {**FUNCTIONS, "row": row, "decimal": decimal, "datetime": datetime}
    return eval(expression.python, known)


def same(one: object, two: object) -> bool:
    """Whether two values are the same, with the sign of zero and the digits of a decimal."""
    if isinstance(one, float) and isinstance(two, float):
        return one == two and math.copysign(1, one) == math.copysign(1, two)
    if isinstance(one, decimal.Decimal) and isinstance(two, decimal.Decimal):
        return one == two
    return one == two and isinstance(one, bool) is isinstance(two, bool)


def ordered(sql: Sequence[str]) -> str:
    """Ask for several values of every row, in the order in which rows were put in."""
    return f"SELECT {', '.join(sql)} FROM expression_things ORDER BY many"


ROWS = st.lists(rows(), min_size=6, max_size=6, unique_by=lambda row: row["many"])


@settings(PLAIN, max_examples=20)
@given(ROWS)
def test_all_three_agree_on_every_sample(
    databases: Databases, values: list[dict[str, object]]
) -> None:
    """Whatever the language has was compared, not only what chance has made."""
    compare(databases, [one for one in map(understood, SAMPLES) if one is not None], values)


@settings(PLAIN, max_examples=30)
@given(st.lists(expressions(), min_size=40, max_size=40), ROWS)
def test_all_three_agree(
    databases: Databases, texts: list[str], values: list[dict[str, object]]
) -> None:
    """Each expression has one value in a row, whoever computes it."""
    compare(databases, [one for one in map(understood, texts) if one is not None], values)


def compare(
    databases: Databases, found: Sequence[Typed], values: Sequence[Mapping[str, object]]
) -> None:
    """Ask all three for every expression in every row."""
    if not found:
        return
    written = [translate(one, {}) for one in found]
    databases.clear()
    databases.fill(things, values)
    sqlite = databases.on_sqlite(ordered([one.sqlite for one in written]))
    postgresql = databases.on_postgresql(ordered([one.postgresql for one in written]))
    values = sorted(values, key=lambda row: int(str(row["many"])))
    for row, lite, post in zip(values, sqlite, postgresql, strict=True):
        for typed, one, raw, other in zip(found, written, lite, post, strict=True):
            agree(typed, one, row, raw, other)


def agree(
    typed: Typed, expression: Expression, row: Mapping[str, object], raw: Raw, other: Raw
) -> None:
    """Compare the three values, and hold them against what was proven."""
    root = typed.root
    value = evaluated(expression, row)
    stored = column_type(root.kind, scale=root.scale)
    told = f"{typed.text}\n{expression}\n{ {name: row[name] for name in typed.names} }"
    if raw is not None:
        assert type(raw) is ON_SQLITE.get(root.kind, str), told
        raw = stored.decoder("sqlite")(raw)
    if other is not None:
        other = stored.decoder("postgresql")(other)
    assert same(value, raw), f"Python {value!r}, SQLite {raw!r}: {told}"
    assert same(value, other), f"Python {value!r}, PostgreSQL {other!r}: {told}"
    assert value is not None or root.nullable, told
    if root.range is not None and isinstance(value, int | float | decimal.Decimal):
        assert root.range.low <= value <= root.range.high, told
    if isinstance(value, str) and root.values is not None:
        assert value in root.values, told


def test_samples_have_all_of_the_language() -> None:
    """Every operator, function and kind of literal, and all that Python needs for them."""
    found = [(text, understood(text)) for text in SAMPLES]
    assert [text for text, one in found if one is None] == []
    nodes = [node for _, one in found if one is not None for node in one.root]
    assert {node.operator for node in nodes} == set(get_args(Operator))
    assert FUNCTIONS_OF_THE_LANGUAGE.keys() <= {node.operator for node in nodes}
    assert set(PREFIXES) <= {node.kind for node in nodes if node.operator == "literal"}
    python = " ".join(translate(one, {}).python for _, one in found if one is not None)
    # That an integer becomes a number is for a field that wants one, which there is none of here.
    assert FUNCTIONS.keys() - set(re.findall(r"(\w+)\(", python)) == {"number"}


def test_most_expressions_are_understood() -> None:
    """What is made at random is not made in vain."""
    texts = [expression(seed) for seed in range(500)]
    assert sum(understood(text) is not None for text in texts) > 200


@settings(PLAIN, max_examples=4)
@given(
    st.lists(expressions(), min_size=40, max_size=40),
    st.lists(rows(), min_size=4, max_size=4, unique_by=lambda row: row["many"]),
)
def test_computed_columns_and_checks(
    databases: Databases, texts: list[str], values: list[dict[str, object]]
) -> None:
    """The same as computed columns that are stored, and as checks that are met or broken."""
    found = [one for one in map(understood, texts) if one is not None]
    written = [translate(one, {}) for one in found]
    computed: list[sa.Column[Any]] = [
        sa.Column(
            f"computed_{at}",
            column_type(typed.root.kind, scale=typed.root.scale),
            sa.Computed(columns.Sql(one.sqlite, one.postgresql), persisted=True),
        )
        for at, (typed, one) in enumerate(zip(found, written, strict=True))
    ]
    values = sorted(values, key=lambda row: int(str(row["many"])))
    with both_have(databases, computed) as table:
        databases.fill(table, values)
        names = ", ".join(["many", *(one.name for one in computed)])
        sql = f"SELECT {names} FROM tried ORDER BY many"
        pairs = zip(databases.on_sqlite(sql), databases.on_postgresql(sql), strict=True)
        for row, (lite, post) in zip(values, pairs, strict=True):
            for typed, one, raw, other in zip(found, written, lite[1:], post[1:], strict=True):
                agree(typed, one, row, raw, other)
    for typed, one in zip(found, written, strict=True):
        if typed.root.kind == "boolean":
            checked(databases, one, values)


def checked(databases: Databases, one: Expression, values: Sequence[dict[str, object]]) -> None:
    """A row goes in exactly where the rule is not false."""
    rule = sa.CheckConstraint(columns.Sql(one.sqlite, one.postgresql), name="ck_tried_rule")
    with both_have(databases, [rule]) as table:
        for row in values:
            holds = evaluated(one, row) is not False
            assert databases.accept(table, row) == (holds, holds), (one, row)


@contextmanager
def both_have(
    databases: Databases, more: Sequence[sa.Column[Any] | sa.CheckConstraint]
) -> Iterator[sa.Table]:
    """Make a table with more than the usual columns in both, for a while."""
    table = sa.Table("tried", sa.MetaData(), *own_columns(), *more, sqlite_strict=True)
    point = databases.runner.run(databases.postgresql.begin_nested().start())
    try:
        table.create(databases.sqlite)
        databases.runner.run(databases.postgresql.run_sync(table.create))
        yield table
    finally:
        table.drop(databases.sqlite, checkfirst=True)
        databases.runner.run(point.rollback())


def test_the_nearest_to_zero_is_one_double() -> None:
    """SQLite reads the text of the border as the double that Python means."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as sqlite:
        assert sqlite.exec_driver_sql(f"SELECT {TINY}").scalar() == 2.0**-500
    engine.dispose()


@pytest.mark.parametrize("word", sorted(RESERVED | {"date", "time", "interval", "text", "name"}))
def test_reserved_words_are_columns(word: str) -> None:
    """A column may be called like a word of SQLite's."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as sqlite:
        sqlite.exec_driver_sql(f'CREATE TABLE t ("{word}" INTEGER CHECK ({quoted(word)} > 1))')
    engine.dispose()


def test_every_reserved_word_of_postgresql_is_quoted(databases: Databases) -> None:
    """What the server itself lists as reserved is among ours."""
    sql = "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')"
    assert {row[0] for row in databases.on_postgresql(sql)} <= RESERVED
