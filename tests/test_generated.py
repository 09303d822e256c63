"""Emitted code, as it stands: imported, type-checked, linted, and held against its contract."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from openapi_spec_validator import validate
from pydantic import BaseModel
from starlette.testclient import TestClient

from tests.services import CATALOG, EVERYTHING, ROOT, WAREHOUSE, client, compiled

SPECS = [CATALOG, WAREHOUSE, EVERYTHING]
TIMEOUT = 300


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put every service into one project: `generated/`, `app/` and nothing else."""
    folder = tmp_path_factory.mktemp("project")
    for spec in SPECS:
        for part in ("generated", "app"):
            ignored = shutil.ignore_patterns("__pycache__")
            source = compiled(spec).folder / part
            shutil.copytree(source, folder / part, dirs_exist_ok=True, ignore=ignored)
    return folder


def test_types(project: Path) -> None:
    """`mypy --strict` with the project's configuration finds nothing."""
    cache = ROOT / ".mypy_cache"
    run("mypy", "--config-file", ROOT / "pyproject.toml", "--cache-dir", cache, ".", folder=project)


@pytest.mark.parametrize("command", [("check",), ("format", "--check")], ids=" ".join)
def test_style(project: Path, command: tuple[str, ...]) -> None:
    """Ruff with the project's rules finds nothing to say, and nothing to lay out otherwise."""
    run("ruff", *command, "--no-cache", "--config", ROOT / "pyproject.toml", ".", folder=project)


def test_no_check_is_silenced(project: Path) -> None:
    """What mypy and ruff find nothing in says nothing to them either."""
    silenced = re.compile(r"#\s*(noqa|type:|mypy:|ruff:|pragma|fmt:|isort:)")
    found = [path for path in project.rglob("*.py") if silenced.search(path.read_text())]
    assert not found


def test_imports_without_a_warning(project: Path) -> None:
    """Every module imports where a warning is an error, also the team's."""
    files = sorted(path.relative_to(project) for path in project.rglob("*.py"))
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files]
    assert len(names) > 100
    run(
        "-c", "\n".join(f"import {name}" for name in names), folder=project, options=["-W", "error"]
    )


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_the_contract_is_valid_and_served(spec: Path, fresh_sqlite_url: str) -> None:
    """What is served is the emitted file, byte for byte, and it is OpenAPI."""
    service = compiled(spec)
    validate(service.contract())
    with client(spec, fresh_sqlite_url) as http:
        answer = http.get("/openapi.json")
        assert answer.headers["content-type"] == "application/json"
        assert answer.content == (service.files / "openapi.json").read_bytes()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_the_routes_are_those_of_the_contract(spec: Path, fresh_sqlite_url: str) -> None:
    """Each has the other's paths, methods, names, tags, statuses, bodies and limits."""
    assert routed(compiled(spec).application(fresh_sqlite_url)) == contracted(spec)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_the_contract_allows_no_other_method(spec: Path, fresh_sqlite_url: str) -> None:
    """`Allow` names exactly the methods of the contract, HEAD where there is GET, and OPTIONS."""
    with client(spec, fresh_sqlite_url) as http:
        for path, item in compiled(spec).contract()["paths"].items():
            methods = {one.upper() for one in item if one != "parameters"} | {"OPTIONS"}
            methods |= {"HEAD"} if "GET" in methods else set()
            assert allowed(http, path) == methods


def test_every_branch_of_every_template_is_taken() -> None:
    """Both ways of each condition are met by a spec of the tests."""
    specs = [*SPECS, *ROOT.glob("tests/cases/*/spec.yaml")]
    left = run("-m", "tests.branches", *specs, folder=ROOT)
    assert left == ""


def routed(app: FastAPI) -> dict[tuple[str, str], dict[str, object]]:
    """Describe the operations that FastAPI routes."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    for route in iter_route_contexts(app.routes):
        if not isinstance(route.original_route, APIRoute) or not route.include_in_schema:
            continue
        for method in route.methods or ():
            found[str(route.path), method] = {
                "name": route.name,
                "tags": list(route.tags),
                "statuses": {route.status_code or 200, *route.responses},
                "reads a body": route.body_field is not None,
                "answers a body": route.response_model is not None,
                "parameters": parameters(route.dependant),
            }
    return found


def parameters(dependant: Dependant) -> set[tuple[str, str]]:
    """Name what an operation takes in its path and its query."""
    found = {("path", one.alias) for one in dependant.path_params}
    for one in dependant.query_params:
        model = one.field_info.annotation
        assert isinstance(model, type) and issubclass(model, BaseModel)
        found |= {("query", field.alias or name) for name, field in model.model_fields.items()}
    return found


def contracted(spec: Path) -> dict[tuple[str, str], dict[str, object]]:
    """Describe the operations of the contract alike."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    for path, item in compiled(spec).contract()["paths"].items():
        shared = item.get("parameters", [])
        for method, operation in item.items():
            if method == "parameters":
                continue
            taken = [*shared, *operation.get("parameters", [])]
            success = min(operation["responses"])
            found[path, method.upper()] = {
                "name": operation["operationId"],
                "tags": operation["tags"],
                "statuses": {int(status) for status in operation["responses"]},
                "reads a body": "requestBody" in operation,
                "answers a body": "content" in operation["responses"][success],
                "parameters": {(one["in"], one["name"]) for one in taken},
            }
    return found


def allowed(http: TestClient, path: str) -> set[str]:
    """Ask for a method that nothing has."""
    answer = http.request("TRACE", re.sub(r"\{.*?\}", "1", path))
    assert answer.status_code == 405, json.dumps(answer.json())
    return set(answer.headers["allow"].split(", "))


def run(*arguments: str | Path, folder: Path, options: list[str] | None = None) -> str:
    """Run a module, or code, with this Python; return what it prints."""
    first = [] if str(arguments[0]).startswith("-") else ["-m"]
    command = [sys.executable, *(options or []), *first, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
