"""What the contract says of values: exactly what the service accepts and answers."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from generator.decimal_patterns import decimal_pattern
from generator.examples import example
from generator.ir import Type
from generator.schemas import (
    TEXT,
    as_parameter,
    enum_schema,
    json_schema,
    nullable,
)
from generator.sizes import (
    LEAST_LIMIT,
    MAX_PARAMETER_LENGTH,
    body_bytes,
    body_limit,
    bulk_create_limit,
    bulk_delete_limit,
    query_limit,
)
from tests.sample_service import enum, field, filter_by, of

FORM = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
SAFE = 2**53 - 1


def accepts(schema: Mapping[str, object], value: object) -> bool:
    """Tell whether a schema accepts a value, formats included."""
    return Draft202012Validator(dict(schema), validate_formats=True).is_valid(value)


def test_text_refuses_nul_and_counts_code_points() -> None:
    """A string has its lengths and a pattern without NUL, line ends included."""
    schema = json_schema(of("string", min_length=2, max_length=3))
    assert schema == {"type": "string", "minLength": 2, "maxLength": 3, "pattern": TEXT}
    assert accepts(schema, "a\n")
    assert accepts(schema, "😀😀😀")
    assert not accepts(schema, "a\0")


def test_a_pattern_stands_alone_where_it_excludes_nul() -> None:
    """Only a pattern that could admit NUL is combined with the one that refuses it."""
    narrow = json_schema(of("string", max_length=9, pattern="^[a-z]+$"))
    assert narrow["pattern"] == "^[a-z]+$"
    assert "allOf" not in narrow
    wide = json_schema(of("string", max_length=9, pattern="^[^a]+$"))
    assert wide["allOf"] == [{"pattern": TEXT}]
    assert not accepts(wide, "b\0")


@pytest.mark.parametrize(
    ("facts", "lowest", "highest"),
    [
        ({}, -SAFE, SAFE),
        ({"gt": 0}, 1, SAFE),
        ({"lt": 10, "ge": -3}, -3, 9),
        ({"ge": -(2**60), "le": 2**60}, -SAFE, SAFE),
    ],
)
def test_integer_bounds_are_always_stated(facts: dict[str, int], lowest: int, highest: int) -> None:
    """An integer states inclusive bounds, as integers that JSON readers keep exact."""
    schema = json_schema(of("integer", **facts))
    assert schema == {"type": "integer", "minimum": lowest, "maximum": highest}


def test_number_bounds() -> None:
    """A number states the bounds that it has, and no others."""
    assert json_schema(of("number")) == {"type": "number"}
    assert json_schema(of("number", gt=0, le=0.5)) == {
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": 0.5,
    }


def test_times_have_no_format() -> None:
    """JSON Schema's `time` and `duration` are not ours: only the pattern says what they are."""
    for kind in ("time", "duration"):
        assert "format" not in json_schema(of(kind))
    for kind, form in (("date", "date"), ("datetime", "date-time"), ("uuid", "uuid")):
        assert json_schema(of(kind))["format"] == form


@pytest.mark.parametrize(
    ("kind", "sent", "answered"),
    [
        ("datetime", "2026-11-22T10:00:00.5+02:00", "2026-11-22T08:00:00.500000Z"),
        ("time", "10:00:00.5", "10:00:00.500000"),
        ("uuid", "0190B5A2-7C1E-7D3F-8A4B-5C6D7E8F9A0B", "0190b5a2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"),
    ],
)
def test_answers_have_one_form(kind: str, sent: str, answered: str) -> None:
    """What is answered is narrower than what is accepted."""
    assert accepts(json_schema(of(kind)), sent)
    assert accepts(json_schema(of(kind)), answered)
    assert accepts(json_schema(of(kind), answered=True), answered)
    assert not accepts(json_schema(of(kind), answered=True), sent)


