"""The intermediate representation: a service with every default filled in and every name decided.

Emitters see these classes and nothing else of the compiler; `lower.py` alone makes them.
They are values: frozen, compared by content, referring to each other by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.field_types import FieldType, Operator

Presence = Literal["required", "optional", "absent"]
OperationKind = Literal["create", "list", "read", "replace", "update", "delete"]
ServerValue = Literal["now", "today", "uuid", "uuid7"]


@dataclass(frozen=True, slots=True, kw_only=True)
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
    """Every column, as stored and answered: the key first, timestamps last."""
    objects: tuple[ObjectType, ...]
    """The object types that the fields use, those of others among them, inner ones first."""
    unique_sets: tuple[UniqueSet, ...]
    indexes: tuple[Index, ...]
    operations: tuple[Operation, ...]
    cors: Cors | None
    """The policy that replaces the service's on this resource's paths."""

    def field(self, name: str) -> Field:
        """Look up a field by its name in the spec."""
        return next(field for field in self.fields if field.name == name)

    def operation(self, kind: OperationKind) -> Operation | None:
        """Look up an operation, None where the resource does not have it."""
        return next((one for one in self.operations if one.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What tells one row of a resource from another."""

    field: str
    kind: Literal["integer", "uuid", "uuid7", "natural"]
    given: Literal["server", "client"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """The type of a value with everything that bounds it; what does not apply is None or empty."""

    kind: FieldType
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    gt: int | float | Decimal | None = None
    ge: int | float | Decimal | None = None
    lt: int | float | Decimal | None = None
    le: int | float | Decimal | None = None
    multiple_of: int | None = None
    precision: int | None = None
    scale: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    item: Type | None = None
    """What a list holds."""
    name: str | None = None
    """Of an enum or an object."""
    values: tuple[EnumValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumValue:
    """A member of an enum."""

    value: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a resource (a column, and a key of its JSON) or of an object."""

    name: str
    """In Python and in SQL."""
    wire: str
    """In JSON and in query parameters."""
    type: Type
    nullable: bool
    default: LiteralDefault | ServerValue | None
    """A literal that stands where the client sends nothing, or what the server then makes."""
    role: Literal["plain", "key", "created_at", "updated_at"]
    description: str
    example: object
    """A JSON value that the type accepts, None where the spec gives none."""
    deprecated: bool
    on_create: Presence
    on_replace: Presence
    on_update: Presence
    """`optional` means that absent keeps what is stored."""
    keeps_on_replace: bool
    """Whether absent on replace keeps what is stored (else it is the default, or null)."""
    answered: bool
    unique: Literal["no", "yes", "ignore_case"] = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralDefault:
    """A literal default as JSON carries it (a decimal or a date is its canonical text)."""

    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectType:
    """A closed JSON object that fields may hold."""

    name: str
    description: str
    fields: tuple[Field, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A field with a direction: of an index, or of an order."""

    field: str
    descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One HTTP operation. Routers, contract and clients all read this, so they cannot differ."""

    kind: OperationKind
    name: str
    """`list_products`: the handler and the operationId."""
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    summary: str
    """One line with a full stop: `List products.`"""
    status: int
    body: str | None
    """The schema that is read: `ProductCreate`."""
    answer: str | None
    """The schema that is answered: `ProductPage`, or `Product` (an array of them in page style)."""
    problems: tuple[int, ...]
    """Every other status that it answers, ascending."""
    body_limit: int
    """Bytes; 0 where no body is read."""
    listing: Listing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list filters by, sorts by, and how it is paged."""

    parameters: str
    """The class of its query parameters: `ProductListParams`."""
    filters: tuple[Filter, ...]
    sorts: tuple[str, ...]
    """Fields that `sort=` may name."""
    default_sort: tuple[Term, ...]
    """Without the key that breaks ties."""
    style: Literal["page", "cursor"]
    size: int
    max_size: int
    count: bool
    query_limit: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A query parameter that narrows a list."""

    name: str
    """In Python: `category_in`."""
    wire: str
    field: str
    operator: Operator
    type: Type
    """Of one value: the field's type without its own bounds, but never longer than it."""
