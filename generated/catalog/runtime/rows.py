"""The rows of a resource: which columns are answered, how a row becomes JSON, what is unique.

A column that the response model does not have is never selected, so it cannot be answered.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Generic, NamedTuple, TypedDict, TypeVar, Unpack

from pydantic import BaseModel, create_model
from sqlalchemy import Column, ColumnElement, Table

from .columns import DeletedAt, Integer, Secret, Version
from .drivers import Row
from .encode import Member, RowEncoder, row_encoder
from .linked_keys import LinkedKeys
from .models import WireModel
from .prepared import Prepared, Recent, stored
from .problems import Problem
from .references import Link, Reference, can_die, column_of, target
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


class Guard(NamedTuple):
    """What a foreign key does not see to."""

    column: str
    can_die: bool
    """Whether what it refers to can be marked as deleted."""
    own_table: bool
    """Whether a row can refer to itself."""


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
        self.refers = bool(self.references or self.links)
        """Whether rows refer to others."""
        self.secrets = any(isinstance(column.type, Secret) for column in table.c)
        """Whether they have values of which a hash is stored."""
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
        self._encoders: dict[DialectName, RowEncoder] = {}
        self._values: dict[str, type[BaseModel]] = {}

    def _answered(self) -> Iterator[ColumnElement[Any]]:
        links = {link.attribute: link for link in self.links if link.in_body}
        for name in self.model.model_fields:
            if name in self.table.c:
                yield self.table.c[name]
            elif name in links:
                yield LinkedKeys(links[name], self.key).label(name)

    def prepare_for(self, dialect: DialectName) -> None:
        """Make the encoder of rows."""
        self._encoders.get(dialect) or self._make_encoder(dialect)

    @cached_property
    def guards(self) -> tuple[Guard, ...]:
        """Say of each relation to one what its foreign key leaves open; all tables are known."""
        columns = [self.table.c[one.column] for one in self.references]
        return tuple(Guard(one.key, can_die(one), target(one) is self.key) for one in columns)

    @cached_property
    def unknown(self) -> str:
        """What is said of a key that no row has."""
        return f"There is no {self.noun} with this {self.wire_name(self.key.key)}."

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
        encoder = self._encoders.get(dialect) or self._make_encoder(dialect)
        return encoder.one(row)

    def encode_many(self, rows: Iterable[Row], dialect: DialectName) -> list[str]:
        """Write each of many rows."""
        encoder = self._encoders.get(dialect) or self._make_encoder(dialect)
        return encoder.many(rows)

    def _make_encoder(self, dialect: DialectName) -> RowEncoder:
        members = [
            # Of what is no column, it is not known.
            Member(self.wire_name(str(one.key)), one.type, getattr(one, "nullable", True))
            for one in self.columns
        ]
        return self._encoders.setdefault(dialect, row_encoder(members, dialect))

    def value_of(self, column: Column[Any], row: Row) -> object:
        """Pick the raw value of a column out of a row of `columns`."""
        value: object = row[self._positions[column.key]]
        return value

    def position_of(self, column: Column[Any]) -> int:
        """Tell where the value of a column stands in a row of `columns`."""
        return self._positions[column.key]

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
    return Problem("unknown-key", rows.unknown, resource=rows.noun)


def wire_value(column: Column[Any], raw: object, dialect: DialectName) -> object:
    """Return the JSON value of a raw value that is not null."""
    if type(raw) is int and isinstance(column.type, Integer):
        return raw
    value: object = json.loads(stored(column).encoder(dialect)(raw))
    return value
