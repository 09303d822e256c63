"""The conditions of a list that are more than one comparison.

The SQL of such a condition depends on the value that is given (how many there are, say): its shape.
Text is compared by code point everywhere, and never by LIKE, which SQLite and PostgreSQL read
differently.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, and_, bindparam, func

from .stored import DialectName

SIZES = (1, 2, 4, 8, 16, 32, 64, 100)
LAST_CODE_POINT = 0x10FFFF
BEFORE_SURROGATES = 0xD7FF
AFTER_SURROGATES = 0xE000


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition whose SQL depends on its value."""

    shape: Callable[[Any], Hashable]
    """What of a value its SQL depends on."""
    clause: Callable[[Any, DialectName], ColumnElement[bool]]
    """The SQL of a shape."""
    values: Callable[[Any], Mapping[str, object]]
    """The parameters of a value."""
    of_nothing: Callable[[Any], bool] = lambda _shape: False
    """Whether it holds where there is no value, by shape."""
    searches: Callable[[Any], Column[Any] | None] = lambda _shape: None
    """The column by whose index a database can look for such rows, if there is one, by shape."""
    pins: Callable[[Any], Column[Any] | None] = lambda _shape: None
    """The column of which it leaves one value, if there is one, by shape."""
    each: Callable[[Any], Sequence[ColumnElement[bool]]] = lambda _shape: ()
    """The conditions of which one has to hold, if it can be said so, by shape."""


def among(column: Column[Any], name: str) -> Condition:
    """Hold for rows with one of up to 100 values.

    The last value is repeated up to the next of few sizes, so that few statements are compiled.
    """

    def size(values: list[object]) -> int:
        return next(one for one in SIZES if one >= len(values))

    def given(size: int) -> list[BindParameter[Any]]:
        return [bindparam(f"{name}__{at}", type_=column.type) for at in range(size)]

    def clause(size: int, _dialect: DialectName) -> ColumnElement[bool]:
        return column.in_(given(size))

    def each(size: int) -> Sequence[ColumnElement[bool]]:
        return [column == value for value in given(size)]

    def values(values: list[object]) -> Mapping[str, object]:
        padded = values + values[-1:] * (size(values) - len(values))
        return {f"{name}__{at}": value for at, value in enumerate(padded)}

    return Condition(size, clause, values, searches=lambda _size: column, each=each)


def starts_with(column: Column[Any], name: str) -> Condition:
    """Hold for text that begins with a prefix: from it, to the first text after all such texts."""

    def clause(bounded: bool, _dialect: DialectName) -> ColumnElement[bool]:
        begins = column >= bindparam(name)
        return and_(begins, column < bindparam(f"{name}__end")) if bounded else begins

    def values(prefix: str) -> Mapping[str, object]:
        return {name: prefix, f"{name}__end": after_prefix(prefix)}

    return Condition(
        lambda prefix: after_prefix(prefix) is not None,
        clause,
        values,
        searches=lambda _bounded: column,
    )


def contains(column: Column[Any], name: str) -> Condition:
    """Hold for text with a given part."""

    def clause(_shape: None, dialect: DialectName) -> ColumnElement[bool]:
        position = func.instr if dialect == "sqlite" else func.strpos
        return position(column, bindparam(name, type_=column.type)) > 0

    return Condition(lambda _part: None, clause, lambda part: {name: part})


def is_null(column: Column[Any], name: str) -> Condition:
    """Hold for rows without a value, or (`false`) for those with one."""
    del name
    return Condition(
        lambda null: null,
        lambda null, _dialect: column.is_(None) if null else column.is_not(None),
        lambda _null: {},
        of_nothing=bool,
        pins=lambda null: column if null else None,
    )


def differs(column: Column[Any], name: str) -> Condition:
    """Hold for rows with another value or none."""
    return Condition(
        lambda _value: None,
        lambda _shape, _dialect: column.is_distinct_from(bindparam(name, type_=column.type)),
        lambda value: {name: value},
        of_nothing=lambda _shape: True,
    )


def after_prefix(prefix: str) -> str | None:
    """Return the first text, by code point, after all that begin with a prefix; None if none is."""
    for end, character in _backwards(prefix):
        code = ord(character)
        if code == BEFORE_SURROGATES:
            return prefix[:end] + chr(AFTER_SURROGATES)
        if code < LAST_CODE_POINT:
            return prefix[:end] + chr(code + 1)
    return None


def _backwards(text: str) -> Iterator[tuple[int, str]]:
    for at in range(len(text) - 1, -1, -1):
        yield at, text[at]
