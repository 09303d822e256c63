"""Whether what an expression gives is what is wanted: a condition, or a value of a field's type."""

from __future__ import annotations

from fractions import Fraction

from generator.expressions.nodes import as_number, noun, scaled
from generator.expressions.operands import Operand
from generator.expressions.tokens import ExpressionError
from generator.expressions.typed import Node

CODE = "wrong-result"


def rule(root: Node) -> Node:
    """Insist that a rule is a condition."""
    if root.kind != "boolean":
        message = f"a rule holds or does not, and this is {noun(root)}"
        help = "compare it with something"
        raise ExpressionError(message, root.start, root.end, help, "expression-type")
    return root


def computed(root: Node, target: Operand) -> Node:
    """Bring a computation to the type of its field, or say why it does not fit."""
    root = _converted(root, target)
    if root.nullable != target.nullable:
        message = "this may be null, and the type of the field has no `?`"
        help = "give the type a `?`, or say what stands for null: `coalesce(x, 0)`"
        if target.nullable:
            message = "this is never null, and the type of the field has a `?`"
            help = "take the `?` away"
        raise _error(root, message, help)
    _within(root, target)
    return root


def _converted(root: Node, target: Operand) -> Node:
    if target.type_name in {"email", "url"}:
        message = f"nothing proves that this is the text of {_article(target.type_name)}"
        raise _error(root, message, "make the field a `string`")
    if target.kind == "number" and root.kind == "integer":
        return as_number(root)
    if target.kind == "decimal" and root.kind in {"integer", "decimal"}:
        if root.scale > target.scale:
            message = f"this has {root.scale} digits behind the point, and the field {target.scale}"
            raise _error(root, message, "give the type of the field as many")
        return scaled(root, target.scale, root)
    if root.kind != target.kind or root.kind in {"list", "opaque"}:
        wanted = target.enum or target.type_name
        message = f"this is {noun(root)}, and the field is {_article(wanted)}"
        raise _error(root, message, None)
    return root


def _within(root: Node, target: Operand) -> None:
    if target.values is not None:
        if root.values is None or not root.values <= target.values:
            message = f"this may be another text than the values of `{target.enum}`"
            raise _error(root, message, "make the field a `string`")
        return
    if target.range is None or root.range is None or root.range.within(target.range):
        return
    low, high = root.range.low, root.range.high
    span = f"from {_end(low)} to {_end(high)}"
    if root.kind == "text":
        message = f"this has {span} characters, and the field {_span(target)}"
    else:
        message = f"this lies {span}, and the field {_span(target)}"
    help = "bound the fields that it reads, or widen the type of the field"
    raise _error(root, message, help, "expression-range")


def _span(target: Operand) -> str:
    return f"from {_end(target.range.low)} to {_end(target.range.high)}" if target.range else ""


def _end(exact: Fraction) -> str:
    if exact.denominator == 1 and abs(exact) < 10**20:
        return str(exact.numerator)
    return f"{float(exact):.12g}"


def _article(word: str) -> str:
    return f"an `{word}`" if word[0].lower() in "aeio" else f"a `{word}`"


def _error(root: Node, message: str, help: str | None, code: str = CODE) -> ExpressionError:
    return ExpressionError(message, root.start, root.end, help, code)
