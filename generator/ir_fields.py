"""The part of the IR that says what a row holds: types, fields, relations, rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.field_types import FieldType

Presence = Literal["required", "optional", "absent"]
ServerValue = Literal["now", "today", "uuid", "uuid7"]


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
    role: Literal["plain", "key", "reference", "version", "created_at", "updated_at", "deleted_at"]
    """`reference`: the column of a relation to one, `warehouse_id`."""
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
    relation: str | None = None
    """Of a reference: the relation's name."""
    compute: Expression | None = None
    """What it is computed by, in the database."""
    was: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralDefault:
    """A literal default as JSON carries it (a decimal or a date is its canonical text)."""

    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An expression of the language, and its translations. All have one meaning."""

    text: str
    """As the spec has it."""
    sqlite: str
    postgresql: str
    """Over bare columns; strings with no parameters."""
    python: str
    """Over a mapping `row` from columns to Python values; null is None."""
    fields: tuple[str, ...]
    """The columns that it reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectType:
    """A closed JSON object that fields may hold."""

    name: str
    description: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What rows of a resource refer to: a row of another (or of the same), or many."""

    name: str
    """In the spec, and in problems: `warehouse`, `tags`."""
    wire: str
    """Under which an expanded target is answered: `warehouse`."""
    target: str
    """The name of a resource."""
    to_many: bool
    required: bool
    """Of a relation to one."""
    field: str
    """To one: its column, `warehouse_id`. To many: the attribute that holds the keys, `tag_ids`."""
    field_wire: str
    """The same in JSON and in query parameters."""
    inverse: str
    on_delete: Literal["restrict", "cascade", "set_null"]
    """To many: `cascade`, of the links."""
    unique: bool
    expand: bool
    in_body: bool
    """To many: whether the keys stand in bodies and answers."""
    max: int
    """To many: the most keys."""
    link: LinkTable | None
    """To many: where the links are stored."""
    sql_name: str
    """To one: of the foreign key."""
    description: str
    example: object
    """Keys as JSON carries them, None where the spec gives none."""
    deprecated: bool
    on_create: Presence
    on_replace: Presence
    on_update: Presence
    """To many: who may send the keys. Absent on create and replace is no keys at all."""
    was: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTable:
    """The table that holds the links of a relation to many: a row for each."""

    name: str
    """`product_tags`."""
    owner: str
    """The column of the row that refers: `product_id`."""
    member: str
    """The column of the row that is referred to: `tag_id`."""
    owner_sql_name: str
    member_sql_name: str
    """Of the two foreign keys."""
    index_sql_name: str
    """Of the index from members to owners."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check over one row, which holds, or is unknown, for every row."""

    name: str
    sql_name: str
    message: str
    fields: tuple[str, ...]
    """The columns that it reads, in the order in which it names them."""
    check: Expression
