"""The rows of a resource: which columns are answered, how a row becomes JSON, what is unique.

A column that the response model does not have is never selected, so it cannot be answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, create_model
from sqlalchemy import Column, Table

from .drivers import Row
from .encode import row_encoder
from .models import WireModel
from .prepared import Prepared, Recent, stored
from .stored import DialectName

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Unique:
    """Columns whose values together occur once. A row with a null among them never clashes."""

    name: str
    """In the spec, and in the answer to a conflict."""
    sql_name: str
    columns: tuple[str, ...]
    ignore_case: bool = False
    """ASCII letters alone: the same on both databases."""
    primary: bool = False
    """Whether it is the primary key."""

    def reported_in(self, report: str, table: str) -> bool:
        """Tell whether a database's report of a unique set means this one."""
        if self.primary and report in (f"pk_{table}", f"{table}_pkey"):
            return True
        listed = ", ".join(f"{table}.{column}" for column in self.columns)
        by_name = report == self.sql_name or report.endswith(f"index '{self.sql_name}'")
        return by_name or report.endswith(f": {listed}")


class Rows(Generic[Model]):
    """What statements of one resource share."""

    def __init__(
        self,
        noun: str,
        table: Table,
        model: type[Model],
        *,
        key: str,
        unique: tuple[Unique, ...] = (),
    ) -> None:
        self.noun = noun
        self.table = table
        self.model = model
        self.unique = unique
        self.key: Column[Any] = table.c[key]
        self.columns: tuple[Column[Any], ...] = tuple(
            table.c[name] for name in model.model_fields if name in table.c
        )
        self.lookups: Recent[Hashable, Prepared] = Recent()
        """Statements that look for what is in the way of a write."""
        self._positions = {column.key: at for at, column in enumerate(self.columns)}
        self._encoders: dict[DialectName, Callable[[Row], str]] = {}
        self._values: dict[str, type[BaseModel]] = {}

    def wire_name(self, column: str, body: BaseModel | None = None) -> str:
        """Name a column as clients do; one that is not answered is named by a body's model."""
        for model in (self.model, type(body)):
            field = model.model_fields.get(column) if issubclass(model, BaseModel) else None
            if field is not None:
                return field.alias or column
        return column

    def encode(self, row: Row, dialect: DialectName) -> str:
        """Write a row of `columns` as JSON."""
        encoder = self._encoders.get(dialect)
        if encoder is None:
            pairs = [(self.wire_name(column.key), column.type) for column in self.columns]
            encoder = self._encoders[dialect] = row_encoder(pairs, dialect)
        return encoder(row)

    def value_of(self, column: Column[Any], row: Row) -> object:
        """Pick the raw value of a column out of a row of `columns`."""
        value: object = row[self._positions[column.key]]
        return value

    def parse(self, column: Column[Any], wire: object) -> object:
        """Check a JSON value of an answered column as strictly as a body is; raise ValueError."""
        model = self._values.get(column.key)
        if model is None:
            model = self._values[column.key] = self._value_model(column.key)
        value: object = model.model_validate({"value": wire}).__dict__["value"]
        return value

    def _value_model(self, name: str) -> type[BaseModel]:
        """Make a model of one value, with the type that a field has."""
        field = self.model.model_fields[name]
        kind: Any = field.annotation
        for mark in field.metadata:
            kind = Annotated[kind, mark]
        return create_model("Value", __base__=WireModel, value=(kind, ...))


def wire_value(column: Column[Any], raw: object, dialect: DialectName) -> object:
    """Return the JSON value of a raw value that is not null."""
    value: object = json.loads(stored(column).encoder(dialect)(raw))
    return value
