"""The types of the language: one table, a row per type, a column per question.

To add a type, add a row; CONTRIBUTING.md names what else a type needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operator = Literal[
    "eq",
    "ne",
    "in",
    "gt",
    "ge",
    "lt",
    "le",
    "prefix",
    "contains",
    "is_null",
    "any",
    "all",
    "none",
]

MAX_SAFE_INTEGER = 2**53 - 1
"""Integers stay within this either way (I-JSON, RFC 7493): every JSON reader keeps them exact."""

ORDERED: tuple[Operator, ...] = ("eq", "ne", "in", "gt", "ge", "lt", "le", "is_null")
EXACT: tuple[Operator, ...] = ("eq", "ne", "in", "is_null")
MEMBERSHIP: tuple[Operator, ...] = ("any", "all", "none")
"""Of a relation to many: with one of these, with all of them, with none."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FieldType:
    """What the compiler knows of one type of the language; each is known by its name."""

    name: str
    """As the spec writes it; `enum` and `object` stand for the types that a spec declares."""
    wire: str
    """The annotation of a value in a body: a name of `runtime.wire_types`."""
    parameter: str
    """The annotation of a value in a path or a query: a name of `runtime.wire_types`."""
    column: str
    """The storage type: a name of `runtime.columns`."""
    json_type: str | None
    """`type` in JSON Schema, None where any value will do."""
    format: str | None = None
    """`format` in JSON Schema."""
    constraints: frozenset[str] = frozenset()
    operators: tuple[Operator, ...] = ()
    sortable: bool = False
    unique: bool = False
    indexable: bool = False
    default_max_length: int | None = None
    hard_max_length: int | None = None
    """The longest that a spec may ask for, in characters."""

    def __repr__(self) -> str:
        return f"FieldType({self.name!r})"


LENGTHS = frozenset({"min_length", "max_length", "pattern"})
BOUNDS = frozenset({"gt", "ge", "lt", "le"})
TEXT_OPERATORS: tuple[Operator, ...] = (
    "eq",
    "ne",
    "in",
    "gt",
    "ge",
    "lt",
    "le",
    "prefix",
    "contains",
    "is_null",
)

FIELD_TYPES: dict[str, FieldType] = {
    row.name: row
    for row in (
        FieldType(
            name="string",
            wire="String",
            parameter="String",
            column="String",
            json_type="string",
            constraints=LENGTHS,
            operators=TEXT_OPERATORS,
            sortable=True,
            unique=True,
            indexable=True,
            default_max_length=255,
            hard_max_length=1_048_576,
        ),
        FieldType(
            name="text",
            wire="String",
            parameter="String",
            column="Text",
            json_type="string",
            constraints=LENGTHS,
            operators=("prefix", "contains", "is_null"),
            default_max_length=65_536,
            hard_max_length=1_048_576,
        ),
        FieldType(
            name="integer",
            wire="Integer",
            parameter="IntegerParameter",
            column="Integer",
            json_type="integer",
            constraints=BOUNDS | {"multiple_of"},
            operators=ORDERED,
            sortable=True,
            unique=True,
            indexable=True,
        ),
        FieldType(
            name="number",
            wire="Number",
            parameter="NumberParameter",
            column="Number",
            json_type="number",
            constraints=BOUNDS,
            operators=("gt", "ge", "lt", "le", "is_null"),
            sortable=True,
            indexable=True,
        ),
        FieldType(
            name="decimal",
            wire="Decimal",
            parameter="Decimal",
            column="Decimal",
            json_type="string",
            constraints=BOUNDS,
            operators=ORDERED,
            sortable=True,
            unique=True,
            indexable=True,
        ),
        FieldType(
            name="boolean",
            wire="Boolean",
            parameter="BooleanParameter",
            column="Boolean",
            json_type="boolean",
            operators=("eq", "is_null"),
            sortable=True,
            indexable=True,
        ),
        FieldType(
            name="date",
            wire="Date",
            parameter="Date",
            column="Date",
            json_type="string",
            format="date",
            operators=ORDERED,
            sortable=True,
            unique=True,
            indexable=True,
        ),
        FieldType(
            name="datetime",
            wire="DateTime",
            parameter="DateTime",
            column="DateTime",
            json_type="string",
            format="date-time",
            operators=ORDERED,
            sortable=True,
            unique=True,
            indexable=True,
        ),
        FieldType(
            name="time",
            wire="Time",
            parameter="Time",
            column="Time",
            json_type="string",
            operators=ORDERED,
            sortable=True,
            unique=True,
            indexable=True,
        ),
        FieldType(
            name="duration",
            wire="Duration",
            parameter="Duration",
            column="Duration",
            json_type="string",
            operators=ORDERED,
            sortable=True,
            unique=True,
            indexable=True,
        ),
        FieldType(
            name="uuid",
            wire="Uuid",
            parameter="Uuid",
            column="Uuid",
            json_type="string",
            format="uuid",
            operators=EXACT,
            unique=True,
            indexable=True,
        ),
        FieldType(
            name="email",
            wire="Email",
            parameter="Email",
            column="String",
            json_type="string",
            format="email",
            constraints=LENGTHS,
            operators=TEXT_OPERATORS,
            sortable=True,
            unique=True,
            indexable=True,
            default_max_length=254,
            hard_max_length=254,
        ),
        FieldType(
            name="url",
            wire="Url",
            parameter="Url",
            column="String",
            json_type="string",
            format="uri",
            constraints=LENGTHS,
            operators=TEXT_OPERATORS,
            sortable=True,
            unique=True,
            indexable=True,
            default_max_length=2_048,
            hard_max_length=2_048,
        ),
        FieldType(
            name="json",
            wire="Json",
            parameter="Json",
            column="Json",
            json_type=None,
            operators=("is_null",),
        ),
        FieldType(
            name="list",
            wire="list",
            parameter="list",
            column="Json",
            json_type="array",
            constraints=frozenset({"min_items", "max_items", "unique_items"}),
            operators=("is_null",),
        ),
        FieldType(
            name="enum",
            wire="Literal",
            parameter="Literal",
            column="String",
            json_type="string",
            operators=EXACT,
            sortable=True,
            unique=True,
            indexable=True,
        ),
        FieldType(
            name="object",
            wire="object",
            parameter="object",
            column="Json",
            json_type="object",
            operators=("is_null",),
        ),
        FieldType(
            name="secret",
            wire="Secret",
            parameter="Secret",
            column="Secret",
            json_type="string",
            constraints=frozenset({"min_length", "max_length"}),
            default_max_length=255,
            hard_max_length=4_096,
        ),
    )
}
