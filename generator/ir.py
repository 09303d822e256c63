"""The intermediate representation: a service with every default filled in and every name decided.

Emitters see these classes and nothing else of the compiler; `lower/` alone makes them.
They are values: frozen, compared by content, referring to each other by name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from generator.ir_fields import (
    EnumValue,
    Expression,
    Field,
    LinkTable,
    LiteralDefault,
    ObjectType,
    Presence,
    Relation,
    Rule,
    ServerValue,
    Type,
)
from generator.ir_operations import (
    Bulk,
    ConflictCode,
    Filter,
    Listing,
    Operation,
    OperationKind,
    PathParameter,
    Term,
)

__all__ = [
    "Bulk",
    "ConflictCode",
    "Cors",
    "EnumValue",
    "Expression",
    "Field",
    "Filter",
    "Index",
    "Key",
    "LinkTable",
    "Listing",
    "LiteralDefault",
    "ObjectType",
    "Operation",
    "OperationKind",
    "PathParameter",
    "Presence",
    "Relation",
    "Resource",
    "Rule",
    "ServerValue",
    "Service",
    "Term",
    "Type",
    "UniqueSet",
]


@dataclass(frozen=True, kw_only=True)
class Service:
    """A whole spec file."""

    name: str
    title: str
    description: str
    version: str
    base_path: str
    wire: Literal["snake", "camel"]
    cors: Cors | None
    resources: tuple[Resource, ...]
    schema_hash: str
    """Changes exactly when what is stored changes. 16 hex digits."""

    @property
    def source(self) -> str:
        """The spec file as the headers of emitted files name it."""
        return f"spec/{self.name}.yaml"

    def resource(self, name: str) -> Resource:
        """Look up a resource by its name."""
        return self._by_name[name]

    def related(self, name: str) -> tuple[Resource, ...]:
        """Give a resource and those that refer to it, in the order of the spec."""
        return self._related[name]

    def around(self, name: str) -> Service:
        """Give the service as far as a resource depends on it: nothing else may show in its files.

        That is what it refers to, however far that leads, and what refers to it.
        """
        return replace(self.alone, resources=self.depends_on(name))

    def depends_on(self, name: str) -> tuple[Resource, ...]:
        """Give the resources of `around`, in the order of the spec."""
        seen, open_ = set[str](), [one.name for one in self.related(name)]
        while open_:
            one = open_.pop()
            if one not in seen:
                seen.add(one)
                open_ += [relation.target for relation in self.resource(one).relations]
        kept = sorted(seen, key=self._places.__getitem__)
        return tuple(self.resource(one) for one in kept)

    @cached_property
    def alone(self) -> Service:
        """What every resource may depend on beside resources."""
        return replace(
            self, title="", description="", version="", cors=None, schema_hash="", resources=()
        )

    @cached_property
    def _by_name(self) -> dict[str, Resource]:
        return {one.name: one for one in self.resources}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {one.name: place for place, one in enumerate(self.resources)}

    @cached_property
    def _related(self) -> dict[str, tuple[Resource, ...]]:
        found: dict[str, list[Resource]] = {one.name: [] for one in self.resources}
        for one in self.resources:
            for name in dict.fromkeys((one.name, *(each.target for each in one.relations))):
                if name in found:
                    found[name].append(one)
        return {name: tuple(each) for name, each in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cors:
    """A cross-origin policy with its defaults filled in."""

    origins: tuple[str, ...]
    methods: tuple[str, ...]
    headers: tuple[str, ...]
    expose: tuple[str, ...]
    credentials: bool
    max_age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource: a package, a table, a set of paths."""

    name: str
    """`Product`: the schema that is answered, and the prefix of the others."""
    singular: str
    """`product`: in names of operations and parameters."""
    plural: str
    """`products`: the package, the table, in names of operations."""
    noun: str
    """`product`, `purchase order`: in sentences."""
    nouns: str
    """`products`, `purchase orders`: in sentences."""
    description: str
    tag: str
    path: str
    """`/catalog/products`, with the service's base path."""
    item_path: str
    """`/catalog/products/{product_id}`."""
    item_parameter: str
    """`product_id`."""
    key: Key
    fields: tuple[Field, ...]
    """Every column, as stored and answered: the key first, then its own fields, the columns of its
    relations to one, `version`, timestamps, `deleted_at`."""
    relations: tuple[Relation, ...]
    rules: tuple[Rule, ...]
    objects: tuple[ObjectType, ...]
    """The object types that the fields use, those of others among them, inner ones first."""
    unique_sets: tuple[UniqueSet, ...]
    indexes: tuple[Index, ...]
    operations: tuple[Operation, ...]
    cors: Cors | None
    """The policy that replaces the service's on this resource's paths."""
    soft_delete: bool
    """Whether deleting marks the row, in the column `deleted_at`."""
    etag: bool
    """Whether it has a column `version`, answers `ETag` and heeds `If-Match`."""
    was: str | None
    example: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """Of a row that keeps every rule: JSON values by column, of what rules and computations read
    and of what is computed. The others show what their fields say."""

    @property
    def expandable(self) -> tuple[Relation, ...]:
        """The relations whose targets are answered when `expand=` asks for them."""
        return tuple(one for one in self.relations if one.expand)

    @property
    def answer(self) -> str:
        """The schema of a row that is read or listed: `ProductExpanded`, or `Product`."""
        return f"{self.name}Expanded" if self.expandable else self.name

    def relation(self, name: str) -> Relation:
        """Look up a relation by its name in the spec."""
        return next(one for one in self.relations if one.name == name)

    def field(self, name: str) -> Field:
        """Look up a field by its name in the spec."""
        return next(one for one in self.fields if one.name == name)

    def operation(self, kind: OperationKind) -> Operation | None:
        """Look up an operation, None where the resource does not have it."""
        return next((one for one in self.operations if one.kind == kind and not one.under), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What tells one row of a resource from another."""

    field: str
    kind: Literal["integer", "uuid", "uuid7", "natural"]
    given: Literal["server", "client"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueSet:
    """Fields whose values together occur once. Conflicts are looked for in this order."""

    name: str
    """In the spec: the field's name for `unique: true`."""
    sql_name: str
    fields: tuple[str, ...]
    ignore_case: bool
    primary: bool
    """Whether it is the primary key (a key that the client gives)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A declared index. The key is its last column where the spec does not name it."""

    sql_name: str
    terms: tuple[Term, ...]
