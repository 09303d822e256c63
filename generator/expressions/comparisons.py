"""Types comparisons and `in`: both sides of one type, ordered where an order is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from generator.expressions.nodes import made, noun, scaled, unified
from generator.expressions.tokens import ExpressionError, Token
from generator.expressions.tree import Among, Comparison
from generator.expressions.typed import Node, Operator
from generator.spelling import suggest

EQUALITY = ("==", "!=")
OPERATORS: dict[str, Operator] = {
    "==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
}  # fmt: skip


def compare(left: Node, right: Node, tree: Comparison) -> Node:
    """Type `x <= y`."""
    _comparable(left, right, tree.sign)
    _members(left, (right,))
    _members(right, (left,))
    if tree.sign.text not in EQUALITY:
        _ordered(left, tree.sign)
        _ordered(right, tree.sign)
    parts = unified(left, right, tree.sign)
    nullable = left.nullable or right.nullable
    return made(OPERATORS[tree.sign.text], "boolean", parts, tree, nullable)


def among(part: Node, options: Sequence[Node], tree: Among) -> Node:
    """Type `x in [1, 2]`."""
    _members(part, options)
    scale = max(one.scale for one in (part, *options))
    for option in options:
        _comparable(part, option, tree.sign)
        if part.kind != option.kind and {part.kind, option.kind} - {"integer", "decimal"}:
            unified(part, option, tree.sign)
    parts = (part, *options)
    kinds = {one.kind for one in parts}
    if "decimal" in kinds:
        parts = tuple(scaled(one, scale, tree.sign) for one in parts)
    elif "number" in kinds:
        number = next(one for one in parts if one.kind == "number")
        parts = tuple(unified(one, number, tree.sign)[0] for one in parts)
    operator: Operator = "not in" if tree.negated else "in"
    return made(operator, "boolean", parts, tree, part.nullable)


def _comparable(left: Node, right: Node, sign: Token) -> None:
    if left.operator == right.operator == "literal":
        message = "two literals always compare alike"
        help = "compare a field with something"
        raise ExpressionError(message, sign.start, sign.end, help, "expression-type")
    for side in (left, right):
        if side.kind in {"list", "opaque"}:
            message = f"`{sign.text}` does not compare {noun(side)}"
            advice = "of a list, compare its `len(...)`" if side.kind == "list" else None
            raise ExpressionError(message, side.start, side.end, advice, "expression-type")


def _members(part: Node, others: Sequence[Node]) -> None:
    """Insist that a literal beside a member of an enum is one of its values."""
    if part.enum is None or part.values is None:
        return
    for other in others:
        literal = other.operator == "literal" and other.kind == "text"
        if literal and str(other.value) not in part.values:
            message = f"there is no value `{other.value}` in `{part.enum}`"
            help = suggest(str(other.value), tuple(sorted(part.values)))
            raise ExpressionError(message, other.start, other.end, help, "expression-name")


def _ordered(side: Node, sign: Token) -> None:
    what = {"boolean": "booleans have", "uuid": "a uuid has"}.get(side.kind)
    what = "a member of an enum has" if side.enum is not None else what
    if what is not None:
        message = f"{what} no order"
        raise ExpressionError(
            message,
            sign.start,
            sign.end,
            "compare by `==` or `!=`, or with `in`",
            "expression-type",
        )
