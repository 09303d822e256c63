"""The names of a row: a field by its own, the column of a relation by the relation's.

A computed field stands for its computation, so that a rule about it reads stored columns alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.expressions.fit import computed
from generator.expressions.infer import infer
from generator.expressions.operands import Operand, operand
from generator.expressions.parse import parse
from generator.ir import Field


def operands(fields: Iterable[Field]) -> dict[str, Operand]:
    """What the expressions of a row can name."""
    rows = {field.relation or field.name: field for field in fields}
    stored = {name: operand(field) for name, field in rows.items() if field.compute is None}
    found = {}
    for name, field in rows.items():
        if field.compute is None:
            found[name] = stored[name]
        else:
            found[name] = computed_operand(field.compute.text, stored, operand(field))
    return found


def computed_operand(text: str, stored: Mapping[str, Operand], target: Operand) -> Operand:
    """What expressions know of a computed field; raises `ExpressionError` where it is wrong."""
    return replace(target, inlined=computed(infer(parse(text), stored, target), target))
