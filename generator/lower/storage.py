"""Lowers what is stored: keys, columns, unique sets, indexes, and the hash of them all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

from generator.field_types import FIELD_TYPES, MAX_SAFE_INTEGER
from generator.ir import Field, Index, Key, Presence, Resource, Term, Type, UniqueSet
from generator.lower.fields import Types
from generator.naming import sql_name
from generator.spec import DefaultsSpec, KeySpec, ResourceSpec, Spec


def key_of(one: ResourceSpec, defaults: DefaultsSpec) -> Key:
    """Decide the key of a resource."""
    spec = one.key or defaults.key or KeySpec()
    for kind in ("integer", "uuid", "uuid7"):
        if spec.type == kind:
            return Key(field="id", kind=kind, given=spec.given)
    return Key(field=spec.type, kind="natural", given="client")


def stored_fields(one: ResourceSpec, key: Key, spec: Spec, types: Types) -> tuple[Field, ...]:
    """Every column of a resource: the key, its own fields, its timestamps."""
    own = [types.field(name, field) for name, field in one.fields.items()]
    if key.kind == "natural":
        own = [_natural(field) if field.name == key.field else field for field in own]
    else:
        own.insert(0, _made_key(key, types))
    stamps = spec.defaults.timestamps if one.timestamps is None else one.timestamps
    if stamps in ("created", "both"):
        own.append(_stamp("created_at", "When it was created.", types))
    if stamps == "both":
        own.append(_stamp("updated_at", "When it was last changed.", types))
    return tuple(own)


def unique_sets(
    one: ResourceSpec, table: str, key: Key, fields: Iterable[Field]
) -> tuple[UniqueSet, ...]:
    """What occurs once, in the order in which conflicts are looked for."""
    found = []
    if key.given == "client":
        primary = _unique_set(table, key.field, (key.field,))
        found.append(replace(primary, sql_name=f"pk_{table}", primary=True))
    found += [
        _unique_set(table, field.name, (field.name,), ignore_case=field.unique == "ignore_case")
        for field in fields
        if field.unique != "no" and field.role != "key"
    ]
    found += [_unique_set(table, name, names) for name, names in one.unique.items()]
    return tuple(found)


def indexes(one: ResourceSpec, table: str, key: Key) -> tuple[Index, ...]:
    """What is indexed, each index ending in the key so that ties have an order."""
    found: dict[str, tuple[Term, ...]] = {
        name: (Term(field=name, descending=False),)
        for name, field in one.fields.items()
        if field.index and name != key.field
    }
    found |= {name: tuple(term(text) for text in texts) for name, texts in one.indexes.items()}
    return tuple(
        Index(sql_name=sql_name("ix", table, name), terms=_ended(terms, key))
        for name, terms in found.items()
    )


def term(text: str) -> Term:
    """`-created_at` -> that field, descending."""
    return Term(field=text.removeprefix("-"), descending=text.startswith("-"))


def schema_hash(resources: Iterable[Resource]) -> str:
    """Hash what is stored, and nothing else: 16 hex digits."""
    facts = [
        [
            one.plural,
            [_column_facts(field) for field in one.fields],
            [[s.sql_name, s.fields, s.ignore_case, s.primary] for s in one.unique_sets],
            [[i.sql_name, [[t.field, t.descending] for t in i.terms]] for i in one.indexes],
            [one.key.field, one.key.kind, one.key.given],
        ]
        for one in resources
    ]
    text = json.dumps(sorted(facts, key=lambda fact: str(fact[0])))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _column_facts(field: Field) -> list[object]:
    type_ = field.type
    return [
        field.name,
        type_.kind.column,
        type_.max_length if type_.kind.column == "String" else None,
        type_.precision,
        type_.scale,
        field.nullable,
        [value.value for value in type_.values],
    ]


def _ended(terms: tuple[Term, ...], key: Key) -> tuple[Term, ...]:
    if any(one.field == key.field for one in terms):
        return terms
    return (*terms, Term(field=key.field, descending=terms[-1].descending))


def _unique_set(
    table: str, name: str, fields: tuple[str, ...], *, ignore_case: bool = False
) -> UniqueSet:
    return UniqueSet(
        name=name,
        sql_name=sql_name("uq", table, name),
        fields=fields,
        ignore_case=ignore_case,
        primary=False,
    )


def _natural(field: Field) -> Field:
    type_ = replace(
        field.type,
        min_length=field.type.min_length or 1,
        max_length=min(field.type.max_length or 64, 64),
    )
    return replace(
        field, type=type_, role="key", on_create="required", on_replace="absent", on_update="absent"
    )


def _made_key(key: Key, types: Types) -> Field:
    integer = Type(kind=FIELD_TYPES["integer"], ge=1, le=MAX_SAFE_INTEGER)
    presence: Presence = "required" if key.given == "client" else "absent"
    made = key.given == "server"
    return Field(
        name="id",
        wire=types.wire("id"),
        type=integer if key.kind == "integer" else Type(kind=FIELD_TYPES["uuid"]),
        nullable=False,
        default=key.kind if made and key.kind in ("uuid", "uuid7") else None,
        role="key",
        description="The key.",
        example=None,
        deprecated=False,
        on_create=presence,
        on_replace="absent",
        on_update="absent",
        keeps_on_replace=False,
        answered=True,
    )


def _stamp(name: str, description: str, types: Types) -> Field:
    return Field(
        name=name,
        wire=types.wire(name),
        type=Type(kind=FIELD_TYPES["datetime"]),
        nullable=False,
        default="now",
        role="created_at" if name == "created_at" else "updated_at",
        description=description,
        example=None,
        deprecated=False,
        on_create="absent",
        on_replace="absent",
        on_update="absent",
        keeps_on_replace=False,
        answered=True,
    )
