"""What each wire type accepts, refuses and becomes: the same from JSON text and from Python."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import MISSING, Field, TypeAdapter, ValidationError, create_model

from generator.runtime import wire_types as wire
from generator.runtime.canonical import MICROSECOND, read_duration, write_duration
from generator.runtime.convert import ERRORS, MAX_SAFE_INTEGER, NO_ROW
from generator.runtime.grammar import GRAMMARS, matches
from generator.runtime.models import RequestModel
from generator.schemas import CURSOR, NATURAL_KEY, TEXT
from generator.schemas import GRAMMARS as PUBLISHED

UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
EVENING = dt.datetime(2026, 11, 21, 23, 0, 0, 500000, dt.UTC)
LONGEST = "P9999999DT99999999H99999999M99999999.999999S"


def model(type_: object) -> type[RequestModel]:
    """Make a body with one member."""
    annotation: Any = type_
    return create_model("One", __base__=RequestModel, value=(annotation, ...))


def outcome(type_: object, value: object) -> object:
    """Return the value, or the kinds of errors; it must be one in Python and in JSON mode."""
    one = model(type_)
    in_python = result(one.model_validate, {"value": value})
    in_json = result(one.model_validate_json, json.dumps({"value": value}))
    assert in_python == in_json
    assert type(in_python) is type(in_json)
    return in_python


def result(validate: Callable[[Any], RequestModel], given_: object) -> object:
    """Return the member of a body, or the kinds of errors."""
    try:
        return validate(given_).__dict__["value"]
    except ValidationError as error:
        return tuple(found["type"] for found in error.errors())


ACCEPTED = [
    (wire.String, "", ""),
    (wire.String, "\x01\n\ufeff\U0001f600", "\x01\n\ufeff\U0001f600"),
    (wire.Secret, "pass", "pass"),
    (wire.Integer, 5, 5),
    (wire.Integer, 5.0, 5),
    (wire.Integer, -0.0, 0),
    (wire.Integer, MAX_SAFE_INTEGER, MAX_SAFE_INTEGER),
    (wire.Number, 5, 5.0),
    (wire.Number, -0.0, 0.0),
    (wire.Number, 1.7976931348623157e308, 1.7976931348623157e308),
    (wire.Boolean, True, True),
    (wire.Decimal, "-12.50", Decimal("-12.50")),
    (wire.Decimal, "0", Decimal(0)),
    (wire.Date, "0001-01-01", dt.date.min),
    (wire.Date, "9999-12-31", dt.date.max),
    (wire.Date, "2024-02-29", dt.date(2024, 2, 29)),
    (wire.DateTime, "2026-11-22T01:00:00.5+02:00", EVENING),
    (wire.DateTime, "9999-12-31T23:59:59.999999Z", dt.datetime.max.replace(tzinfo=dt.UTC)),
    (wire.DateTime, "2026-11-22T10:00:00-00:00", dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)),
    (wire.Time, "23:59:59.12", dt.time(23, 59, 59, 120000)),
    (wire.Duration, "P1DT2H3M4.5S", dt.timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
    (wire.Duration, "PT0S", dt.timedelta(0)),
    (wire.Duration, "PT90M", dt.timedelta(minutes=90)),
    (wire.Duration, LONGEST, read_duration(LONGEST)),
    (wire.Uuid, UUID.upper(), uuid.UUID(UUID)),
    (wire.Email, "a@b.test", "a@b.test"),
    (wire.Url, "https://example.org:80/a?b#c", "https://example.org:80/a?b#c"),
    (wire.Json, {"a": [None, 10**30, "\0"]}, {"a": [None, 10**30, "\0"]}),
    (wire.Json, False, False),
    (wire.IntegerParameter, "-12", -12),
    (wire.IntegerParameter, "0", 0),
    (wire.NumberParameter, "-1.5e3", -1500.0),
    (wire.NumberParameter, "-0", 0.0),
    (wire.BooleanParameter, "true", True),
    (wire.BooleanParameter, "false", False),
    (wire.IntegerKey, str(MAX_SAFE_INTEGER), MAX_SAFE_INTEGER),
    (wire.IntegerKey, "5.0", NO_ROW),
    (wire.UuidKey, UUID, uuid.UUID(UUID)),
    (wire.NaturalKey, "a.B_~-9", "a.B_~-9"),
    (wire.Cursor, "abc-_", "abc-_"),
]  # fmt: skip

REFUSED = [
    (wire.String, ["a\0", 5, True, None], "string"),
    (wire.Integer, ["5", True, None], "int_type"),
    (wire.Integer, [5.5], "int_from_float"),
    (wire.Integer, [2**53, 1e300, 10**4000], "less_than_equal"),
    (wire.Integer, [-(2**53), -1e300], "greater_than_equal"),
    (wire.Number, ["5", True, None], "float_type"),
    (wire.Number, [10**400], "finite_number"),
    (wire.Boolean, [1, 0, "true", 1.0], "bool_type"),
    (
        wire.Decimal,
        ["-0", "-0.0", "01", "+1", "1e5", ".5", "5.", " 1", "1\n", "NaN", "1_0", "١", "", 1, 1.5],
        "decimal_format",
    ),
    (
        wire.Date,
        ["2026-02-30", "2023-02-29", "0000-01-01", "2026-1-1", "20260101", "0", 0, "2026-01-01\n"],
        "date_format",
    ),
    (
        wire.DateTime,
        [
            *("2026-11-22 10:00:00Z", "2026-11-22t10:00:00Z", "2026-11-22T10:00:00z"),
            *("2026-11-22T10:00:00", "2026-11-22T10:00Z", "2026-11-22T24:00:00Z"),
            *("2026-11-22T23:59:60Z", "2026-11-22T10:00:00.1234567Z", "2026-11-22T10:00:00+0100"),
            *("2026-02-30T10:00:00Z", "2026-11-22T10:00:00.Z", "0", 0, 1704067200),
        ],
        "datetime_format",
    ),
    (
        wire.DateTime,
        ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"],
        "datetime_range",
    ),
    (wire.Time, ["10:00", "24:00:00", "10:00:00Z", "10:00:60", "1:00:00", 36000], "time_format"),
    (
        wire.Duration,
        ["P", "PT", "P1Y", "P1W", "-P1D", "P1M", "PT1.5H", "P1D ", "PT1S1M", "P10000000D", 5],
        "duration_format",
    ),
    (
        wire.Uuid,
        ["{" + UUID + "}", "urn:uuid:" + UUID, UUID.replace("-", ""), UUID + "0", 5],
        "uuid_format",
    ),
    (wire.Email, ["a", "a@", "@b", "a b@c", "a@-b", "é@b", "a@b\n", 5], "email_format|string_type"),
    (
        wire.Url,
        ["javascript:x", "http://", "http://a b", "HTTP://a", "http://é", 5],
        "url_format|string_type",
    ),
    (wire.Json, [None], "json_null"),
    (wire.IntegerParameter, ["+1", "01", "1.0", " 1", "1_0", "-0", "1e3", "x", "١"], "int_parsing"),
    (wire.IntegerParameter, ["9" * 5000], "less_than_equal"),
    (wire.IntegerParameter, ["-" + "9" * 5000], "greater_than_equal"),
    (wire.NumberParameter, ["+1", "01", ".5", "5.", "NaN", "Infinity", " 1", "_"], "float_parsing"),
    (wire.NumberParameter, ["1e400", "9" * 5000], "finite_number"),
    (wire.BooleanParameter, ["True", "1", "on", "TRUE"], "bool_parsing"),
    (wire.IntegerKey, ["0", "-1"], "greater_than_equal"),
    (wire.IntegerKey, ["1.5", "01.0", "x", ".0", "1.0.0"], "int_parsing"),
    (wire.IntegerKey, ["0.0", "-1.0"], "greater_than_equal"),
    (wire.IntegerKey, [f"{MAX_SAFE_INTEGER + 1}.0"], "less_than_equal"),
    (wire.UuidKey, ["x"], "uuid_format"),
    (wire.NaturalKey, [".a", "a/b", "a b", "", "é"], "string_pattern_mismatch"),
    (wire.NaturalKey, ["a" * 65], "string_too_long"),
    (wire.Cursor, ["", "a=", "a" * 513], "string_pattern_mismatch"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "value", "expected"), ACCEPTED)
def test_accepted(type_: object, value: object, expected: object) -> None:
    """The grammar's values become Python values."""
    taken = outcome(type_, value)
    assert taken == expected
    assert type(taken) is type(expected)
    assert str(taken) == str(expected)


