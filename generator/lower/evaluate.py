"""Evaluates an understood expression over the values of a row, for the examples of the contract.

It walks the typed tree, with the functions that the Python translation names: what an example shows
is what a service computes, and no emitted text is run while compiling.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from generator.expressions import Typed
from generator.expressions.python import ALWAYS, FUNCTIONS
from generator.expressions.typed import Node
from generator.expressions.writing import may_be_negative_zero, of_numbers
from generator.runtime import three_valued

Value: TypeAlias = Any
"""What a column holds: None for null, or a value of any type."""
Values: TypeAlias = Mapping[str, Value]
"""By the names of the spec."""

_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    operator: getattr(three_valued, name) for operator, name in {**FUNCTIONS, **ALWAYS}.items()
} | {
    "number": lambda value: value,
    "scale": lambda value: value,
    "is null": lambda value: value is None,
    "is not null": lambda value: value is not None,
    "in": lambda value, *options: three_valued.one_of(value, options),
    "not in": lambda value, *options: three_valued.none_of(value, options),
}
"""An integer or a decimal is made what it is compared with by Python itself."""


def evaluate(typed: Typed, values: Values) -> Value:
    """Give what an expression is for a row: a value of its field, or whether a rule is kept."""
    root = typed.root
    found = _value(root, values)
    if root.operator == "number":
        return three_valued.number(found)
    if root.kind == "decimal" and root.operator not in {"name", "literal"}:
        return three_valued.scaled(found, root.scale)
    return found


def _value(node: Node, values: Values) -> Value:
    match node.operator:
        case "literal":
            return node.value
        case "name":
            return values[str(node.value)]
    parts = [_value(part, values) for part in node.parts]
    match node.operator:
        case "minus":
            found = three_valued.minus(0.0 if node.kind == "number" else 0, *parts)
        case "*" if of_numbers(node):
            found = three_valued.number_times(*parts)
        case operator:
            found = _FUNCTIONS[operator](*parts)
            if operator == "*" and may_be_negative_zero(node):
                found = three_valued.plus(found, 0.0)
    return found
