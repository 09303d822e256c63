"""Expressions, some for every operator and many random ones, and rows with every kind of column."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from generator.expressions import Operand, operand_of
from generator.field_types import FIELD_TYPES
from generator.ir import EnumValue, Type

LARGEST = 2**53 - 1
MEMBERS = ("new", "used", "Sold out")

TYPES: Mapping[str, Type] = {
    "few": Type(kind=FIELD_TYPES["integer"], ge=0, le=1000),
    "delta": Type(kind=FIELD_TYPES["integer"], ge=-1000, le=1000),
    "many": Type(kind=FIELD_TYPES["integer"], ge=-LARGEST, le=LARGEST),
    "weight": Type(kind=FIELD_TYPES["number"], ge=0, le=1000),
    "shift": Type(kind=FIELD_TYPES["number"], ge=-1000, le=1000),
    "free": Type(kind=FIELD_TYPES["number"]),
    "price": Type(kind=FIELD_TYPES["decimal"], precision=6, scale=2, ge=Decimal(0)),
    "rate": Type(kind=FIELD_TYPES["decimal"], precision=5, scale=4),
    "long": Type(kind=FIELD_TYPES["decimal"], precision=18, scale=3),
    "active": Type(kind=FIELD_TYPES["boolean"]),
    "order": Type(kind=FIELD_TYPES["string"], max_length=20),
    "note": Type(kind=FIELD_TYPES["text"], max_length=200),
    "state": Type(
        kind=FIELD_TYPES["enum"],
        name="State",
        values=tuple(EnumValue(value=one, description="") for one in MEMBERS),
    ),
    "day": Type(kind=FIELD_TYPES["date"]),
    "seen": Type(kind=FIELD_TYPES["datetime"]),
    "clock": Type(kind=FIELD_TYPES["time"]),
    "took": Type(kind=FIELD_TYPES["duration"]),
    "code": Type(kind=FIELD_TYPES["uuid"]),
    "tags": Type(kind=FIELD_TYPES["list"], max_items=5),
    "extra": Type(kind=FIELD_TYPES["json"]),
}
"""Each is there twice: `few`, and `few_or_null`."""

OPERANDS: Mapping[str, Operand] = {
    name: operand_of(type_, nullable)
    for plain, type_ in TYPES.items()
    for name, nullable in ((plain, False), (f"{plain}_or_null", True))
}

_floats = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: value + 0.0)
_tiny = st.sampled_from([0.0, 5e-324, 1e-160, 3.0549363634996047e-151, 2.9e-151, 0.1, 1.0, 1000.0])
_letters = st.text("aAzZ éÉßİ🙂'\\%_", max_size=12)
_moments = st.sampled_from(
    [
        dt.datetime(1, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 22, 10, 0, 0, 1, tzinfo=dt.UTC),
        dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
    ]
)


def _decimals(least: int, most: int, scale: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(lambda value: Decimal(value).scaleb(-scale))


VALUES: Mapping[str, st.SearchStrategy[object]] = {
    "few": st.integers(0, 1000),
    "delta": st.integers(-1000, 1000) | st.sampled_from([-1, 0, 1]),
    "many": st.integers(-LARGEST, LARGEST) | st.sampled_from([-LARGEST, 0, 1, LARGEST]),
    "weight": st.floats(0, 1000).map(lambda value: value + 0.0) | _tiny,
    "shift": st.floats(-1000, 1000).map(lambda value: value + 0.0) | _tiny.map(lambda x: 0.0 - x),
    "free": _floats | _tiny,
    "price": _decimals(0, 10**6 - 1, 2),
    "rate": _decimals(1 - 10**5, 10**5 - 1, 4) | st.just(Decimal("0.0000")),
    "long": _decimals(1 - 10**18, 10**18 - 1, 3),
    "active": st.booleans(),
    "order": _letters,
    "note": _letters,
    "state": st.sampled_from(MEMBERS),
    "day": st.sampled_from([dt.date(1, 1, 1), dt.date(2026, 11, 22), dt.date(9999, 12, 31)]),
    "seen": _moments,
    "clock": st.times(),
    "took": st.integers(0, 10**12).map(lambda value: dt.timedelta(microseconds=value)),
    "code": st.sampled_from([uuid.UUID(int=1), uuid.UUID(int=2)]),
    "tags": st.lists(st.sampled_from(["a", "b"]), max_size=5),
    "extra": st.just({"a": 1}),
}


def rows() -> st.SearchStrategy[dict[str, object]]:
    """A row: about a third of what can be null is null."""
    each: dict[str, st.SearchStrategy[object]] = {}
    for name, values in VALUES.items():
        each[name] = values
        each[f"{name}_or_null"] = st.one_of(st.none(), values, values)
    return st.fixed_dictionaries(each)


GROUPS: Mapping[str, tuple[str, ...]] = {
    "integer": ("few", "delta", "many"),
    "number": ("weight", "shift", "free"),
    "decimal": ("price", "rate", "long"),
    "boolean": ("active",),
    "text": ("order", "note", "state"),
    "date": ("day",),
    "datetime": ("seen",),
    "time": ("clock",),
    "duration": ("took",),
    "uuid": ("code",),
}
LITERALS: Mapping[str, tuple[str, ...]] = {
    "integer": ("0", "1", "-1", "7", "2147483647", "9007199254740991", "9223372036854775807"),
    "number": ("0.0", "0.1", "2.5", "-0.19", "1e3", "1.5e-7", "3"),
    "decimal": ("0.00", "1.5", "-0.0001", "99.99", "2"),
    "boolean": ("true", "false"),
    "text": ("''", "'a'", "'new'", "'É''\\%:x'", "'Zz'"),
    "date": ("date'2026-11-22'", "date'0001-01-01'"),
    "datetime": ("datetime'2026-11-22T11:00:00+01:00'", "datetime'2026-11-22T10:00:00.000001Z'"),
    "time": ("time'09:00:00'", "time'23:59:59.5'"),
    "duration": ("duration'PT5M'", "duration'PT0.000001S'"),
    "uuid": (),
}
KINDS = tuple(GROUPS)


def _one(chance: Random, options: tuple[str, ...]) -> str:
    return chance.choice(options)


def leaf(chance: Random, kind: str) -> str:
    """A name or a literal."""
    literal = LITERALS[kind] and _one(chance, ("name", "name", "literal")) == "literal"
    if literal:
        return _one(chance, LITERALS[kind])
    suffix = _one(chance, ("", "_or_null"))
    return f"{_one(chance, GROUPS[kind])}{suffix}"


def grown(chance: Random, kind: str, depth: int) -> str:
    """An expression of a kind; parentheses stand around every part."""
    if depth == 0 or _one(chance, ("leaf", "grow", "grow")) == "leaf":
        return leaf(chance, kind)
    part = f"({grown(chance, kind, depth - 1)})"
    if _one(chance, ("coalesce", "other", "other", "other")) == "coalesce":
        return f"coalesce({leaf(chance, kind)}, {part})"
    match kind:
        case "integer" | "number" | "decimal":
            return _number(chance, kind, part, depth)
        case "text":
            return _text(chance, part, depth)
        case "boolean":
            return _condition(chance, part, depth)
    return part


def _number(chance: Random, kind: str, part: str, depth: int) -> str:
    other = "integer" if _one(chance, ("same", "same", "integer")) == "integer" else kind
    second = f"({grown(chance, other, depth - 1)})"
    shape = _one(chance, ("+", "-", "*", "-x", "abs", "own", "own"))
    if shape in {"+", "-", "*"}:
        pair = (part, second) if chance.random() < 0.5 else (second, part)
        found = f"{pair[0]} {shape} {pair[1]}"
    elif shape == "-x":
        found = f"-{part}"
    elif shape == "abs":
        found = f"abs({part})"
    elif kind == "integer":
        counted = _one(chance, ("tags", "tags_or_null", "order", "note_or_null"))
        found = f"{part} % {second}" if chance.random() < 0.5 else f"len({counted})"
    elif kind == "number":
        side = _one(chance, ("integer", "decimal", "number"))
        found = f"({grown(chance, side, depth - 1)}) / ({grown(chance, side, depth - 1)})"
    else:
        found = f"{part} * {second}"
    return found


def _text(chance: Random, part: str, depth: int) -> str:
    shape = _one(chance, ("lower", "upper", "join"))
    return f"{part} + ({grown(chance, 'text', depth - 1)})" if shape == "join" else f"{shape}{part}"


def _condition(chance: Random, part: str, depth: int) -> str:
    kind = _one(chance, (*KINDS, "integer", "number", "decimal", "text"))
    one = f"({grown(chance, kind, depth - 1)})"
    two = f"({grown(chance, kind, depth - 1)})"
    match _one(chance, ("compare", "compare", "compare", "and", "or", "not", "null", "in")):
        case "compare":
            return f"{one} {_one(chance, ('==', '!=', '<', '<=', '>', '>='))} {two}"
        case "and" | "or" as word:
            return f"{part} {word} ({grown(chance, 'boolean', depth - 1)})"
        case "not":
            return f"not {part}"
        case "null":
            return f"{one} is {_one(chance, ('null', 'not null'))}"
    options = LITERALS[kind] or ("true",)
    listed = ", ".join(_one(chance, options) for _ in range(2))
    return f"{one} {_one(chance, ('in', 'not in'))} [{listed}]"


def expression(seed: int) -> str:
    """The text of an expression, which may be refused."""
    chance = Random(seed)
    return grown(chance, _one(chance, (*KINDS, *KINDS[:5], "boolean", "boolean")), 3)


def expressions() -> st.SearchStrategy[str]:
    """Many expressions: hypothesis chooses where chance begins."""
    return st.integers(0, 2**48).map(expression)


SAMPLES = (
    # Twice each where Python has a plain form and one that knows null.
    "few + delta", "few_or_null + delta",
    "few - delta", "few_or_null - delta",
    "few * delta", "few_or_null * delta",
    "weight * shift", "weight_or_null * shift_or_null",
    "price * rate", "price_or_null * rate",
    "few / delta", "price / rate_or_null", "weight_or_null / shift",
    "few % delta", "few_or_null % delta",
    "-delta", "-delta_or_null", "-shift", "-shift_or_null", "-rate_or_null",
    "-(-0.19)", "abs(-(-0.19))", "delta * (-(-0.0001))", "few + (-(-0.5)) > shift",
    "abs(delta)", "abs(shift_or_null)", "abs(rate)",
    "len(tags)", "len(tags_or_null)", "len(order)", "len(note_or_null)",
    "lower(order)", "lower(note_or_null)",
    "upper(order)", "upper(note_or_null)",
    "order + '-' + note", "order_or_null + note",
    "coalesce(few_or_null, 7)", "coalesce(took_or_null, duration'PT5M')",
    "price + few", "price + rate_or_null", "weight + few", "shift > delta",
    "few == delta", "price_or_null == few", "code == code_or_null", "state == 'new'",
    "few != delta", "active != active_or_null", "extra_or_null is null",
    "few < delta", "free < shift_or_null", "day < date'2026-11-22'",
    "few <= delta", "order_or_null <= note", "seen <= datetime'2026-11-22T11:00:00+01:00'",
    "few > delta", "clock_or_null > time'09:00:00'",
    "few >= delta", "took_or_null >= duration'PT5M'",
    "few in [0, 1, 7]", "state_or_null in ['new', 'used']", "price in [0.00, 99.99]",
    "few not in [0]", "note_or_null not in ['a', 'É']",
    "few_or_null is null", "few_or_null is not null",
    "not active", "not active_or_null",
    "active and few > 1", "active_or_null and few > 1",
    "active or few > 1 or true", "active_or_null or few > 1",
)  # fmt: skip
"""All of the language: each operator, each function, each kind of literal."""
