"""Reads literals: numbers by the group that they stand in, the others by their own grammar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal as OneOf

from generator.expressions.intervals import GREATEST_INTEGER, MOST_DIGITS, Interval
from generator.expressions.operands import Kind
from generator.expressions.tokens import ExpressionError, Token
from generator.expressions.tree import Literal
from generator.expressions.typed import Node
from generator.runtime.canonical import read_duration
from generator.runtime.grammar import matches

Point = OneOf["number", "decimal"]
"""What a literal with a point is: a decimal beside decimals, else a number."""

MOST_NUMBER_DIGITS = 15
FARTHEST_EXPONENT = 22
"""So many digits and such an exponent make the same double wherever they are read."""
EXAMPLES = {
    "date": "date'2026-11-22'", "datetime": "datetime'2026-11-22T10:00:00Z'",
    "time": "time'09:00:00'", "duration": "duration'PT5M'",
}  # fmt: skip
GRAMMAR = {"date": "Date", "datetime": "DateTime", "time": "Time", "duration": "Duration"}


def read_literal(literal: Literal, point: Point) -> Node:
    """Give a literal its type and its value."""
    token = literal.token
    if token.kind == "number":
        return _number(literal, point)
    if token.kind == "text":
        return _text(literal)
    if token.kind == "word":
        return _node(literal, "boolean", token.text == "true")
    kinds: dict[str, Kind] = {
        "date": "date", "datetime": "datetime", "time": "time", "duration": "duration",
    }  # fmt: skip
    return _node(literal, kinds[token.prefix], _moment(token))


def _text(literal: Literal) -> Node:
    text = literal.token.text
    if "\0" in text or any("\ud800" <= one <= "\udfff" for one in text):
        raise _wrong(literal, "a text that is stored has no such character", None)
    length = Interval.of(len(text), len(text))
    return _node(literal, "text", text, length)


def _number(literal: Literal, point: Point) -> Node:
    text = literal.token.text
    if len(text) > 60 or len(text.lower().partition("e")[2]) > 5:
        raise _wrong(literal, "this number is too long", None)
    exact = Decimal(text)
    if "e" not in text.lower() and "." not in text:
        value = int(text)
        if value > GREATEST_INTEGER:
            raise _wrong(literal, "this is beyond 64 bits", f"at most {GREATEST_INTEGER}")
        value = -value if literal.negative else value
        return _node(literal, "integer", value, Interval.of(value, value))
    exact = -exact if literal.negative else exact
    if point == "decimal":
        return _decimal(literal, exact)
    digits = exact.normalize().as_tuple()
    exponent = int(digits.exponent)
    if len(digits.digits) > MOST_NUMBER_DIGITS or abs(exponent) > FARTHEST_EXPONENT:
        help = f"at most {MOST_NUMBER_DIGITS} digits, and {FARTHEST_EXPONENT} zeros around them"
        raise _wrong(literal, "this number cannot be kept exact everywhere", help)
    number = float(exact) + 0.0
    there = Fraction(number)
    return _node(literal, "number", number, Interval(there, there))


def _decimal(literal: Literal, exact: Decimal) -> Node:
    if "e" in literal.token.text.lower():
        raise _wrong(literal, "a decimal has no exponent", "write its digits")
    scale = -int(exact.as_tuple().exponent)
    if len(exact.as_tuple().digits) > MOST_DIGITS or scale > MOST_DIGITS:
        raise _wrong(literal, f"a decimal has at most {MOST_DIGITS} digits", None)
    there = Fraction(exact)
    exact = exact if exact else abs(exact)
    return _node(literal, "decimal", exact, Interval(there, there), scale)


def _moment(token: Token) -> date | datetime | time | timedelta:
    if not matches(GRAMMAR[token.prefix], token.text):
        message = f"this is no {token.prefix}"
        help = f"for example `{EXAMPLES[token.prefix]}`"
        raise ExpressionError(message, token.start, token.end, help)
    readers: dict[str, Callable[[str], date | datetime | time | timedelta]] = {
        "date": date.fromisoformat,
        "datetime": lambda text: datetime.fromisoformat(text).astimezone(UTC),
        "time": time.fromisoformat,
        "duration": read_duration,
    }
    try:
        return readers[token.prefix](token.text)
    except (ValueError, OverflowError) as error:
        message = f"this {token.prefix} is not in the calendar"
        raise ExpressionError(message, token.start, token.end) from error


def _node(
    literal: Literal, kind: Kind, value: object, range: Interval | None = None, scale: int = 0
) -> Node:
    return Node(
        operator="literal",
        kind=kind,
        nullable=False,
        start=literal.start,
        end=literal.end,
        value=value,
        range=range,
        scale=scale,
        values=frozenset({value}) if isinstance(value, str) else None,
    )


def _wrong(literal: Literal, message: str, help: str | None) -> ExpressionError:
    return ExpressionError(message, literal.start, literal.end, help)
