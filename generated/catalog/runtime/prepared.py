"""SQL text with its parameters in order, made by SQLAlchemy once and kept.

A type of `columns.py` says how a value goes to the driver (`binder`); other types pass it on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Column
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

from .stored import Binder, DialectName, Stored

KeyType = TypeVar("KeyType", bound=Hashable)
Value = TypeVar("Value")

MOST_SHAPES = 256


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as the driver takes it."""

    sql: str
    parameters: tuple[tuple[str, Binder | None, object], ...]
    """The name of each value in order, how it is bound, and what stands where none is given."""

    def values(self, given: Mapping[str, object]) -> list[object]:
        """Put the values in order, as the driver takes them; NULL needs no binder."""
        find = given.get
        return [
            value if (value := find(name, default)) is None or binder is None else binder(value)
            for name, binder, default in self.parameters
        ]


def prepare(statement: ClauseElement, dialect: Dialect) -> Prepared:
    """Compile a statement for a dialect."""
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("only statements that take and return rows are prepared")
    names = compiled.positiontup or ()
    parameters = tuple(
        (name, _binder(compiled, name, dialect), compiled.params.get(name)) for name in names
    )
    return Prepared(str(compiled), parameters)


def _binder(compiled: SQLCompiler, name: str, dialect: Dialect) -> Binder | None:
    kind = compiled.binds[name].type
    return kind.binder(dialect_name(dialect)) if isinstance(kind, Stored) else None


def dialect_name(dialect: Dialect) -> DialectName:
    """Name a dialect as the runtime does."""
    return "sqlite" if dialect.name == "sqlite" else "postgresql"


def stored(column: Column[Any]) -> Stored[Any]:
    """Return the type of a column of ours."""
    if not isinstance(column.type, Stored):
        raise TypeError(f"{column} is not of a type of columns.py")
    return column.type


class Recent(Generic[KeyType, Value]):
    """What was made last, up to a number; what is asked for again is not made again."""

    def __init__(self, most: int = MOST_SHAPES) -> None:
        self._most = most
        self._values: OrderedDict[KeyType, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: KeyType, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made now if it is not there."""
        try:
            value = self._values[key]
            # Threads share it: another may drop the key between these two lines.
            self._values.move_to_end(key)
        except KeyError:
            value = self._values[key] = make()
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value
