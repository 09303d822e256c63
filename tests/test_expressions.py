"""Expressions: how they are read, typed, proven and translated; mistakes at their characters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.expressions import ExpressionError, Operand, operand, operands, translate, understand
from generator.expressions.tokens import LONGEST
from generator.field_types import FIELD_TYPES
from generator.ir import Expression, Field, Type
from tests.expression_samples import OPERANDS

LETTERS = "few delta()+-*/%<=>!'\"[],.0123\n"
WORDS = """
few delta_or_null price weight order 'a' 0.5 7 date'2026-11-22' ( ) [ ] , + - * / % == <= > and or
not in is null true len( coalesce( abs( lower( state
"""


def written(text: str) -> Expression:
    """Translate a rule over the sample columns."""
    return translate(understand(text, OPERANDS), {})


def refused(text: str, target: Operand | None = None) -> tuple[str, str]:
    """The characters that are wrong, and the code."""
    with pytest.raises(ExpressionError) as error:
        understand(text, OPERANDS, target)
    return text[error.value.start : error.value.end], error.value.code


@pytest.mark.parametrize(
    ("text", "sqlite", "postgresql", "python"),
    [
        ("few <= delta", "few <= delta", None, 'row["few"] <= row["delta"]'),
        ("few <= delta_or_null", "few <= delta_or_null", None,
         'at_most(row["few"], row["delta_or_null"])'),
        ("not (few == 1 or active) and delta != 2", "NOT (few = 1 OR active) AND delta <> 2", None,
         'not (row["few"] == 1 or row["active"]) and row["delta"] != 2'),
        ("few - (delta - 1) < 3", "few - (delta - 1) < 3", None,
         'row["few"] - (row["delta"] - 1) < 3'),
        ("few - delta - 1 < -3", "few - delta - 1 < -3", None,
         'row["few"] - row["delta"] - 1 < -3'),
        ("price * 1.5 < 3", "price * 15 < 3000", "price * 1.5 < 3",
         'row["price"] * decimal.Decimal("1.5") < 3'),
        ("rate < price", "rate < price * 100", "rate < price", 'row["rate"] < row["price"]'),
        ("few / delta == 0.5",
         "CAST(few AS REAL) / NULLIF(CAST(delta AS REAL), 0) + 0.0 = 0.5",
         "CAST(few AS DOUBLE PRECISION) / NULLIF(CAST(delta AS DOUBLE PRECISION), 0) + 0.0 = 0.5",
         'equal(quotient(row["few"], row["delta"]), 0.5)'),
        ("weight > 0.1", "weight > (1.0 / 10.0)", "weight > 0.1", 'row["weight"] > 0.1'),
        ("few % 7 == 0", "few % 7 = 0", None, 'remainder(row["few"], 7) == 0'),
        ("few * weight > 1", "few * weight > 1.0", None, 'row["few"] * row["weight"] > 1'),
        ("order == 'it''s'", "\"order\" = 'it''s'", None, "row[\"order\"] == \"it's\""),
        ("note < lower('A' + 'B')", "note < 'ab'", None, "row[\"note\"] < 'ab'"),
        ("len(tags) > 2", "json_array_length(tags) > 2", None, 'len(row["tags"]) > 2'),
        ("len(note) + 1 > 2", "length(note) + 1 > 2", "CAST(length(note) AS BIGINT) + 1 > 2",
         'len(row["note"]) + 1 > 2'),
        ("state in ['new', 'used']", "state IN ('new', 'used')", None,
         "row[\"state\"] in ('new', 'used')"),
        ("few_or_null not in [1]", "few_or_null NOT IN (1)", None,
         'none_of(row["few_or_null"], (1,))'),
        ("extra_or_null is not null", "extra_or_null IS NOT NULL", None,
         'row["extra_or_null"] is not None'),
        ("day >= date'2026-11-22'", "day >= '2026-11-22'", "day >= DATE '2026-11-22'",
         'row["day"] >= datetime.date(2026, 11, 22)'),
        ("seen < datetime'2026-11-22T11:00:00+01:00'", "seen < '2026-11-22 10:00:00.000000'",
         "seen < TIMESTAMPTZ '2026-11-22 10:00:00+00'",
         'row["seen"] < datetime.datetime(2026, 11, 22, 10, 0, tzinfo=datetime.UTC)'),
        ("clock == time'09:00:00'", "clock = '09:00:00.000000'", "clock = TIME '09:00:00'",
         'row["clock"] == datetime.time(9, 0)'),
        ("took < duration'PT5M'", "took < 300000000", None,
         'row["took"] < datetime.timedelta(seconds=300)'),
        ("lower(order) + note == coalesce(note_or_null, '')",
         "lower(\"order\") || note = coalesce(note_or_null, '')", None,
         'lower(row["order"]) + row["note"] == known_or(row["note_or_null"], \'\')'),
        ("abs(-delta) == -(-few)", "abs(-delta) = -(-few)", None,
         'abs(-row["delta"]) == -(-row["few"])'),
        ("code == code_or_null", "code = code_or_null", None,
         'equal(row["code"], row["code_or_null"])'),
    ],
)  # fmt: skip
def test_translations(text: str, sqlite: str, postgresql: str | None, python: str) -> None:
    """Each construct, as the databases and the service read it."""
    found = written(text)
    assert found.sqlite == sqlite
    assert found.postgresql == (postgresql or sqlite)
    assert found.python == python


def test_a_product_of_numbers_guards_against_tiny_ones() -> None:
    """PostgreSQL would refuse a product that is too small for a double."""
    near = "CASE WHEN abs({0}) < 3.0549363634996047e-151 THEN 0.0 ELSE {0} END"
    product = f"{near.format('weight')} * {near.format('shift')} + 0.0 > 1.0"
    assert written("weight * shift > 1").sqlite == product
    assert written("weight * shift > 1").python == 'number_times(row["weight"], row["shift"]) > 1'


@pytest.mark.parametrize(
    ("text", "where", "code"),
    [
        ("few > 1 > 0", ">", "bad-expression"),
        ("fwe > 1", "fwe", "expression-name"),
        ("state == 'nwe'", "'nwe'", "expression-name"),
        ("order > 1", ">", "expression-type"),
        ("price + weight > 1", "+", "expression-type"),
        ("few", "few", "expression-type"),
        ("few > 1 and (delta)", "delta", "expression-type"),
        ("few + many * many > 1", "*", "expression-range"),
        ("free * 2.5 > 1", "*", "expression-range"),
        ("weight / free > 1", "/", "expression-range"),
        ("long * long > 1", "*", "expression-range"),
        ("extra == 1", "extra", "expression-type"),
        ("few is null", "few", "expression-type"),
        ("", "", "bad-expression"),
        ("'a' < 'b'", "<", "expression-type"),
    ],
)
def test_mistakes_are_at_their_characters(text: str, where: str, code: str) -> None:
    """The first thing that is wrong, and nothing around it."""
    assert refused(text) == (where, code)


def test_the_help_names_the_field_to_bound() -> None:
    """It is the one that reaches farthest."""
    with pytest.raises(ExpressionError) as error:
        understand("few * many * delta > 1", OPERANDS)
    assert "bound `many`" in str(error.value.help)


def test_depth_and_length_are_bounded() -> None:
    """No text brings the parser, a database or Python to its end."""
    assert refused("(" * 400 + "few > 1" + ")" * 400)[1] == "bad-expression"
    assert refused("few" + " + 1" * 200 + " > 1")[1] == "bad-expression"
    assert refused("x" * (LONGEST + 1))[1] == "bad-expression"
    assert refused("coalesce(free_or_null, " * 30 + "1" + ")" * 30 + " > 'a'")[1]
    assert written(" and ".join(["few > 1"] * 80)).sqlite.count("AND") == 79


def test_a_text_that_would_be_too_long_is_refused() -> None:
    """Guards repeat their parts: many of them within each other are more than a table can say."""
    nested = "weight"
    for _ in range(8):
        nested = f"({nested}) / shift"
    assert refused(f"{nested} > 1")[1] == "expression-range"


@given(
    st.text(
        alphabet="few delta_or_null()+-*/%<=>!'\"[],.0123 and or not in is null date\n", max_size=60
    )
)
def test_any_text_is_understood_or_refused(text: str) -> None:
    """Nothing else is raised, and what is wrong lies within the text."""
    try:
        translate(understand(text, OPERANDS), {})
    except ExpressionError as error:
        assert 0 <= error.start < error.end <= len(text) + 1


More: TypeAlias = Any


def _field(name: str, **more: More) -> Field:
    plain = Field(
        name=name, wire=name, type=Type(kind=FIELD_TYPES["integer"], ge=0, le=100), nullable=False,
        default=None, role="plain", description="", example=None, deprecated=False,
        on_create="required", on_replace="required", on_update="optional", keeps_on_replace=False,
        answered=True,
    )  # fmt: skip
    return replace(plain, **more)


def test_names_are_fields_and_relations() -> None:
    """A relation stands for its column; a key that the server makes cannot be named."""
    names = operands(
        [
            _field("id", role="key", on_create="absent"),
            _field("version", role="version"),
            _field("quantity"),
            _field("warehouse_id", role="reference", relation="warehouse"),
        ]
    )
    found = translate(understand("warehouse != quantity", names), {"warehouse": "warehouse_id"})
    assert found.sqlite == "warehouse_id <> quantity"
    assert found.fields == ("warehouse_id", "quantity")
    for name in ("id", "version", "warehouse_id"):
        with pytest.raises(ExpressionError, match=name):
            understand(f"{name} > 1", names)


def test_a_computed_field_stands_for_its_computation() -> None:
    """A rule about it reads stored columns alone, so it can be checked before a row is written."""
    quantity = _field("quantity")
    total = _field("total", type=Type(kind=FIELD_TYPES["integer"], ge=0, le=1000))
    computed = translate(understand("quantity * 2", operands([quantity]), operand(total)), {})
    names = operands([quantity, _field("total", type=total.type, compute=computed)])
    found = translate(understand("total < 10", names), {})
    assert found.sqlite == "quantity * 2 < 10"
    assert found.fields == ("quantity",)


def test_a_computation_has_the_type_of_its_field() -> None:
    """An integer becomes the number or the decimal that is wanted."""
    decimal = Operand(kind="decimal", type_name="decimal", nullable=False, scale=2)
    number = Operand(kind="number", type_name="number", nullable=False)
    found = translate(understand("few * 2", OPERANDS, decimal), {})
    assert (found.sqlite, found.postgresql) == ("few * 2 * 100", "few * 2")
    assert found.python == 'scaled(row["few"] * 2, 2)'
    found = translate(understand("few * 1.5", OPERANDS, decimal), {})
    assert (found.sqlite, found.postgresql) == ("few * 15 * 10", "few * 1.5")
    found = translate(understand("few", OPERANDS, number), {})
    assert (found.sqlite, found.python) == ("CAST(few AS REAL)", 'number(row["few"])')
    assert refused("rate", decimal) == ("rate", "wrong-result")
    assert refused("price_or_null", decimal) == ("price_or_null", "wrong-result")
