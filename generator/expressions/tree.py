"""An expression as it is written: a tree of its parts, with no types yet.

`start` and `end` say where a part stands; of an operator, `sign` where the operator itself does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from generator.expressions.tokens import Token


@dataclass(frozen=True, slots=True)
class Literal:
    """`5`, `'text'`, `true`, `date'2026-11-22'`; `negative` with a minus in front, in a list."""

    token: Token
    start: int
    end: int
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A field or a relation."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """`coalesce(x, y)`."""

    function: str
    parts: tuple[Tree, ...]
    sign: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Minus:
    """`-x`."""

    part: Tree
    sign: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`x + y`, and `- * / %`."""

    left: Tree
    right: Tree
    sign: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`x <= y`."""

    left: Tree
    right: Tree
    sign: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Among:
    """`x in [1, 2]`, `x not in [1, 2]`."""

    part: Tree
    options: tuple[Literal, ...]
    negated: bool
    sign: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class IsNull:
    """`x is null`, `x is not null`."""

    part: Tree
    negated: bool
    sign: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """`not x`."""

    part: Tree
    sign: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Logic:
    """`x and y and z`, `x or y`."""

    word: OneOf["and", "or"]
    parts: tuple[Tree, ...]
    start: int
    end: int


Tree = Literal | Name | Call | Minus | Arithmetic | Comparison | Among | IsNull | Not | Logic
