"""Writes SQL: what both databases say alike. Their own words are `sqlite.py` and `postgresql.py`.

The text has no parameters, and stands in CHECK constraints and in computed columns.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.expressions.intervals import NEAREST_TO_ZERO
from generator.expressions.quoting import quoted
from generator.expressions.typed import Node
from generator.expressions.writing import (
    AND,
    ATOM,
    COMPARE,
    NOT,
    OR,
    SUM,
    TERM,
    UNARY,
    Written,
    may_be_negative_zero,
    may_be_tiny,
    measured,
    of_numbers,
    within,
)

COMPARISONS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
TINY = f"{float(NEAREST_TO_ZERO):.16e}"


class SqlWriter:
    """Writes typed expressions over named columns."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        self.columns = columns

    def write(self, node: Node) -> Written:
        """Translate a node with all of its parts."""
        return measured(self._write(node), node)

    def _write(self, node: Node) -> Written:
        match node.operator:
            case "literal":
                found = self.literal(node)
            case "name":
                found = Written(quoted(self.columns[str(node.value)]), ATOM)
            case "+" | "-" | "*":
                found = self.arithmetic(node)
            case "/" | "%":
                found = self.division(node)
            case "number":
                found = self.number(node)
            case "scale":
                found = self.scale(node)
            case "and" | "or" | "not" | "is null" | "is not null" | "in" | "not in":
                found = self.condition(node)
            case operator if operator in COMPARISONS:
                found = self.comparison(node)
            case _:
                found = self.function(node)
        return found

    def literal(self, node: Node) -> Written:
        """Write a literal. Text has no escapes but a doubled quote."""
        match node.kind:
            case "boolean":
                return Written("true" if node.value else "false", ATOM, True)
            case "text":
                return Written(text(str(node.value)), ATOM, True)
            case "integer" | "decimal":
                return number(f"{node.value:f}" if node.kind == "decimal" else str(node.value))
        return self.moment(node)

    def moment(self, node: Node) -> Written:
        """Write a number, a date, a datetime, a time or a duration."""
        raise NotImplementedError

    def number(self, node: Node) -> Written:
        """Write an integer or a decimal as a number."""
        raise NotImplementedError

    def scale(self, node: Node) -> Written:
        """Write a decimal with more digits behind the point."""
        raise NotImplementedError

    def firm(self, part: Written, node: Node) -> Written:
        """Give a part that has no column the type that columns have."""
        return part

    def sides(self, node: Node) -> tuple[Written, Written]:
        """Both parts; an integer beside a number of a column needs no cast."""
        one, two = node.parts
        left, right = self.write(one), self.write(two)
        if one.operator == "number" and two.operator != "number" and not right.loose:
            left = self._as_it_is(one, left)
        elif two.operator == "number" and one.operator != "number" and not left.loose:
            right = self._as_it_is(two, right)
        return left, right

    def _as_it_is(self, node: Node, written: Written) -> Written:
        """An integer next to a number needs no cast."""
        inner = node.parts[0]
        return self.write(inner) if inner.kind == "integer" and not written.loose else written

    def arithmetic(self, node: Node) -> Written:
        """Write `+ - *`."""
        left, right = self.sides(node)
        if left.loose and right.loose:
            left = self.firm(left, node.parts[0])
        level = TERM if node.operator == "*" else SUM
        if node.operator == "*" and of_numbers(node):
            left, right = (
                Written(near(one, "0.0"), ATOM) if may_be_tiny(part) else one
                for one, part in zip((left, right), node.parts, strict=True)
            )
        loose = left.loose and right.loose
        found = f"{within(left, level)} {node.operator} {within(right, level + 1)}"
        if node.operator == "*" and may_be_negative_zero(node):
            return Written(f"{found} + 0.0", SUM, loose)
        return Written(found, level, loose)

    def division(self, node: Node) -> Written:
        """Write `/` and `%`, which are null on zero."""
        one, two = node.parts
        left, right = self.write(one), self.write(two)
        if node.operator == "/":
            left, right = (
                self.firm(side, part) if side.loose else side
                for side, part in ((left, one), (right, two))
            )
        if may_be_tiny(one):
            left = Written(near(left, "0.0"), ATOM)
        if may_be_tiny(two):
            right = Written(near(right, "NULL"), ATOM)
        elif two.range is None or two.range.has_zero:
            right = Written(f"NULLIF({right.text}, 0)", ATOM)
        found = f"{within(left, TERM)} {node.operator} {within(right, UNARY)}"
        if node.operator == "/" and may_be_negative_zero(node):
            return Written(f"{found} + 0.0", SUM)
        return Written(found, TERM)

    def comparison(self, node: Node) -> Written:
        """Write `== != < <= > >=`."""
        left, right = self.sides(node)
        operator = COMPARISONS[node.operator]
        return Written(f"{within(left, SUM)} {operator} {within(right, SUM)}", COMPARE)

    def condition(self, node: Node) -> Written:
        """Write what joins conditions, and what asks about null or a list."""
        parts = [self.write(part) for part in node.parts]
        match node.operator:
            case "and":
                return Written(" AND ".join(within(part, NOT) for part in parts), AND)
            case "or":
                return Written(" OR ".join(within(part, AND) for part in parts), OR)
            case "not":
                return Written(f"NOT {within(parts[0], ATOM)}", NOT)
            case "is null" | "is not null":
                return Written(f"{within(parts[0], ATOM)} {node.operator.upper()}", COMPARE)
        options = ", ".join(part.text for part in parts[1:])
        word = node.operator.upper()
        return Written(f"{within(parts[0], SUM)} {word} ({options})", COMPARE)

    def function(self, node: Node) -> Written:
        """Write functions, `-x` and joined text."""
        parts = [self.write(part) for part in node.parts]
        loose = all(part.loose for part in parts)
        match node.operator:
            case "minus" if node.kind == "number":
                found = Written(f"0.0 - {within(parts[0], TERM)}", SUM, loose)
            case "minus":
                found = Written(f"-{within(parts[0], ATOM)}", UNARY, loose)
            case "join":
                found = Written(" || ".join(within(part, ATOM) for part in parts), SUM, loose)
            case "len":
                items = node.parts[0].kind == "list"
                function = "json_array_length" if items else "length"
                found = Written(f"{function}({parts[0].text})", ATOM, True)
            case _:
                listed = ", ".join(part.text for part in parts)
                found = Written(f"{node.operator}({listed})", ATOM, loose)
        return found


def near(part: Written, otherwise: str) -> str:
    """A number, or something else where it is too near to zero."""
    return f"CASE WHEN abs({part.text}) < {TINY} THEN {otherwise} ELSE {part.text} END"


def text(value: str) -> str:
    """Quote a text."""
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def number(value: str) -> Written:
    """Write a number; one with a minus binds like `-x`."""
    return Written(value, UNARY if value.startswith("-") else ATOM, True)
