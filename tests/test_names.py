"""Names: refused with a reason, or carried as they are through everything that is emitted."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import typing
from pathlib import Path

import pydantic
import pytest
import sqlalchemy
from pydantic import BaseModel
from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS as POSTGRESQL_WORDS

from generator.check import check
from generator.diagnostics import Diagnostic, SpecError
from generator.emit import queries, routers, rows, tables
from generator.lower import lower
from generator.naming import pascal, sql_name
from generator.parse import parse
from generator.reserved_names import (
    FIELDS,
    LIST_PARAMETERS,
    MEMBERS,
    PACKAGES,
    PATHS,
    SCHEMA_SUFFIXES,
    SCHEMAS,
)
from generator.runtime.models import QueryModel, RequestModel, ResponseModel
from generator.source import read
from generator.spec import Spec
from tests.emitted import contract_of, models_of, modules

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")
OURS = (RequestModel, ResponseModel, QueryModel)
SYSTEM_COLUMNS = {"xmin", "xmax", "cmin", "cmax", "ctid", "tableoid"}
OTHER_FIELDS = {
    "self", "cls", "args", "kwargs", "field", "value", "values", "keys", "items", "get", "key",
    "rows", "body", "db", "params", "row", "table", "columns", "date", "time", "datetime", "uuid",
    "decimal", "json", "email", "url", "duration", "name", "data", "query", "path", "limit",
    "offset", "cursor", "page", "page_size", "sort", "rowid", "oid", "id_", "e", "x1", "a_1b",
}  # fmt: skip


def spec_text(resources: str, more: str = "") -> str:
    """Write a spec around some resources."""
    return f"spec: 1\nservice: {{name: catalog, version: 1.0.0}}\n{more}resources:\n{resources}"


def checked(text: str) -> tuple[Spec, tuple[Diagnostic, ...]]:
    """Read a spec, with what is found in it."""
    source = read(text, Path("spec/catalog.yaml"))
    spec = parse(source)
    try:
        return spec, check(spec, source)
    except SpecError as error:
        return spec, error.diagnostics


def refused_fields(names: set[str]) -> set[str]:
    """Which of these names a resource cannot give to a field, by the text of the problem."""
    fields = "".join(f"      {name}: string(..9)\n" for name in sorted(names))
    _, found = checked(spec_text(f"  Product:\n    fields:\n{fields}"))
    assert {one.code for one in found} <= {"reserved-name"}
    return {one.message.split("`")[1] for one in found}


def field_candidates() -> set[str]:
    """List every name that Python, Pydantic, SQLAlchemy or PostgreSQL gives a meaning to."""
    names = {*dir(BaseModel), *keyword.kwlist, *keyword.softkwlist, *dir(builtins), *dir(typing)}
    names |= {*dir(pydantic), *dir(sqlalchemy), *POSTGRESQL_WORDS, *SYSTEM_COLUMNS, *OTHER_FIELDS}
    names |= {name for model in OURS for name in dir(model)} | FIELDS.keys()
    return {name for name in names if SNAKE.fullmatch(name) and len(name) <= 50}


def test_what_python_and_pydantic_cannot_carry_is_refused() -> None:
    """Keywords, attributes of models and system columns are no names of fields."""
    names = field_candidates()
    refused = refused_fields(names)
    assert {name for name in names if keyword.iskeyword(name)} <= refused
    public = {name for model in OURS for name in dir(model) if SNAKE.fullmatch(name)}
    assert public <= refused
    assert refused >= SYSTEM_COLUMNS | {"metadata", "registry", "len", "abs", "coalesce"}


def test_ordinary_words_are_not_refused() -> None:
    """Names of types, builtins and soft keywords are names like others."""
    words = {"date", "time", "datetime", "bytes", "type", "match", "case", "list", "str", "int"}
    words |= {"user", "order", "group", "select", "table", "values", "keys", "version", "key"}
    assert not refused_fields(words)


def test_every_field_that_is_not_refused_keeps_its_name() -> None:
    """The generator of models renames none: emitting raises where an attribute or alias differs."""
    names = sorted(field_candidates() - refused_fields(field_candidates()) - {"id"})
    fields = "".join(f"      {name}: string(..9)\n" for name in names)
    parameters = {one for ones in LIST_PARAMETERS.values() for one in ones}
    filters = ", ".join(name for name in names if name not in parameters)
    endpoints = f"    endpoints: {{create: , replace: , update: , list: {{filter: [{filters}]}}}}\n"
    spec, _ = checked(spec_text(f"  Product:\n    fields:\n{fields}{endpoints}"))
    code = models_of(lower(spec))["products/models.py"]
    answered = next(
        node
        for node in ast.parse(code).body
        if isinstance(node, ast.ClassDef) and node.name == "Product"
    )
    attributes = [one.target for one in answered.body if isinstance(one, ast.AnnAssign)]
    assert [one.id for one in attributes if isinstance(one, ast.Name)] == ["id", *names]


def test_every_schema_that_is_not_refused_keeps_its_name() -> None:
    """Objects called like something of Pydantic, typing or Python come out as they are."""
    names = {*dir(pydantic), *dir(typing), *dir(builtins), "Type", "Model", "Enum", "Product2"}
    names = {name for name in names if PASCAL.fullmatch(name)} - SCHEMAS.keys()
    objects = "".join(f"  {name}: {{fields: {{title: string(..9)}}}}\n" for name in sorted(names))
    fields = "".join(f"      f{n}: {name}\n" for n, name in enumerate(sorted(names)))
    text = spec_text(f"  Product:\n    fields:\n{fields}", f"objects:\n{objects}")
    spec, found = checked(text)
    assert not found
    code = models_of(lower(spec))["products/models.py"]
    classes = {one.name for one in ast.parse(code).body if isinstance(one, ast.ClassDef)}
    assert names <= classes


def test_what_emitted_modules_import_is_refused() -> None:
    """No resource, enum or object hides a name that the module around it needs."""
    spec, found = checked((Path(__file__).parent / "specs" / "everything.yaml").read_text())
    assert {one.code for one in found if one.severity == "error"} == {"service-name"}
    service = lower(spec)
    own = {one.name for one in service.resources} | {*spec.enums, *spec.objects}
    plurals = {one.plural for one in service.resources}
    derived = re.compile(rf"({'|'.join(own)})\w*|{'|'.join(one.upper() for one in own)}")
    emitted = models_of(service) | modules(service, routers.module, rows.module)
    for path, code in emitted.items():
        names = {name for name in module_names(code) if name[0].isupper() and not name.isupper()}
        left = {name for name in names - SCHEMAS.keys() if not derived.fullmatch(name)}
        assert not left, f"{path} imports {left}"
    tables_of = modules(service, tables.module, rows.module, queries.module)
    links = {one.link.name for each in service.resources for one in each.relations if one.link}
    for path, code in tables_of.items():
        left = {name for name in module_names(code) if name.islower()}
        left -= plurals | links | PACKAGES.keys()
        assert not left, f"{path} imports {left}"


def test_what_statements_are_called_is_refused() -> None:
    """No resource has rows that are called like a statement of a module that may import them."""
    spec, _ = checked((Path(__file__).parent / "specs" / "everything.yaml").read_text())
    for path, code in modules(lower(spec), queries.module).items():
        targets = [node.targets[0] for node in ast.parse(code).body if isinstance(node, ast.Assign)]
        names = {one.id for one in targets if isinstance(one, ast.Name)}
        # Those with the name of a relation in theirs are held apart spec by spec.
        fixed = {name for name in names if not name.startswith(("LIST_OF_", "LINKED_"))}
        left = {pascal(name.lower()) for name in fixed} - SCHEMAS.keys()
        assert not left, f"{path} assigns {left}"


def test_schemas_of_the_contract_are_refused() -> None:
    """No resource, enum or object is called like a schema that every contract has."""
    spec, _ = checked((Path(__file__).parent / "specs" / "everything.yaml").read_text())
    schemas = contract_of(lower(spec))["components"]["schemas"]
    derived = re.compile(rf"({'|'.join(spec.resources)})+({'|'.join(SCHEMA_SUFFIXES)})?")
    left = {name for name in schemas if not derived.fullmatch(name)}
    assert left - {*spec.enums, *spec.objects} <= SCHEMAS.keys()


def module_names(code: str) -> set[str]:
    """List what a module imports."""
    found = set()
    for node in ast.parse(code).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {one.asname or one.name for one in node.names}
    return found


@pytest.mark.parametrize("name", sorted({*FIELDS, *MEMBERS, *PACKAGES, *PATHS, *SCHEMAS}))
def test_every_refusal_has_a_reason(name: str) -> None:
    """Whoever meets a refusal is told why."""
    reasons = (FIELDS, MEMBERS, PACKAGES, PATHS, SCHEMAS)
    assert all(" " in one[name] for one in reasons if name in one)


def test_long_names_of_constraints_are_cut_and_stay_distinct() -> None:
    """Two names that begin alike differ in the hash at their end."""
    table = "t" * 50
    first, second = (sql_name("ix", table, f"{'n' * 49}{end}") for end in "ab")
    assert len(first) == len(second) == 63
    assert first != second


def test_a_long_name_clashes_by_what_becomes_of_it() -> None:
    """Fields of fifty characters make constraints that are distinct."""
    long = "a" * 50
    fields = f"      {long}: {{type: string(..9), unique: true, index: true}}\n"
    _, found = checked(spec_text(f"  {'B' * 50}:\n    fields:\n{fields}"))
    assert not found
