"""An expression as it is understood: the same tree with the type of every part.

What the spec leaves unsaid is a node of its own here (`number`: an integer or decimal becomes a
number; `scale`: a decimal gets more digits behind the point), so a translation only writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.expressions.intervals import Interval
from generator.expressions.operands import Kind

Operator = Literal[
    "literal", "name", "len", "lower", "upper", "coalesce", "abs", "minus", "+", "-", "*", "/",
    "%", "join", "number", "scale", "==", "!=", "<", "<=", ">", ">=", "in", "not in",
    "is null", "is not null", "not", "and", "or",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of an expression."""

    operator: Operator
    kind: Kind
    nullable: bool
    start: int
    end: int
    parts: tuple[Node, ...] = ()
    """Of `in`: the value, then the options."""
    value: object = None
    """Of a literal its Python value, of a name the name."""
    range: Interval | None = None
    scale: int = 0
    """Of a decimal: the digits behind the point."""
    values: frozenset[str] | None = None
    """Of a text that is one of some known ones."""
    enum: str | None = None
    """Of a text that is a member of an enum: which one."""
    depth: int = 1

    def __iter__(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for part in self.parts:
            yield from part


@dataclass(frozen=True, slots=True)
class Typed:
    """A whole expression."""

    text: str
    root: Node

    @property
    def names(self) -> tuple[str, ...]:
        """What it names, in the order of the text, each once."""
        found = (str(node.value) for node in self.root if node.operator == "name")
        return tuple(dict.fromkeys(found))
