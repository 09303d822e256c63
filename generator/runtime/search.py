"""Search: every word of `q` occurs in one of the columns, with ASCII case ignored.

A word is looked for as it stands: there is no LIKE, so `%` and `_` are letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, bindparam, func, or_, true

from .columns import Text
from .filters import Condition
from .stored import DialectName

PARAMETER = "q"
WHITE_SPACE = " \t\n\r\f\v"
ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def words(text: str) -> tuple[str, ...]:
    """Split at ASCII's white space, in lower case; a word that is repeated counts once."""
    for space in WHITE_SPACE:
        text = text.replace(space, " ")
    return tuple(dict.fromkeys(filter(None, text.translate(ASCII_LOWER).split(" "))))


def occurrence(columns: Sequence[Column[Any]]) -> Condition:
    """Hold for rows in which every word of a text occurs. No word at all holds for all rows."""

    def clause(count: int, dialect: DialectName) -> ColumnElement[bool]:
        position = func.instr if dialect == "sqlite" else func.strpos

        def occurs(at: int) -> ColumnElement[bool]:
            word = bindparam(f"{PARAMETER}__{at}", type_=Text())
            return or_(*(position(func.lower(column), word) > 0 for column in columns))

        return and_(true(), *(occurs(at) for at in range(count)))

    def values(text: str) -> Mapping[str, object]:
        return {f"{PARAMETER}__{at}": word for at, word in enumerate(words(text))}

    return Condition(lambda text: len(words(text)), clause, values)
