"""The digest of what is stored: it changes exactly when a database would have to change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from generator.ir import Expression, Field, Relation, Resource


def schema_hash(resources: Iterable[Resource]) -> str:
    """Hash what is stored, and nothing else: 16 hex digits."""
    every = tuple(resources)
    tables = {one.name: one.plural for one in every}
    facts = [[*_table_facts(one), *_relation_facts(one, tables)] for one in every]
    text = json.dumps(sorted(facts, key=lambda fact: str(fact[0])))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _table_facts(one: Resource) -> list[object]:
    return [
        one.plural,
        [_column_facts(field) for field in one.fields],
        [[s.sql_name, s.fields, s.ignore_case, s.primary] for s in one.unique_sets],
        [[i.sql_name, [[t.field, t.descending] for t in i.terms]] for i in one.indexes],
        [one.key.field, one.key.kind, one.key.given],
    ]


def _relation_facts(one: Resource, tables: dict[str, str]) -> list[object]:
    """What a table has beside its columns; nothing where it has nothing of the kind."""
    facts: dict[str, object] = {
        "relations": [_reference_facts(relation, tables) for relation in one.relations],
        "rules": [[rule.sql_name, *_sql(rule.check)] for rule in one.rules],
        "soft_delete": one.soft_delete,
    }
    return [[name, value] for name, value in facts.items() if value]


def _reference_facts(one: Relation, tables: dict[str, str]) -> list[object]:
    if one.link is None:
        return [one.sql_name, one.field, tables[one.target], one.on_delete]
    link = one.link
    names = [link.owner_sql_name, link.member_sql_name, link.index_sql_name]
    return [link.name, link.owner, link.member, tables[one.target], *names]


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
        *([_sql(field.compute)] if field.compute else []),
    ]


def _sql(one: Expression) -> list[str]:
    return [one.sqlite, one.postgresql]
