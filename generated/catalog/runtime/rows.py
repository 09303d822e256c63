"""The rows of a resource: which columns are answered, how a row becomes JSON, what is unique.

A column that the response model does not have is never selected, so it cannot be answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypedDict, TypeVar, Unpack

from pydantic import BaseModel, create_model
from sqlalchemy import Column, ColumnElement, Table

from .columns import DeletedAt, Version
from .drivers import Row
from .encode import row_encoder
from .linked_keys import LinkedKeys
from .models import WireModel
from .prepared import Prepared, Recent, stored
from .problems import Problem
from .references import Link, Reference, column_of
from .rules import Rule
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


class Constraints(TypedDict, total=False):
    """What may refuse a write, each kind in the order of the spec."""

    unique: tuple[Unique, ...]
    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    rules: tuple[Rule, ...]


class Rows(Generic[Model]):
    """What statements of one resource share."""

    def __init__(
        self,
        noun: str,
        table: Table,
        model: type[Model],
        *,
        key: str,
        **constraints: Unpack[Constraints],
    ) -> None:
        self.noun = noun
        self.table = table
        self.model = model
        self.unique = constraints.get("unique", ())
        self.references = constraints.get("references", ())
        self.links = constraints.get("links", ())
        self.rules = constraints.get("rules", ())
        self.key: Column[Any] = table.c[key]
        self.version = column_of(table, Version)
        """What its entity tags say, where it has them."""
        self.deleted_at = column_of(table, DeletedAt)
        """What marks a row as deleted, where rows are marked."""
        self.live: tuple[ColumnElement[bool], ...] = (
            () if self.deleted_at is None else (self.deleted_at.is_(None),)
        )
        """What holds for the rows that are there."""
        self.columns: tuple[ColumnElement[Any], ...] = tuple(self._answered())
        """What is selected: columns, and the keys of each relation to many as one value."""
        self.lookups: Recent[Hashable, Prepared] = Recent()
        """Statements that look for what is in the way of a write."""
        self._positions = {str(column.key): at for at, column in enumerate(self.columns)}
        self._encoders: dict[DialectName, Callable[[Row], str]] = {}
        self._values: dict[str, type[BaseModel]] = {}

    def _answered(self) -> Iterator[ColumnElement[Any]]:
        links = {link.attribute: link for link in self.links if link.in_body}
        for name in self.model.model_fields:
            if name in self.table.c:
                yield self.table.c[name]
            elif name in links:
                yield LinkedKeys(links[name], self.key).label(name)

    def link(self, name: str) -> Link:
        """Look up a relation to many."""
        return next(link for link in self.links if link.name == name)

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
            pairs = [(self.wire_name(str(column.key)), column.type) for column in self.columns]
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


def unknown_key(rows: Rows[Any]) -> Problem:
    """Make the problem of a well-formed key that no row has."""
    detail = f"There is no {rows.noun} with this {rows.wire_name(rows.key.key)}."
    return Problem("unknown-key", detail, resource=rows.noun)


def wire_value(column: Column[Any], raw: object, dialect: DialectName) -> object:
    """Return the JSON value of a raw value that is not null."""
    value: object = json.loads(stored(column).encoder(dialect)(raw))
    return value