@pytest.mark.parametrize(
    ("kind", "text", "valid"),
    [
        ("date", "0000-01-01", False),
        ("date", "2024-02-29", True),
        ("date", "2023-02-29", False),
        ("datetime", "2026-11-22t10:00:00Z", False),
        ("datetime", "2026-11-22T10:00:60Z", False),
        ("time", "24:00:00", False),
        ("duration", "P1W", False),
        ("duration", "PT0.5S", True),
        ("duration", "P", False),
        ("duration", "PT", False),
        ("email", "a@b", True),
        ("email", "a..b@c", False),
        ("email", ".a@b", False),
        ("url", "https://a.example/b?c#d", True),
        ("url", "https://a.example/<b>", False),
        ("url", "https://a.example/%4", False),
        ("url", "urn:a", False),
    ],
)
def test_grammars(kind: str, text: str, valid: bool) -> None:
    """Text that carries a value has the grammar of its type, no more and no less."""
    assert accepts(json_schema(of(kind)), text) is valid


def test_json_is_anything_but_null() -> None:
    """A json value may hold null, and is not itself null, unless the field may be."""
    schema = json_schema(of("json"))
    assert accepts(schema, {"a": None})
    assert not accepts(schema, None)
    assert accepts(nullable(schema), None)


def test_nullable_enums_and_references() -> None:
    """Null is added to types, to enums and beside references."""
    assert nullable({"type": "string"}) == {"type": ["string", "null"]}
    assert nullable({"$ref": "#/x"}) == {"anyOf": [{"$ref": "#/x"}, {"type": "null"}]}
    assert accepts(nullable({"type": "string", "enum": ["a"]}), None)


def test_declared_enums_are_components() -> None:
    """An enum of the spec is referred to by name, and tells what its values mean."""
    colour = enum("Colour", "red", "blue")
    assert json_schema(colour) == {"$ref": "#/components/schemas/Colour"}
    assert enum_schema(colour) == {"type": "string", "enum": ["red", "blue"]}


def test_lists() -> None:
    """A list says how many items it has, whether they differ and what each is."""
    schema = json_schema(
        of("list", item=of("integer", ge=0), min_items=1, max_items=3, unique_items=True)
    )
    assert accepts(schema, [1, 2])
    assert not accepts(schema, [])
    assert not accepts(schema, [1, 1.0])
    assert not accepts(schema, [1, 2, 3, 4])
    assert not accepts(schema, [-1])


def test_parameters_are_neither_empty_nor_endless() -> None:
    """Text in a query has at least one character, and no more than fit."""
    assert as_parameter(of("string", max_length=80)).min_length == 1
    assert as_parameter(of("text")).max_length == MAX_PARAMETER_LENGTH
    item = as_parameter(of("list", item=of("string"))).item
    assert item is not None
    assert item.min_length == 1


@pytest.mark.parametrize(
    ("facts", "sent", "answered"),
    [
        (
            {},
            r"^((0|-?[1-9][0-9]{0,7})(\.[0-9]{1,2})?|-0\.(0[1-9]|[1-9][0-9]?))$",
            r"^((0|-?[1-9][0-9]{0,7})\.[0-9]{2}|-0\.(0[1-9]|[1-9][0-9]))$",
        ),
        ({"ge": 0}, r"^(0|[1-9][0-9]{0,7})(\.[0-9]{1,2})?$", r"^(0|[1-9][0-9]{0,7})\.[0-9]{2}$"),
        (
            {"gt": 0, "le": 100},
            r"^(0\.(0[1-9]|[1-9][0-9]?)|[1-9][0-9]?(\.[0-9]{1,2})?|100(\.00?)?)$",
            r"^(0\.(0[1-9]|[1-9][0-9])|[1-9][0-9]?\.[0-9]{2}|100\.00)$",
        ),
    ],
)
def test_decimal_patterns_read_well(facts: dict[str, Any], sent: str, answered: str) -> None:
    """The patterns that specs need most are short."""
    type_ = of("decimal", precision=10, scale=2, **facts)
    assert decimal_pattern(type_) == sent
    assert decimal_pattern(type_, exact=True) == answered


def decimal_texts(precision: int, scale: int) -> list[str]:
    """Write every decimal of a few digits, with too many digits and ill-formed ones among them."""
    wholes = [str(number) for number in range(2 * 10 ** (precision - scale))]
    fractions = [
        f".{''.join(digits)}"
        for length in range(1, scale + 2)
        for digits in itertools.product("0159", repeat=length)
    ]
    plain = [whole + part for whole in wholes for part in ["", *fractions]]
    return [*plain, *(f"-{one}" for one in plain), "", "-", "+1", "01", "1.", ".5", "1e1", "00"]


