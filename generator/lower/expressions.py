"""Lowers expressions of the language: what a rule checks, what a field is computed by."""

from __future__ import annotations

from collections.abc import Iterable

from generator.expressions import Typed, operands, translate, understand
from generator.ir import Expression, Field


class Expressions:
    """The expressions of one resource, over its columns; relations go by their names."""

    def __init__(self, fields: Iterable[Field]) -> None:
        every = tuple(fields)
        self._names = operands(every)
        self._columns = {field.relation or field.name: field.name for field in every}

    def rule(self, text: str) -> Expression:
        """Translate what a rule checks."""
        return translate(self.understood(text), self._columns)

    def computed(self, field: Field, text: str) -> Expression:
        """Translate what a field is computed by."""
        return translate(self.understood(text, field), self._columns)

    def understood(self, text: str, computed: Field | None = None) -> Typed:
        """Read a rule, or what a field is computed by."""
        return understand(text, self._names, self._names[computed.name] if computed else None)
