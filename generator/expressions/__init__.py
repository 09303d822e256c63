"""The expressions of rules and computed fields: understood once, translated to SQL and Python.

`understand` reads and types an expression, or raises `ExpressionError` with the characters that
are wrong. `translate` writes what was understood. All three translations have one meaning: where an
engine means something else, the expression is refused, or the translation says more.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.expressions import postgresql, python, sqlite
from generator.expressions.fit import computed, rule
from generator.expressions.infer import infer
from generator.expressions.names import computed_operand, operands
from generator.expressions.operands import Operand, operand, operand_of
from generator.expressions.parse import parse
from generator.expressions.renaming import renamed
from generator.expressions.tokens import ExpressionError
from generator.expressions.typed import Typed
from generator.ir import Expression

__all__ = [
    "ExpressionError",
    "Operand",
    "Typed",
    "computed_operand",
    "operand",
    "operand_of",
    "operands",
    "renamed",
    "translate",
    "understand",
]


def understand(text: str, names: Mapping[str, Operand], target: Operand | None = None) -> Typed:
    """Read a rule, or the computation of a field: `target` is what expressions know of it."""
    root = infer(parse(text), names, target)
    typed = Typed(text, rule(root) if target is None else computed(root, target))
    try:
        translate(typed, {})
    except ExpressionError as error:  # too long, perhaps within a computed field
        raise ExpressionError(error.message, 0, len(text), error.help, error.code) from error
    return typed


def translate(typed: Typed, columns: Mapping[str, str]) -> Expression:
    """Write an expression; `columns` has those that are not called as the spec calls them."""
    names = {name: columns.get(name, name) for name in typed.names}
    return Expression(
        text=typed.text,
        sqlite=sqlite.write(typed.root, names),
        postgresql=postgresql.write(typed.root, names),
        python=python.write(typed.root, names),
        fields=tuple(dict.fromkeys(names.values())),
    )
