"""Types `+ - * / %`, `-x` and `abs`, and proves that nothing overflows.

What may overflow is an error at the operator's own characters; the help names a field to bound.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NoReturn

from generator.expressions.intervals import (
    INTEGERS,
    MOST_DIGITS,
    NEAREST_TO_ZERO,
    NUMBERS,
    Interval,
    decimals,
)
from generator.expressions.nodes import (
    NUMERIC,
    Place,
    as_number,
    bound,
    converted,
    made,
    noun,
    shown,
    unified,
)
from generator.expressions.operands import Kind
from generator.expressions.tokens import ExpressionError, Token
from generator.expressions.tree import Arithmetic, Call, Minus
from generator.expressions.typed import Node, Operator

LONGEST_TEXT = 1_048_576
EXACT_DIGITS = 15
"""A decimal of so many digits has a double of its own, which every engine finds."""
FARTHEST = Fraction(2**500)
"""Of a divisor: what is beyond makes quotients too small for a double."""


def typed(left: Node, right: Node, tree: Arithmetic) -> Node:
    """Type an operator with two sides."""
    sign = tree.sign
    if sign.text == "+" and left.kind == right.kind == "text":
        return _join(left, right, tree)
    for side in (left, right):
        if side.kind not in NUMERIC:
            _refuse(left, right, side, sign)
    if sign.text == "/":
        return _quotient(left, right, tree)
    if sign.text == "%":
        return _remainder(left, right, tree)
    if sign.text == "*":
        return _product(left, right, tree)
    one, two = unified(left, right, sign)
    span = _range(one) + _range(two) if sign.text == "+" else _range(one) - _range(two)
    return _checked("+" if sign.text == "+" else "-", (one, two), span, one.scale, tree)


def minus(part: Node, tree: Minus) -> Node:
    """Type `-x`."""
    _numeric(part, tree.sign)
    return _fitting("minus", part, -_range(part), tree, tree.sign)


def absolute(part: Node, tree: Call) -> Node:
    """Type `abs(x)`."""
    _numeric(part, tree.sign)
    return _fitting("abs", part, abs(_range(part)), tree, tree.sign)


def _fitting(operator: Operator, part: Node, span: Interval, place: Place, sign: Token) -> Node:
    _prove(part.kind, span, part.scale, (part,), sign)
    found = made(operator, part.kind, (part,), place, part.nullable)
    return replace(found, range=span, scale=part.scale)


def _join(left: Node, right: Node, tree: Arithmetic) -> Node:
    span = _range(left) + _range(right)
    if span.high > LONGEST_TEXT:
        message = f"this text may have more than {LONGEST_TEXT:,} characters"
        _out_of_range(message, tree.sign, left, right)
    if left.operator == right.operator == "literal":
        text = f"{left.value}{right.value}"
        found = replace(left, end=tree.end, value=text, values=frozenset({text}))
        return replace(found, start=tree.start, range=span)
    node = made("join", "text", (left, right), tree, left.nullable or right.nullable)
    return replace(node, range=span)


def _product(left: Node, right: Node, tree: Arithmetic) -> Node:
    if {left.kind, right.kind} <= {"integer", "decimal"}:
        span = _range(left) * _range(right)
        return _checked("*", (left, right), span, left.scale + right.scale, tree)
    one, two = unified(left, right, tree.sign)
    return _checked("*", (one, two), _range(one) * _range(two), 0, tree)


def _checked(
    operator: Operator, parts: tuple[Node, Node], span: Interval, scale: int, tree: Arithmetic
) -> Node:
    kinds: set[Kind] = {part.kind for part in parts}
    kind: Kind = "integer"
    if kinds != {"integer"}:
        kind = "number" if "number" in kinds else "decimal"
    _prove(kind, span, scale, parts, tree.sign)
    nullable = any(part.nullable for part in parts)
    span = span.rounded() if kind == "number" else span
    return replace(made(operator, kind, parts, tree, nullable), range=span, scale=scale)


def _prove(kind: Kind, span: Interval, scale: int, parts: tuple[Node, ...], sign: Token) -> None:
    if kind == "integer" and not span.within(INTEGERS):
        _out_of_range("this may be an integer beyond 64 bits", sign, *parts)
    if kind == "number" and not span.within(NUMBERS):
        _out_of_range("this may be beyond what a number holds", sign, *parts)
    if kind == "decimal" and (scale > MOST_DIGITS or not span.within(decimals(scale))):
        behind = f", {scale} of them behind the point" if scale else ""
        message = f"this decimal may need more than {MOST_DIGITS} digits{behind}"
        _out_of_range(message, sign, *parts)


def _quotient(left: Node, right: Node, tree: Arithmetic) -> Node:
    if {left.kind, right.kind} == {"decimal", "number"}:
        unified(left, right, tree.sign)
    nearest = {"integer": Fraction(1), "decimal": Fraction(1, 10**right.scale)}.get(
        right.kind, NEAREST_TO_ZERO
    )
    one, two = _double(left, tree.sign), _double(right, tree.sign)
    span = _range(one).divided(_range(two), nearest)
    if not span.within(NUMBERS) or _range(two).size > FARTHEST:
        message = "this quotient may be beyond what a number holds"
        _out_of_range(message, tree.sign, left, right)
    zero = abs(_range(two)).low < nearest
    nullable = left.nullable or right.nullable or zero
    return replace(made("/", "number", (one, two), tree, nullable), range=span.rounded())


def _double(node: Node, sign: Token) -> Node:
    """Make a side of `/` a number."""
    if node.kind != "decimal":
        return as_number(node)
    if (_range(node) * Interval.of(10**node.scale, 10**node.scale)).size >= 10**EXACT_DIGITS:
        message = f"{shown(node)} may have more than {EXACT_DIGITS} digits, too many for `/`"
        _out_of_range(message, sign, node)
    return converted(node)


def _remainder(left: Node, right: Node, tree: Arithmetic) -> Node:
    for side in (left, right):
        if side.kind != "integer":
            message = f"`%` is for integers, not for {noun(side)}"
            raise ExpressionError(message, tree.sign.start, tree.sign.end, None, "expression-type")
    nullable = left.nullable or right.nullable or _range(right).has_zero
    span = _range(left).remainder(_range(right))
    return replace(made("%", "integer", (left, right), tree, nullable), range=span)


def _range(node: Node) -> Interval:
    return node.range or INTEGERS


def _numeric(part: Node, sign: Token) -> None:
    if part.kind not in NUMERIC:
        message = f"`{sign.text}` wants a number, not {noun(part)}"
        raise ExpressionError(message, sign.start, sign.end, None, "expression-type")


def _refuse(left: Node, right: Node, side: Node, sign: Token) -> NoReturn:
    message = f"`{sign.text}` does not take {noun(left)} with {noun(right)}"
    help = None
    if side.kind in {"date", "datetime", "time", "duration"}:
        help = "dates, times and durations compare, without arithmetic"
    elif side.kind == "text":
        help = "text is joined by `+`, with text alone"
    raise ExpressionError(message, sign.start, sign.end, help, "expression-type")


def _out_of_range(message: str, sign: Token, *parts: Node) -> NoReturn:
    raise ExpressionError(message, sign.start, sign.end, bound(*parts), "expression-range")