@settings(max_examples=60)
@given(data=st.data())
def test_decimal_patterns_are_exact(data: st.DataObject) -> None:
    """A pattern matches what is in range and in form, and nothing else."""
    precision, scale = data.draw(st.sampled_from([(1, 0), (2, 0), (2, 1), (2, 2), (3, 1)]))
    most = 10**precision
    names = data.draw(st.sets(st.sampled_from(["gt", "ge", "lt", "le"])))
    bounds = {
        name: Decimal(data.draw(st.integers(-most - 1, most + 1))).scaleb(-scale) for name in names
    }
    exact = data.draw(st.booleans())
    type_ = of("decimal", precision=precision, scale=scale, **bounds)
    pattern = re.compile(decimal_pattern(type_, exact=exact))
    holds = {
        "gt": Decimal.__gt__, "ge": Decimal.__ge__, "lt": Decimal.__lt__, "le": Decimal.__le__
    }  # fmt: skip
    for text in decimal_texts(precision, scale):
        expected = False
        if FORM.fullmatch(text):
            value, places = Decimal(text), len(text.partition(".")[2])
            expected = (
                (places == scale if exact else places <= scale)
                and not (text.startswith("-") and value == 0)
                and abs(value.scaleb(scale)) < most
                and all(holds[name](value, bound) for name, bound in bounds.items())
            )
        assert bool(pattern.match(text)) is expected, text


@pytest.mark.parametrize(
    "type_",
    [
        of("string", min_length=30, max_length=40),
        of("string", max_length=3),
        of("string", pattern="^[A-Z]{3}-[0-9]{4}$"),
        of("text"),
        of("integer", ge=7, multiple_of=5),
        of("integer", le=-3),
        of("number", gt=0, lt=0.001),
        of("number", ge=100),
        of("decimal", precision=4, scale=3, gt=-1, lt=0),
        of("decimal", precision=18, scale=18),
        of("email", min_length=40, max_length=60),
        of("email", max_length=5),
        of("url", max_length=12),
        of("url", min_length=100),
        *(of(kind) for kind in ("boolean", "date", "datetime", "time", "duration", "uuid", "json")),
        of("list", item=of("integer", multiple_of=3), min_items=3, unique_items=True),
        of("list", item=of("uuid"), min_items=2, unique_items=True),
        of("list", item=of("date"), min_items=2, unique_items=True),
        of("list", item=of("string", max_length=4), min_items=12, unique_items=True),
        of("list", item=of("boolean"), min_items=2, unique_items=True),
        of("list", item=of("string"), max_items=0),
        of("secret", min_length=8, max_length=64),
    ],
    ids=lambda type_: type_.kind.name,
)
def test_made_examples_are_valid(type_: Type) -> None:
    """An example that the spec does not give is one that the service accepts."""
    assert accepts(json_schema(type_), example(type_, {}, "title"))


def test_bodies_and_queries_have_room_for_keys() -> None:
    """The limits hold the longest lists of keys, the longest search, the most items of a bulk."""
    key = of("string", min_length=2, max_length=64, pattern="^[a-z]+$")
    links = body_bytes([], (), [("tag_ids", key, 100)])
    longest = json.dumps({"tag_ids": ["\U0001f600" * 64] * 100})
    assert len(longest) <= links < len(longest) * 2
    assert body_limit([], (), [("tag_ids", key, 100)]) == LEAST_LIMIT
    assert bulk_create_limit(links, 5_000) > 5_000 * len(longest)
    assert bulk_delete_limit(key, 5_000) > 5_000 * 64 * 12
    name = field("name", of("string", max_length=40))
    few = query_limit([filter_by(name, "eq")], [])
    assert query_limit([filter_by(name, "any")], []) > few
    assert query_limit([filter_by(name, "in")], [], search=True, expand=["warehouse"]) > (
        query_limit([filter_by(name, "in")], []) + 200 * 12
    )
