"""The pitfall: generated code that speaks Pydantic v1, and answers whatever a handler returns.

Emitted modules are read as source: what they do not say cannot go wrong.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel

from tests.services import CATALOG, EVERYTHING, LIBRARY, WAREHOUSE, compiled

SPECS = [CATALOG, EVERYTHING, LIBRARY, WAREHOUSE]
V1_NAMES = {
    *("validator", "root_validator", "BaseSettings", "GenericModel", "parse_obj_as", "schema_of"),
    *("conint", "constr", "confloat", "conlist", "condecimal", "Extra", "Config", "Optional"),
    *("List", "Dict", "Union", "v1", "update_forward_refs", "__fields__", "orm_mode", "Query_"),
}
V1_METHODS = {"dict", "json", "copy", "parse_obj", "parse_raw", "from_orm", "construct", "schema"}
V1_FIELD_OPTIONS = {"regex", "min_items", "max_items", "const", "env", "example", "allow_mutation"}


@pytest.fixture(params=SPECS, ids=lambda path: path.stem)
def spec(request: pytest.FixtureRequest) -> Path:
    """Name each service in turn."""
    assert isinstance(request.param, Path)
    return request.param


def modules(spec: Path) -> Iterator[tuple[str, ast.Module]]:
    """Parse what the compiler wrote for a spec; the runtime is the same for all."""
    folder = compiled(spec).files
    for file in sorted(folder.rglob("*.py")):
        if "runtime" not in file.relative_to(folder).parts:
            yield file.name, ast.parse(file.read_text())


def application(spec: Path) -> FastAPI:
    """Make the application; nothing is opened yet."""
    return compiled(spec).application("sqlite+aiosqlite:///:memory:")


def own_routes(spec: Path) -> list[APIRoute]:
    """List the operations."""
    contexts = iter_route_contexts(application(spec).routes)
    routes = [context.original_route for context in contexts]
    found = [route for route in routes if isinstance(route, APIRoute)]
    assert found
    return found


def test_no_idiom_of_pydantic_1(spec: Path) -> None:
    """No validator, no inner Config, no method and no option that Pydantic 2 has renamed."""
    for file, module in modules(spec):
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                assert node.name != "Config", file
            if isinstance(node, ast.ImportFrom):
                own = node.level > 0  # `..runtime.lists` has a List that is no type hint
                assert own or V1_NAMES.isdisjoint(alias.name for alias in node.names), file
                assert node.module != "typing" or V1_NAMES.isdisjoint(a.name for a in node.names)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in V1_METHODS, (file, node.lineno)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                options = {keyword.arg for keyword in node.keywords}
                assert node.func.id != "Field" or V1_FIELD_OPTIONS.isdisjoint(options), file


def test_every_route_has_a_response_model(spec: Path) -> None:
    """Whatever answers a body; the model is an emitted one, and lists are of one."""
    for route in own_routes(spec):
        assert route.status_code in (None, 201, 204)  # None is 200
        if route.status_code == 204:
            assert route.response_model is None
            continue
        model: Any = route.response_model
        [inner] = getattr(model, "__args__", [model])
        assert issubclass(inner, BaseModel)
        assert inner.model_config.get("extra") != "allow"


def test_every_column_that_is_answered_is_in_the_response_model(spec: Path) -> None:
    """And every field of the model is a column: nothing is answered that nobody declared."""
    service = compiled(spec)
    packages = [path.parent.name for path in service.files.glob("*/queries.py")]
    assert packages
    for package in packages:
        names = vars(service.module(f"{package}.rows"))
        [rows] = [one for one in names.values() if type(one).__name__ == "Rows"]
        assert [column.key for column in rows.columns] == list(rows.model.model_fields)


def test_handlers_are_asynchronous_and_short(spec: Path) -> None:
    """Each is one statement: no thread pool, no loop, no branch."""
    for file, module in modules(spec):
        if file != "router.py":
            continue
        assert not any(isinstance(node, ast.FunctionDef) for node in ast.walk(module))
        for node in ast.walk(module):
            if isinstance(node, ast.AsyncFunctionDef):
                docstring, statement = node.body
                assert isinstance(docstring, ast.Expr)
                assert isinstance(statement, ast.Return)
                assert isinstance(statement.value, ast.Await)


def test_no_module_keeps_state(spec: Path) -> None:
    """No dictionary or list at module level holds rows, so that workers and restarts agree."""
    for file, module in modules(spec):
        for node in module.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                assert not isinstance(node.value, ast.Dict | ast.List | ast.Set), file
        assert not any(isinstance(node, ast.Global) for node in ast.walk(module)), file
