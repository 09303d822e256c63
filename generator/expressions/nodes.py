"""Makes typed nodes, and brings two values to one type where that is exact.

An integer may become a number (within 2^53) or a decimal; a decimal more digits behind the point.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from generator.expressions.intervals import EXACT_INTEGERS, INTEGERS, Interval
from generator.expressions.operands import Kind
from generator.expressions.parse import DEEPEST
from generator.expressions.tokens import ExpressionError, Token
from generator.expressions.typed import Node, Operator

NUMERIC = ("integer", "number", "decimal")
NOUNS: dict[Kind, str] = {
    "integer": "an integer", "number": "a number", "decimal": "a decimal", "boolean": "a boolean",
    "text": "a text", "date": "a date", "datetime": "a datetime", "time": "a time",
    "duration": "a duration", "uuid": "a uuid", "list": "a list",
    "opaque": "what only `is null` can ask about",
}  # fmt: skip


class Place(Protocol):
    """A part of the text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The one after its last."""


def made(
    operator: Operator, kind: Kind, parts: tuple[Node, ...], place: Place, nullable: bool
) -> Node:
    """Put parts together, as long as they are not too deep."""
    depth = 1 + max(part.depth for part in parts)
    if depth > DEEPEST:
        message = f"this is more than {DEEPEST} operators deep"
        raise ExpressionError(message, place.start, place.end, "say it in several rules")
    return Node(
        operator=operator,
        kind=kind,
        nullable=nullable,
        start=place.start,
        end=place.end,
        parts=parts,
        depth=depth,
    )


def noun(node: Node) -> str:
    """What a value is, as a sentence says it."""
    return NOUNS[node.kind]


def shown(node: Node) -> str:
    """A value as a sentence names it."""
    return f"`{node.value}`" if node.operator == "name" else "this"


def boolean(node: Node, word: str) -> Node:
    """Insist on a condition."""
    if node.kind != "boolean":
        message = f"{word} joins conditions, and {shown(node)} is {noun(node)}"
        if word == "`not`":
            message = f"`not` turns a condition around, and {shown(node)} is {noun(node)}"
        help = "compare it with something"
        raise ExpressionError(message, node.start, node.end, help, "expression-type")
    return node


def unified(left: Node, right: Node, sign: Token) -> tuple[Node, Node]:
    """Bring two values to one type; what cannot be is an error at the operator."""
    kinds = {left.kind, right.kind}
    if kinds == {"decimal", "number"}:
        message = "decimals, which are exact, do not mix with numbers"
        help = "make both fields decimals, or both numbers"
        raise ExpressionError(message, sign.start, sign.end, help, "expression-type")
    if kinds == {"integer", "number"}:
        return as_number(left), as_number(right)
    if "decimal" in kinds and kinds <= {"decimal", "integer"}:
        scale = max(left.scale, right.scale)
        return scaled(left, scale, sign), scaled(right, scale, sign)
    if len(kinds) > 1:
        message = f"`{sign.text}` does not take {noun(left)} with {noun(right)}"
        raise ExpressionError(message, sign.start, sign.end, None, "expression-type")
    return left, right


def as_number(node: Node) -> Node:
    """Make an integer a number, which is exact within 2^53."""
    if node.kind == "number":
        return node
    if node.range is None or not node.range.within(EXACT_INTEGERS):
        message = f"{shown(node)} may be too large an integer to become a number"
        raise ExpressionError(message, node.start, node.end, bound(node), "expression-range")
    return converted(node)


def scaled(node: Node, scale: int, place: Place) -> Node:
    """Give a decimal (or an integer) more digits behind the point."""
    if node.kind == "decimal" and node.scale == scale:
        return node
    span = node.range or INTEGERS
    factor = Interval.of(10**scale, 10**scale)
    if not (span * factor).within(INTEGERS):
        message = f"with {scale} digits behind the point, {shown(node)} may be too long"
        raise ExpressionError(message, place.start, place.end, bound(node), "expression-range")
    return replace(converted(node), operator="scale", kind="decimal", range=span, scale=scale)


def converted(node: Node) -> Node:
    """Make an integer or a decimal a number."""
    found = made("number", "number", (node,), node, node.nullable)
    return replace(found, range=node.range, depth=node.depth)


def bound(*nodes: Node) -> str | None:
    """Say which field to bound so that a proof succeeds: the one that reaches farthest."""
    named = [
        one
        for node in nodes
        for one in node
        if one.operator == "name" and one.range is not None and one.kind in {*NUMERIC, "text"}
    ]
    if not named:
        return "use smaller literals"
    widest = max(named, key=lambda one: one.range.size if one.range else 0)
    example = {
        "integer": "integer(0..1000)", "number": "number(0..1000)", "text": "string(..80)",
        "decimal": f"decimal(9:{widest.scale})",
    }[widest.kind]  # fmt: skip
    return f"bound `{widest.value}` by its type, for example `{example}`"


def spanning_values(one: Node, two: Node) -> frozenset[str] | None:
    """The known values of a text that is one of two."""
    if one.values is None or two.values is None:
        return None
    return one.values | two.values
