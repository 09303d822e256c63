"""Emits `<resource>/table.py`: what is stored."""

from __future__ import annotations

from generator.emit.columns import column
from generator.emit.template import escaped, fill, header, literal
from generator.ir import Field, Index, Resource, Service, Term, Type, UniqueSet
from generator.naming import sql_name


def emit(service: Service) -> dict[str, str]:
    """Make a table for each resource."""
    return {f"{one.plural}/table.py": _table(one, service) for one in service.resources}


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
    return fill(
        "table.py",
        header=header(service.source),
        title=escaped(resource.nouns.capitalize()),
        table=resource.plural,
        table_name=literal(resource.plural),
        columns=[_column(field, resource) for field in resource.fields],
        constraints=[*_checks(resource), *_unique(resource)],
        indexes=[_index(index, resource) for index in resource.indexes]
        + [_folded(one, resource) for one in resource.unique_sets if one.ignore_case],
        autoincrement=server_key,
    )


def _column(field: Field, resource: Resource) -> str:
    if field.name == resource.key.field:
        made = resource.key.kind == "integer" and resource.key.given == "server"
        type_ = "columns.IntegerKey()" if made else column_type(field.type)
        more = "" if made or resource.key.kind != "integer" else ", autoincrement=False"
        return f"Column({literal(field.name)}, {type_}, primary_key=True{more})"
    return f"Column({literal(field.name)}, {column_type(field.type)}, nullable={field.nullable})"


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


def _unique(resource: Resource) -> list[str]:
    return [
        f"UniqueConstraint({', '.join(literal(name) for name in one.fields)}, "
        f"name={literal(one.sql_name)})"
        for one in resource.unique_sets
        if not one.ignore_case and not one.primary
    ]


def _folded(one: UniqueSet, resource: Resource) -> str:
    folded = ", ".join(f"func.lower({column(resource.plural, name)})" for name in one.fields)
    return f"Index({literal(one.sql_name)}, {folded}, unique=True)"


def _index(index: Index, resource: Resource) -> str:
    terms = ", ".join(_term(term, resource) for term in index.terms)
    return f"Index({literal(index.sql_name)}, {terms})"


def _term(term: Term, resource: Resource) -> str:
    one = column(resource.plural, term.field)
    return f"{one}.desc()" if term.descending else one
