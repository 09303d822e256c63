"""Lowers what is stored: keys, columns, rules, unique sets, indexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.expressions import renamed
from generator.ir import Field, Index, Key, Relation, Resource, Rule, Term, UniqueSet
from generator.lower.expressions import Expressions
from generator.lower.fields import Types
from generator.lower.made_fields import made_after, made_key
from generator.lower.relations import reference, relation
from generator.naming import kebab, plural, snake, sql_name, words
from generator.spec import DefaultsSpec, KeySpec, ResourceSpec, RuleSpec, Spec


def alone(name: str, one: ResourceSpec, spec: Spec, types: Types) -> Resource:
    """Make a resource without what it takes the others to know: its names, its key, its fields."""
    singular = snake(name)
    many = one.plural or plural(singular)
    path = f"{spec.service.base_path}/{one.path or kebab(many)}"
    key = key_of(one, spec.defaults)
    usual = spec.defaults
    soft_delete = usual.soft_delete if one.soft_delete is None else one.soft_delete
    return Resource(
        name=name,
        singular=singular,
        plural=many,
        noun=words(singular),
        nouns=words(many),
        description=one.description or "",
        tag=one.tag or words(many),
        path=path,
        item_path=f"{path}/{{{singular}_id}}",
        item_parameter=f"{singular}_id",
        key=key,
        fields=_own_fields(one, key, types),
        relations=(),
        rules=(),
        objects=(),
        unique_sets=(),
        indexes=(),
        operations=(),
        cors=None,
        soft_delete=bool(soft_delete),
        etag=(one.concurrency or usual.concurrency) == "etag",
        was=one.was,
    )


def related(
    resource: Resource, one: ResourceSpec, each: Mapping[str, Resource], types: Types
) -> Resource:
    """Add to a resource what its relations make, and what is said of its columns by name."""
    references = tuple(
        reference(name, to, each[to.target], types)
        for name, to in one.relations.items()
        if not to.to_many
    )
    stamps = types.spec.defaults.timestamps if one.timestamps is None else one.timestamps
    fields = (*resource.fields, *references, *made_after(resource, stamps, types))
    fields = tuple(_computed(field, one, fields) for field in fields)
    resource = replace(
        resource,
        fields=fields,
        objects=types.objects_of(fields),
        relations=tuple(
            relation(name, to, resource, each, types) for name, to in one.relations.items()
        ),
    )
    return replace(
        resource,
        rules=tuple(_rule(name, rule, resource) for name, rule in one.rules.items()),
        unique_sets=unique_sets(one, resource),
        indexes=indexes(one, resource),
    )


def key_of(one: ResourceSpec, defaults: DefaultsSpec) -> Key:
    """Decide the key of a resource."""
    spec = one.key or defaults.key or KeySpec()
    for kind in ("integer", "uuid", "uuid7"):
        if spec.type == kind:
            return Key(field="id", kind=kind, given=spec.given)
    return Key(field=spec.type, kind="natural", given="client")


def column_name(name: str, resource: Resource) -> str:
    """Turn a name in the spec into that of a column: `warehouse` -> `warehouse_id`."""
    to_one = next((one for one in resource.relations if one.name == name), None)
    return to_one.field if to_one else name


def term(text: str, resource: Resource) -> Term:
    """`-created_at` -> that field, descending."""
    name = column_name(text.removeprefix("-"), resource)
    return Term(field=name, descending=text.startswith("-"))


def unique_sets(one: ResourceSpec, resource: Resource) -> tuple[UniqueSet, ...]:
    """What occurs once, in the order in which conflicts are looked for."""
    table, key = resource.plural, resource.key
    found = []
    if key.given == "client":
        primary = _unique_set(table, key.field, (key.field,))
        found.append(replace(primary, sql_name=f"pk_{table}", primary=True))
    found += [
        _unique_set(
            table,
            field.relation or field.name,
            (field.name,),
            ignore_case=field.unique == "ignore_case",
        )
        for field in resource.fields
        if field.unique != "no" and field.role != "key"
    ]
    for name, names in one.unique.items():
        found.append(_unique_set(table, name, tuple(column_name(each, resource) for each in names)))
    return tuple(found)


def indexes(one: ResourceSpec, resource: Resource) -> tuple[Index, ...]:
    """What is indexed, each index ending in the key so that ties have an order."""
    found: dict[str, tuple[Term, ...]] = {
        name: (Term(field=name, descending=False),)
        for name, field in one.fields.items()
        if field.index and name != resource.key.field
    }
    found |= {
        each.name: (Term(field=each.field, descending=False),)
        for each in resource.relations
        if _needs_index(each, resource)
    }
    for name, texts in one.indexes.items():
        found[name] = tuple(term(text, resource) for text in texts)
    return tuple(
        Index(sql_name=sql_name("ix", resource.plural, name), terms=_ended(terms, resource.key))
        for name, terms in found.items()
    )


def _needs_index(one: Relation, resource: Resource) -> bool:
    """A foreign key is indexed; a unique set does that, unless it leaves dead rows out."""
    return not one.to_many and (not one.unique or resource.soft_delete)


def _own_fields(one: ResourceSpec, key: Key, types: Types) -> tuple[Field, ...]:
    own = [types.field(name, field) for name, field in one.fields.items()]
    if key.kind == "natural":
        return tuple(_natural(field) if field.name == key.field else field for field in own)
    return (made_key(key, types), *own)


def _computed(field: Field, one: ResourceSpec, fields: Iterable[Field]) -> Field:
    spec = one.fields.get(field.name)
    if spec is None or spec.compute is None:
        return field
    return replace(field, compute=Expressions(fields).computed(field, spec.compute))


def _rule(name: str, one: RuleSpec, resource: Resource) -> Rule:
    check = Expressions(resource.fields).rule(one.check)
    wire = {field.relation or field.name: field.wire for field in resource.fields}
    return Rule(
        name=name,
        sql_name=sql_name("ck", resource.plural, name),
        message=one.message or f"This must hold: `{renamed(one.check, wire)}`.",
        fields=check.fields,
        check=check,
    )


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
