"""What translations share: how tightly operators bind, and which numbers count as zero.

A translation is text with a level; a part of a lower level than its place allows gets parentheses.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.expressions.intervals import NEAREST_TO_ZERO
from generator.expressions.tokens import ExpressionError
from generator.expressions.typed import Node

OR, AND, NOT, COMPARE, SUM, TERM, UNARY, ATOM = range(1, 9)
LONGEST = 10_000
"""Characters of a translation."""


class Written(NamedTuple):
    """A part as it is translated."""

    text: str
    level: int
    loose: bool = False
    """Of SQL: whether it has no column in it, so that its type may be a narrower one."""


def within(part: Written, level: int) -> str:
    """The text of a part where only what binds at least as tightly may stand."""
    return part.text if part.level >= level else f"({part.text})"


def measured(part: Written, node: Node) -> Written:
    """Refuse what becomes too long."""
    if len(part.text) > LONGEST:
        message = "the SQL of this expression would be too long"
        help = "say it in several rules"
        raise ExpressionError(message, node.start, node.end, help, "expression-range")
    return part


def may_be_tiny(node: Node) -> bool:
    """Whether a number may be nearer to zero than what a product can take, and not zero."""
    if node.operator in {"number", "literal"} or node.kind != "number" or node.range is None:
        return False
    return abs(node.range).low < NEAREST_TO_ZERO


def of_numbers(node: Node) -> bool:
    """Whether a product is of two numbers: then tiny ones count as zero."""
    return all(part.kind == "number" and part.operator != "number" for part in node.parts)


def may_be_negative_zero(node: Node) -> bool:
    """Whether zero may come out of a product or quotient of numbers with the wrong sign."""
    left, right = node.parts
    if node.kind != "number" or left.range is None or right.range is None:
        return False
    zero = [abs(one).low < NEAREST_TO_ZERO for one in (left.range, right.range)]
    found = zero[0] and right.range.low < 0
    return found or (node.operator == "*" and zero[1] and left.range.low < 0)
