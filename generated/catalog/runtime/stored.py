"""What a storage type of `columns.py` is made of: per database, a SQL type and its conversions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

DialectName = Literal["sqlite", "postgresql"]
Binder = Callable[[Any], Any]
Decoder = Callable[[Any], Any]
Encoder = Callable[[Any], str]
T = TypeVar("T")


def unchanged(value: T) -> T:
    """Give back what was given."""
    return value


@dataclass(frozen=True, slots=True)
class Storage:
    """How one database stores a type. No null ever reaches the conversions."""

    sql_type: TypeEngine[Any]
    encode: Encoder
    """From the driver's value to JSON text."""
    bind: Binder | None = None
    """From the Python value to the driver's; None where the driver takes it as it is."""
    decode: Decoder = unchanged
    """From the driver's value to the Python value."""
    source: str | None = None
    """What `encode` does as a part of an f-string in which `$v` is the value; see `encode.py`."""


class Stored(TypeDecorator[T]):
    """A storage type: `impl` decides its operators in SQLAlchemy, the two storages all else."""

    cache_ok = True
    on_sqlite: Storage
    on_postgresql: Storage

    def binder(self, dialect: DialectName) -> Binder | None:
        """Return what makes the driver's value of one that is not null; None if they are alike."""
        return self._on(dialect).bind

    def encoder(self, dialect: DialectName) -> Encoder:
        """Return what makes JSON text of a driver's value that is not null."""
        return self._on(dialect).encode

    def encoder_source(self, dialect: DialectName) -> str | None:
        """Return the same as a part of an f-string, where that is cheaper than a call."""
        return self._on(dialect).source

    def decoder(self, dialect: DialectName) -> Decoder:
        """Return what makes a Python value of a driver's value that is not null."""
        return self._on(dialect).decode

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Give SQLAlchemy the SQL type."""
        return dialect.type_descriptor(self._on(dialect.name).sql_type)

    def process_bind_param(self, value: T | None, dialect: Dialect) -> object:
        """Convert for a statement that SQLAlchemy executes."""
        bind = self._on(dialect.name).bind
        return value if value is None or bind is None else bind(value)

    def process_result_value(self, value: object, dialect: Dialect) -> T | None:
        """Convert what a statement returned that SQLAlchemy executed."""
        return None if value is None else self._on(dialect.name).decode(value)

    def _on(self, dialect: str) -> Storage:
        if dialect == "sqlite":
            return self.on_sqlite
        if dialect == "postgresql":
            return self.on_postgresql
        raise NotImplementedError(f"nothing is known of storing on {dialect}")
