"""The part of the language under `fields`: values, fields, the objects that fields hold, keys."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.scalars import Raw
from generator.spec_forms import as_mapping, with_default
from generator.spec_section import Section
from generator.spec_values import Bound, Count, Flag, Step, Text, TypeText, Unique, Value, read_text


class KeySpec(Section):
    """What tells one row from another. `uuid` is short for `{type: uuid}`."""

    expects = "the name of a key or a mapping"
    type: Text = Field(
        default="integer",
        description="`integer`, `uuid`, `uuid7`, or one of the resource's string fields.",
    )
    given: Annotated[Literal["server", "client"], BeforeValidator(read_text)] = Field(
        default="server", description="Who makes the key of a new row."
    )

    @classmethod
    def long_form(cls, raw: Raw) -> Raw:
        """`uuid` -> `{type: uuid}`."""
        return {"type": raw} if isinstance(raw, str) else raw


class ValueSpec(Section):
    """A value: its type, what bounds it, its default and its documentation."""

    expects = "a type or a mapping"
    type: TypeText = Field(description="The type with its range, `?` where it may be null.")
    gt: Bound | None = Field(default=None, description="Greater than this.")
    ge: Bound | None = Field(default=None, description="This or greater.")
    lt: Bound | None = Field(default=None, description="Less than this.")
    le: Bound | None = Field(default=None, description="This or less.")
    multiple_of: Step | None = Field(default=None, description="An integer's step.")
    min_length: Count | None = Field(default=None, description="Fewest characters (code points).")
    max_length: Count | None = Field(
        default=None,
        description="Most characters (code points). By default what the table of types says.",
    )
    pattern: Text | None = Field(
        default=None,
        description="A regular expression of the closed subset that every engine reads alike.",
    )
    min_items: Count | None = Field(default=None, description="Fewest items of a list.")
    max_items: Count | None = Field(
        default=None, description="Most items of a list. By default 100."
    )
    unique_items: Flag = Field(default=False, description="No item of a list occurs twice.")
    default: Value = Field(
        default=None,
        description="What stands where the client sends nothing: a literal of the type, or "
        "`now` (datetime), `today` (date), `uuid` (uuid).",
    )
    description: Text | None = Field(
        default=None, description="What the value is, for readers of the API."
    )
    example: Value = Field(default=None, description="A value as a client might send it.")

    @classmethod
    def long_form(cls, raw: Raw) -> Raw:
        """`integer = 0` -> `{type: integer, default: 0}`."""
        return with_default({"type": raw} if isinstance(raw, str) else raw)


class FieldSpec(ValueSpec):
    """A field of a resource. A text is short for its `type` and `default`: `integer(0..) = 0`."""

    unique: Unique = Field(
        default="no",
        description="No two rows have the same value; `ignore_case`: nor in other ASCII case.",
    )
    index: Flag = Field(default=False, description="Keep an index on the field.")
    write: Annotated[Literal["always", "create", "never"], BeforeValidator(read_text)] = Field(
        default="always", description="When clients may set it; `never`: the server alone."
    )
    read: Annotated[Literal["always", "never"], BeforeValidator(read_text)] = Field(
        default="always", description="`never`: stored, but not answered, filtered or sorted by."
    )
    compute: Text | None = Field(
        default=None,
        description="An expression over other stored fields of the row, which gives the value.",
    )
    deprecated: Flag = Field(default=False, description="Clients should stop using it.")
    as_: Text | None = Field(
        default=None, alias="as", description="The name on the wire. By default its own."
    )
    was: Text | None = Field(
        default=None, description="The name it had before: the migration keeps its data."
    )


class ObjectSpec(Section):
    """A closed JSON object that fields can hold."""

    description: Text | None = Field(default=None, description="What the object is.")
    fields: Annotated[dict[str, ValueSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="Its members by name."
    )
