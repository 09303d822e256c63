"""SQLite: decimals are integers whose last digits stand behind the point, moments are text.

A literal number that is no short binary fraction is written as a quotient of two that are exact:
SQLite's own reading of `0.1` may be one unit off, a division never is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from generator.expressions.intervals import EXACT_INTEGER
from generator.expressions.sql import SqlWriter, number, text
from generator.expressions.typed import Node
from generator.expressions.writing import ATOM, TERM, Written, within

MICROSECOND = timedelta(microseconds=1)


def write(node: Node, columns: Mapping[str, str]) -> str:
    """Translate an expression."""
    return _SQLite(columns).write(node).text


class _SQLite(SqlWriter):
    def literal(self, node: Node) -> Written:
        if node.kind == "decimal":
            return number(str(_integer(node, node.scale)))
        return super().literal(node)

    def moment(self, node: Node) -> Written:
        match node.value:
            case float() as value:
                return double(value)
            case datetime() as value:
                there = value.replace(tzinfo=None)
                return Written(text(there.isoformat(sep=" ", timespec="microseconds")), ATOM, True)
            case date() as value:
                return Written(text(value.isoformat()), ATOM, True)
            case time() as value:
                return Written(text(value.isoformat(timespec="microseconds")), ATOM, True)
            case timedelta() as value:
                return Written(str(value // MICROSECOND), ATOM, True)
        raise TypeError(f"no literal: {node.value!r}")

    def number(self, node: Node) -> Written:
        part = node.parts[0]
        if part.operator == "literal":
            return double(float(str(part.value)))
        cast = f"CAST({self.write(part).text} AS REAL)"
        if part.scale:
            return Written(f"{cast} / {10**part.scale}.0", TERM)
        return Written(cast, ATOM)

    def scale(self, node: Node) -> Written:
        part = node.parts[0]
        if part.operator == "literal":
            return number(str(_integer(part, node.scale)))
        written = self.write(part)
        if node.scale == part.scale:
            return written
        factor = 10 ** (node.scale - part.scale)
        return Written(f"{within(written, TERM)} * {factor}", TERM, written.loose)


def double(value: float) -> Written:
    """Write a double so that it is read as the same."""
    exact = Decimal(repr(value)).normalize()
    digits, exponent = exact.as_tuple().digits, int(exact.as_tuple().exponent)
    if Fraction(exact) == Fraction(value) and abs(value) < EXACT_INTEGER:
        return number(f"{exact:f}" if exponent < 0 else f"{exact:f}.0")
    whole = int("".join(map(str, digits))) * (-1 if value < 0 else 1)
    sign = "*" if exponent > 0 else "/"
    return Written(f"({whole}.0 {sign} {10 ** abs(exponent)}.0)", ATOM, True)


def _integer(node: Node, scale: int) -> int:
    return int(Decimal(str(node.value)).scaleb(scale))
