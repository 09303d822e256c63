"""Emits `<resource>/rows.py`: what statements of a resource share, and others use of it."""

from __future__ import annotations

import ast
import builtins

from generator.emit.constants import rows_of
from generator.emit.template import escaped, fill, header, literal
from generator.ir import Relation, Resource, Rule, Service, UniqueSet

_MODULES = frozenset({"datetime", "decimal", "uuid"})
_BUILTINS = frozenset(dir(builtins))
"""`len` and `abs`, where nothing can be null."""
_ROW = "row"


def module(resource: Resource, service: Service) -> dict[str, str]:
    """Make the rows of a resource."""
    return {f"{resource.plural}/rows.py": _rows(resource, service)}


def _rows(resource: Resource, service: Service) -> str:
    links = [one.link.name for one in resource.relations if one.link]
    return fill(
        "rows.py",
        header=header(service.source),
        title=escaped(resource.nouns.capitalize()),
        table=resource.plural,
        tables=", ".join([resource.plural, *links]),
        model=resource.name,
        rows=rows_of(resource),
        noun=literal(resource.noun),
        key=literal(resource.key.field),
        functions=", ".join(sorted(_functions(resource.rules))),
        parts=[
            ("unique", [_unique(one) for one in resource.unique_sets]),
            ("references", [_reference(one) for one in resource.relations if not one.to_many]),
            ("links", [_link(one, one.link.name) for one in resource.relations if one.link]),
            ("rules", [_rule(one) for one in resource.rules]),
        ],
    )


def _unique(one: UniqueSet) -> str:
    more = ", ignore_case=True" if one.ignore_case else ""
    more += ", primary=True" if one.primary else ""
    return f"Unique({literal(one.name)}, {literal(one.sql_name)}, {literal(one.fields)}{more})"


def _reference(one: Relation) -> str:
    return f"Reference({literal(one.name)}, {literal(one.field)})"


def _link(one: Relation, table: str) -> str:
    more = "" if one.in_body else ", in_body=False"
    return f"Link({literal(one.name)}, {literal(one.field)}, {table}, most={one.max}{more})"


def _rule(one: Rule) -> str:
    parts = (literal(one.name), literal(one.sql_name), literal(one.message), literal(one.fields))
    return f"Rule({', '.join(parts)}, lambda {_ROW}: {one.check.python})"


def _functions(rules: tuple[Rule, ...]) -> set[str]:
    """Name the functions of three-valued logic that rules are written with."""
    names = {
        node.id
        for rule in rules
        for node in ast.walk(ast.parse(rule.check.python, mode="eval"))
        if isinstance(node, ast.Name)
    }
    return names - _MODULES - _BUILTINS - {_ROW}
