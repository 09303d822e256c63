"""The fields that nobody declares: the key, `version`, timestamps, the mark of a deleted row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from generator.field_types import FIELD_TYPES, MAX_SAFE_INTEGER
from generator.ir import Field, Key, Resource, ServerValue, Type
from generator.lower.fields import Types

_INTEGER = Type(kind=FIELD_TYPES["integer"], ge=1, le=MAX_SAFE_INTEGER)
_UUID = Type(kind=FIELD_TYPES["uuid"])
_MOMENT = Type(kind=FIELD_TYPES["datetime"])


def made_key(key: Key, types: Types) -> Field:
    """Make the field `id`."""
    made: Mapping[str, ServerValue] = {"uuid": "uuid", "uuid7": "uuid7"}
    given = key.given == "client"
    field = _field("id", "key", "The key.", types)
    return replace(
        field,
        type=_INTEGER if key.kind == "integer" else _UUID,
        default=None if given else made.get(key.kind),
        on_create="required" if given else "absent",
    )


def made_after(
    resource: Resource, stamps: Literal["none", "created", "both"] | None, types: Types
) -> tuple[Field, ...]:
    """Make the fields that follow those which the spec declares."""
    found = []
    if resource.etag:
        version = _field("version", "version", "Raised by every change.", types)
        found.append(replace(version, type=_INTEGER))
    if stamps in ("created", "both"):
        created = _field("created_at", "created_at", "When it was created.", types)
        found.append(replace(created, default="now"))
    if stamps == "both":
        updated = _field("updated_at", "updated_at", "When it was last changed.", types)
        found.append(replace(updated, default="now"))
    if resource.soft_delete:
        deleted = _field("deleted_at", "deleted_at", "When it was deleted.", types)
        found.append(replace(deleted, nullable=True, answered=False))
    return tuple(found)


def _field(
    name: str,
    role: Literal["key", "version", "created_at", "updated_at", "deleted_at"],
    description: str,
    types: Types,
) -> Field:
    """Make a moment that clients only read."""
    return Field(
        name=name,
        wire=types.wire(name),
        type=_MOMENT,
        nullable=False,
        default=None,
        role=role,
        description=description,
        example=None,
        deprecated=False,
        on_create="absent",
        on_replace="absent",
        on_update="absent",
        keeps_on_replace=False,
        answered=True,
    )
