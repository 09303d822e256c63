"""Emits `<resource>/table.py`: what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.emit.columns import column
from generator.emit.template import escaped, fill, header, literal
from generator.ir import (
    Expression,
    Field,
    Index,
    LinkTable,
    Relation,
    Resource,
    Service,
    Term,
    Type,
    UniqueSet,
)
from generator.naming import sql_name

_IMPORTED = (
    "CheckConstraint",
    "Column",
    "Computed",
    "ForeignKey",
    "Index",
    "Table",
    "UniqueConstraint",
    "column",
    "func",
)
_ROLES = {
    "version": "columns.Version()",
    "updated_at": "columns.UpdatedAt()",
    "deleted_at": "columns.DeletedAt()",
}


def module(resource: Resource, service: Service) -> dict[str, str]:
    """Make the table of a resource."""
    return {f"{resource.plural}/table.py": _table(resource, service)}


def column_type(type_: Type) -> str:
    """Write the type of a column: `columns.String(20)`, `columns.Decimal(10, 2)`."""
    if type_.kind.name == "enum":
        return f"columns.String({max(len(one.value) for one in type_.values)})"
    if type_.kind.name == "decimal":
        return f"columns.Decimal({type_.precision}, {type_.scale})"
    if type_.kind.column == "String":
        return f"columns.String({type_.max_length})"
    return f"columns.{type_.kind.column}()"


def _table(resource: Resource, service: Service) -> str:
    server_key = resource.key.kind == "integer" and resource.key.given == "server"
    columns = [_column(field, resource, service) for field in resource.fields]
    constraints = [*_checks(resource), *_rules(resource), *_unique(resource)]
    unique = [
        _unique_index(one, resource) for one in resource.unique_sets if _is_index(one, resource)
    ]
    indexes = [*(_index(index, resource) for index in resource.indexes), *unique]
    links = [_links(one.link, one, resource, service) for one in resource.relations if one.link]
    return fill(
        "table.py",
        header=header(service.source),
        title=escaped(resource.nouns.capitalize()),
        imports=_imports([*columns, *constraints, *indexes, *(str(one) for one in links)]),
        table=resource.plural,
        table_name=literal(resource.plural),
        noun=literal(resource.noun),
        columns=columns,
        constraints=constraints,
        indexes=indexes,
        autoincrement=server_key,
        links=links,
    )


def _imports(written: Iterable[str]) -> str:
    """Name what is used of SQLAlchemy: a list that is too long for a line stays broken."""
    text = " ".join(written)
    return ", ".join(
        name for name in _IMPORTED if name == "Table" or re.search(rf"\b{name}[(.]", text)
    )


def _column(field: Field, resource: Resource, service: Service) -> str:
    name = literal(field.name)
    if field.name == resource.key.field:
        made = resource.key.kind == "integer" and resource.key.given == "server"
        type_ = "columns.IntegerKey()" if made else column_type(field.type)
        more = "" if made or resource.key.kind != "integer" else ", autoincrement=False"
        return f"Column({name}, {type_}, primary_key=True{more})"
    parts = [name, _ROLES.get(field.role) or column_type(field.type)]
    if field.compute:
        parts.append(f"Computed({_sql(field.compute)}, persisted=True)")
    if field.relation:
        relation = resource.relation(field.relation)
        action = relation.on_delete.replace("_", " ").upper()
        parts.append(_foreign_key(service.resource(relation.target), relation.sql_name, action))
    parts.append(f"nullable={field.nullable}")
    if field.relation:
        parts.append(f'info={{"relation": {literal(field.relation)}}}')
    return f"Column({', '.join(parts)})"


def _foreign_key(target: Resource, sql_name_: str, action: str) -> str:
    key = literal(f"{target.plural}.{target.key.field}")
    return f"ForeignKey({key}, name={literal(sql_name_)}, ondelete={literal(action)})"


def _sql(one: Expression) -> str:
    """Write the SQL of an expression, once where both databases have the same."""
    both = (one.sqlite,) if one.sqlite == one.postgresql else (one.sqlite, one.postgresql)
    return f"columns.Sql({', '.join(map(literal, both))})"


def _checks(resource: Resource) -> list[str]:
    return [
        f"CheckConstraint({_membership(field)}, "
        f"name={literal(sql_name('ck', resource.plural, field.name))})"
        for field in resource.fields
        if field.type.kind.name == "enum"
    ]


def _membership(field: Field) -> str:
    values = tuple(one.value for one in field.type.values)
    return f"column({literal(field.name)}).in_({literal(values)})"


def _rules(resource: Resource) -> list[str]:
    return [
        f"CheckConstraint({_sql(rule.check)}, name={literal(rule.sql_name)})"
        for rule in resource.rules
    ]


def _unique(resource: Resource) -> list[str]:
    return [
        f"UniqueConstraint({', '.join(literal(name) for name in one.fields)}, "
        f"name={literal(one.sql_name)})"
        for one in resource.unique_sets
        if not one.primary and not _is_index(one, resource)
    ]


def _is_index(one: UniqueSet, resource: Resource) -> bool:
    """Tell whether an index alone can say it: no constraint folds case or leaves rows out."""
    return not one.primary and (one.ignore_case or resource.soft_delete)


def _unique_index(one: UniqueSet, resource: Resource) -> str:
    names = [column(resource.plural, name) for name in one.fields]
    terms = [f"func.lower({name})" for name in names] if one.ignore_case else names
    options = ["unique=True"]
    if resource.soft_delete:
        live = f"{column(resource.plural, 'deleted_at')}.is_(None)"
        options += [f"sqlite_where={live}", f"postgresql_where={live}"]
    return f"Index({', '.join([literal(one.sql_name), *terms, *options])})"


def _index(index: Index, resource: Resource) -> str:
    terms = ", ".join(_term(term, resource) for term in index.terms)
    return f"Index({literal(index.sql_name)}, {terms})"


def _term(term: Term, resource: Resource) -> str:
    one = column(resource.plural, term.field)
    return f"{one}.desc()" if term.descending else one


def _links(
    link: LinkTable, relation: Relation, resource: Resource, service: Service
) -> dict[str, object]:
    target = service.resource(relation.target)
    owner = _foreign_key(resource, link.owner_sql_name, "CASCADE")
    member = _foreign_key(target, link.member_sql_name, "CASCADE")
    both = ", ".join(column(link.name, name) for name in (link.member, link.owner))
    return {
        "table": link.name,
        "name": literal(link.name),
        "columns": [
            _link_column(link.owner, resource, owner),
            _link_column(link.member, target, member),
        ],
        "relation": literal(relation.name),
        "in_body": relation.in_body,
        "index": f"Index({literal(link.index_sql_name)}, {both})",
    }


def _link_column(name: str, end: Resource, foreign_key: str) -> str:
    type_ = column_type(end.field(end.key.field).type)
    return f"Column({literal(name)}, {type_}, {foreign_key}, primary_key=True)"
