"""Python: plain operators where nothing can be null, functions of `three_valued` where it can.

The text reads `row["column"]`; besides, it names the modules `decimal` and `datetime`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal

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
    measured,
    of_numbers,
    within,
)

FUNCTIONS = {
    "==": "equal", "!=": "unequal", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least",
    "+": "plus", "-": "minus", "*": "times", "join": "plus", "and": "all_of", "or": "any_of",
    "not": "opposite", "len": "length", "abs": "absolute",
}  # fmt: skip
"""Where something can be null."""
ALWAYS = {
    "/": "quotient", "%": "remainder", "lower": "lower", "upper": "upper", "coalesce": "known_or",
}  # fmt: skip
LEVELS = {"+": SUM, "-": SUM, "join": SUM, "*": TERM}


def write(node: Node, columns: Mapping[str, str]) -> str:
    """Translate an expression; its value has the type of its field."""
    writer = _Python(columns)
    if node.operator == "number":
        part = node.parts[0]
        found = writer.write(part).text
        return f"number({found})"
    written = writer.write(node).text
    if node.kind == "decimal" and node.operator not in {"name", "literal"}:
        return f"scaled({written}, {node.scale})"
    return written


class _Python:
    def __init__(self, columns: Mapping[str, str]) -> None:
        self.columns = columns

    def write(self, node: Node) -> Written:
        return measured(self._write(node), node)

    def _write(self, node: Node) -> Written:
        match node.operator:
            case "literal":
                found = _literal(node.value)
            case "name":
                found = Written(f'row["{self.columns[str(node.value)]}"]', ATOM)
            case "number" | "scale":
                found = self.write(node.parts[0])
            case "is null" | "is not null":
                word = "is" if node.operator == "is null" else "is not"
                found = Written(f"{within(self.write(node.parts[0]), SUM)} {word} None", COMPARE)
            case "in" | "not in":
                found = self.among(node)
            case "*" if of_numbers(node):
                found = self.call("number_times", node)
            case operator if operator in ALWAYS:
                found = self.call(ALWAYS[operator], node)
            case _:
                found = self.operator(node)
        return found

    def operator(self, node: Node) -> Written:
        """Write what Python has an operator for, unless something can be null."""
        plain = not any(part.nullable for part in node.parts)
        found = self.plain(node) if plain else self.null_aware(node)
        if node.operator != "*" or not may_be_negative_zero(node):
            return found
        if plain:
            return Written(f"{found.text} + 0.0", SUM)
        return Written(f"plus({found.text}, 0.0)", ATOM)

    def call(self, function: str, node: Node) -> Written:
        parts = ", ".join(self.write(part).text for part in node.parts)
        return Written(f"{function}({parts})", ATOM)

    def null_aware(self, node: Node) -> Written:
        if node.operator == "minus":
            inner = self.write(node.parts[0]).text
            zero = "0.0" if node.kind == "number" else "0"
            return Written(f"minus({zero}, {inner})", ATOM)
        return self.call(FUNCTIONS[node.operator], node)

    def plain(self, node: Node) -> Written:
        parts = [self.write(part) for part in node.parts]
        match node.operator:
            case "and":
                found = Written(" and ".join(within(part, NOT) for part in parts), AND)
            case "or":
                found = Written(" or ".join(within(part, AND) for part in parts), OR)
            case "not":
                found = Written(f"not {within(parts[0], ATOM)}", NOT)
            case "minus" if node.kind == "number":
                found = Written(f"0.0 - {within(parts[0], TERM)}", SUM)
            case "minus":
                found = Written(f"-{within(parts[0], ATOM)}", UNARY)
            case "len" | "abs":
                found = self.call(node.operator, node)
            case _:
                level = LEVELS.get(node.operator, COMPARE)
                sign = "+" if node.operator == "join" else node.operator
                left, right = within(parts[0], max(level, SUM)), within(parts[1], level + 1)
                found = Written(f"{left} {sign} {right}", level)
        return found

    def among(self, node: Node) -> Written:
        part, *options = (self.write(one) for one in node.parts)
        values = ", ".join(one.text for one in options)
        listed = f"({values},)" if len(options) == 1 else f"({values})"
        if not node.parts[0].nullable:
            return Written(f"{within(part, SUM)} {node.operator} {listed}", COMPARE)
        function = "one_of" if node.operator == "in" else "none_of"
        return Written(f"{function}({part.text}, {listed})", ATOM)


def _literal(value: object) -> Written:
    match value:
        case Decimal():
            return Written(f'decimal.Decimal("{value:f}")', ATOM)
        case date() | time() | timedelta():
            return Written(repr(value).replace("datetime.timezone.utc", "datetime.UTC"), ATOM)
        case str():
            return Written(repr(value), ATOM)
    shown = repr(value)
    return Written(shown, UNARY if shown.startswith("-") else ATOM)