@pytest.mark.parametrize(("type_", "values", "kind"), REFUSED)
def test_refused(type_: object, values: list[object], kind: str) -> None:
    """Everything else is one error of a known kind."""
    for value in values:
        found = outcome(type_, value)
        assert isinstance(found, tuple), (value, found)
        assert re.match(kind, found[0]), (value, found)
        assert len(found) == 1


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), [float("-inf")], "\ud800", {"\ud800": 1}]
)
def test_json_refuses_what_json_cannot_say(value: object) -> None:
    """Values that only a lenient reader makes are refused too."""
    assert result(model(wire.Json).model_validate, {"value": value}) == ("json_value",)


def test_half_a_surrogate_pair_is_no_text() -> None:
    """A string that UTF-8 cannot carry is refused."""
    for type_ in (wire.String, Annotated[wire.String, Field(max_length=5, pattern="^[^a]*$")]):
        found = result(model(type_).model_validate, {"value": "\ud800"})
        assert found in (("string_characters",), ("string_unicode",))


CONSTRAINED = [
    (Annotated[wire.String, Field(min_length=2)], "a", "string_too_short"),
    (Annotated[wire.String, Field(max_length=2)], "abc", "string_too_long"),
    (Annotated[wire.String, Field(max_length=2)], "\U0001f600" * 2, None),
    (Annotated[wire.String, Field(pattern="^[A-Z]+$")], "a", "string_pattern_mismatch"),
    (Annotated[wire.String, Field(pattern="^[^,]+$")], "\0", "string_characters"),
    (Annotated[wire.Email, Field(max_length=4)], "a@b.c", "string_too_long"),
    (Annotated[wire.Email, Field(pattern="^.*c$")], "a@b.d", "string_pattern_mismatch"),
    (Annotated[wire.Email, Field(pattern="^.*c$")], "c", "email_format"),
    (Annotated[wire.Url, Field(max_length=9)], "http://a/b", "string_too_long"),
    (Annotated[wire.Secret, Field(min_length=8)], "short", "string_too_short"),
    (Annotated[wire.Integer, Field(ge=0, le=9)], -1, "greater_than_equal"),
    (Annotated[wire.Integer, Field(ge=0, le=9)], 10, "less_than_equal"),
    (Annotated[wire.Integer, Field(gt=0, lt=9)], 0.0, "greater_than"),
    (Annotated[wire.Integer, Field(gt=0, lt=9)], 9, "less_than"),
    (Annotated[wire.Integer, Field(multiple_of=3)], 4, "multiple_of"),
    (Annotated[wire.Number, Field(gt=0)], -0.0, "greater_than"),
    (Annotated[wire.Number, Field(le=1.5)], 2, "less_than_equal"),
    (Annotated[wire.Decimal, Field(ge=0, decimal_places=2)], "-1", "greater_than_equal"),
    (Annotated[wire.Decimal, Field(max_digits=4, decimal_places=2)], "1.500", "decimal_max_places"),
    (Annotated[wire.Decimal, Field(max_digits=4, decimal_places=2)], "123", "decimal_whole_digits"),
    (Annotated[wire.Decimal, Field(max_digits=2, decimal_places=2)], "0.99", None),
    (Annotated[wire.Decimal, Field(max_digits=4, decimal_places=0)], "1.0", "decimal_max_places"),
    (Annotated[wire.IntegerParameter, Field(ge=1, le=9)], "10", "less_than_equal"),
    (Annotated[wire.NaturalKey, Field(pattern="^[A-Z]$", max_length=3)], "AAAA", "string_too_long"),
    (Annotated[list[wire.Integer], Field(min_length=1)], [], "too_short"),
    (Annotated[list[wire.Integer], Field(max_length=1)], [1, 2], "too_long"),
    (list[Annotated[wire.String, Field(max_length=1)]], ["ab"], "string_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "value", "kind"), CONSTRAINED)
def test_constraints_narrow_a_type(type_: object, value: object, kind: str | None) -> None:
    """Constraints behind a type hold beside its grammar, also where it may be null or missing."""
    of: Any = type_
    for one in (of, of | None, of | MISSING):
        found = outcome(one, value)
        assert found == (kind,) if kind else not isinstance(found, tuple)


@pytest.mark.parametrize("constraint", [Field(max_length=3), Field(min_length=1, pattern="^a")])
def test_constraints_may_stand_behind_a_nullable_type(constraint: object) -> None:
    """`Annotated[String | None, Field(...)]` is what the models say."""
    assert outcome(Annotated[wire.String | None, constraint], None) is None
    assert outcome(Annotated[wire.String | None, constraint], "a") == "a"
    assert outcome(Annotated[wire.String | None, constraint], "\0" * 4) != "\0" * 4


UNIQUE = [
    (list[wire.Number], [1, 1.0], True),
    (list[wire.Number], [1, 2], False),
    (list[wire.Boolean], [True, False], False),
    (list[wire.Json], [True, 1, "1"], False),
    (list[wire.String], ["a", "A"], False),
    (list[wire.String], ["a", "b", "a"], True),
    (list[wire.Decimal], ["1.0", "1"], False),
]


@pytest.mark.parametrize(("type_", "value", "twice"), UNIQUE)
def test_unique_items(type_: object, value: list[object], twice: bool) -> None:
    """Items are compared as JSON compares them, as they were sent; the list stays a list."""
    of: Any = type_
    for one in (
        Annotated[of, wire.UniqueItems],
        Annotated[of | None, Field(max_length=9), wire.UniqueItems],
        Annotated[of | None, wire.UniqueItems, Field(max_length=9)],
        Annotated[of, wire.UniqueItems] | MISSING,
    ):
        found = outcome(one, value)
        assert found == ("unique_items",) if twice else isinstance(found, list)


def test_unique_items_beside_other_constraints() -> None:
    """A null has no items; items are checked first, then their number, then that they differ."""
    marks = [wire.UniqueItems, Field(max_length=2)]
    for first, second in (marks, marks[::-1]):
        type_ = Annotated[list[wire.Integer] | None, first, second]
        assert outcome(type_, None) is None
        assert outcome(type_, [1, 1, 1]) == ("too_long",)
        assert outcome(type_, [1, 1]) == ("unique_items",)
        assert outcome(type_, ["1", "1"]) == ("int_type", "int_type")


def test_decimals_have_the_decimals_of_their_type() -> None:
    """A decimal is completed to its scale when it is read."""
    type_ = Annotated[wire.Decimal, Field(max_digits=10, decimal_places=8)]
    one = model(type_)
    assert one.model_validate({"value": "0"}).model_dump_json() == '{"value":"0.00000000"}'
    assert (
        one.model_validate({"value": Decimal("1E+1")}).model_dump_json()
        == '{"value":"10.00000000"}'
    )
    assert result(one.model_validate, {"value": Decimal("NaN")}) == ("decimal_format",)


def test_python_values_are_taken() -> None:
    """Models can be made in code; what the wire could not say is refused there too."""
    moments, days, spans = model(wire.DateTime), model(wire.Date), model(wire.Duration)
    east = dt.datetime(2026, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    answer = moments.model_validate({"value": east}).model_dump_json()
    assert answer == '{"value":"2025-12-31T22:00:00Z"}'
    naive = {"value": dt.datetime(2026, 1, 1)}
    assert result(moments.model_validate, naive) == ("datetime_format",)
    assert result(days.model_validate, naive) == ("date_format",)
    assert result(spans.model_validate, {"value": dt.timedelta(-1)}) == ("duration_format",)


@given(st.integers(0, read_duration(LONGEST) // MICROSECOND))
def test_durations_come_back(microseconds: int) -> None:
    """Every length that the grammar holds is written in the grammar, and read as the same."""
    text = write_duration(microseconds)
    assert matches("Duration", text)
    assert read_duration(text) // MICROSECOND == microseconds


@pytest.mark.parametrize("name", GRAMMARS)
def test_grammars_are_read_alike_everywhere(name: str) -> None:
    """A published expression is ASCII, anchored, and compiles in Pydantic's engine and Python's."""
    pattern = GRAMMARS[name]
    assert pattern.isascii()
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    assert not re.search(r"\\[dwsbDWSB]|\(\?[^:]", pattern)
    re.compile(pattern)
    model(Annotated[str, Field(pattern=pattern)])


def test_the_contract_states_the_same_grammars() -> None:
    """What the compiler publishes is what is matched here."""
    matched = {name.lower(): pattern for name, pattern in GRAMMARS.items()}
    assert PUBLISHED.items() <= matched.items()
    assert matched["string"] == TEXT
    assert matched["naturalkey"] == NATURAL_KEY
    assert matched["cursor"] == CURSOR


def test_every_kind_of_error_has_a_sentence() -> None:
    """Kinds that Pydantic does not know are listed with their messages."""
    kinds = {kind for _, _, text in REFUSED for kind in text.split("|") if kind.endswith("_format")}
    assert kinds <= ERRORS.keys()


@pytest.mark.parametrize("digits", range(16, 40))
@pytest.mark.parametrize("sign", ["", "-"])
def test_no_long_parameter_is_cut_to_one_that_fits(sign: str, digits: int) -> None:
    """An integer beyond what JSON keeps exact is refused whatever its first digits are."""
    for first in "139":
        value = f"{sign}{first}{'3' * (digits - 1)}"
        if abs(int(value)) > MAX_SAFE_INTEGER:
            with pytest.raises(ValidationError):
                TypeAdapter(wire.IntegerParameter).validate_python(value)
