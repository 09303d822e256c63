"""Lowers relations: the columns of those to one, the link tables of those to many."""

from __future__ import annotations

from collections.abc import Mapping

from generator.ir import Field, LinkTable, Presence, Relation, Resource
from generator.lower.fields import Types, literal
from generator.naming import fitted, singular, sql_name
from generator.spec import RelationSpec

MOST_KEYS = 100
"""Of a relation to many that says nothing else."""


def reference(name: str, one: RelationSpec, target: Resource, types: Types) -> Field:
    """Make the column of a relation to one."""
    type_ = target.field(target.key.field).type
    on_create: Presence = "optional" if one.to.nullable else "required"
    changes = one.write == "always"
    return Field(
        name=f"{name}_id",
        wire=_wire(name, one, types),
        type=type_,
        nullable=one.to.nullable,
        default=None,
        role="reference",
        description=one.description or "",
        example=None if one.example is None else literal(one.example, type_),
        deprecated=one.deprecated,
        on_create="absent" if one.write == "never" else on_create,
        on_replace=on_create if changes else "absent",
        on_update="optional" if changes else "absent",
        keeps_on_replace=False,
        answered=True,
        unique="yes" if one.unique else "no",
        relation=name,
        was=f"{one.was}_id" if one.was else None,
    )


def relation(
    name: str, one: RelationSpec, owner: Resource, each: Mapping[str, Resource], types: Types
) -> Relation:
    """Lower a relation; `each` has every resource at least by itself."""
    target = each[one.target]
    sent = one.body and one.write != "never"
    changed: Presence = "optional" if sent and one.write == "always" else "absent"
    to_many = one.to_many
    return Relation(
        name=name,
        wire=types.wire(name, one.as_),
        target=one.target,
        to_many=to_many,
        required=not to_many and not one.to.nullable,
        field=(one.ids or f"{singular(name)}_ids") if to_many else f"{name}_id",
        field_wire=_wire(name, one, types),
        inverse=one.inverse,
        on_delete="cascade" if to_many else one.on_delete or "restrict",
        unique=one.unique,
        expand=one.expand,
        in_body=to_many and one.body,
        max=MOST_KEYS if one.max is None else one.max,
        link=_link(name, owner, target) if to_many else None,
        sql_name="" if to_many else sql_name("fk", owner.plural, name),
        description=one.description or "",
        example=_example(one, target),
        deprecated=one.deprecated,
        on_create="optional" if to_many and sent else "absent",
        on_replace=changed if to_many else "absent",
        on_update=changed if to_many else "absent",
        was=one.was,
    )


def member_name(name: str, owner: Resource, target: Resource) -> str:
    """Name the key of a member, as a column of the link table and in a path: `tag_id`."""
    return f"{singular(name)}_id" if target.name == owner.name else target.item_parameter


def _wire(name: str, one: RelationSpec, types: Types) -> str:
    """Name what stands in JSON: the key, or the keys."""
    if one.to_many:
        return types.wire(one.ids or f"{singular(name)}_ids", one.as_)
    return types.wire(f"{one.as_ or name}_id")


def _link(name: str, owner: Resource, target: Resource) -> LinkTable:
    table = fitted(f"{owner.singular}_{name}")
    member = member_name(name, owner, target)
    return LinkTable(
        name=table,
        owner=owner.item_parameter,
        member=member,
        owner_sql_name=sql_name("fk", table, owner.singular),
        member_sql_name=sql_name("fk", table, member.removesuffix("_id")),
        index_sql_name=sql_name("ix", table, member.removesuffix("_id")),
    )


def _example(one: RelationSpec, target: Resource) -> object:
    type_ = target.field(target.key.field).type
    if one.example is None:
        return None
    if isinstance(one.example, list):
        return [literal(key, type_) for key in one.example]
    return literal(one.example, type_)
