"""The pitfall: query parameters that are read from nowhere and bounded by nothing.

Every parameter of the contract has a schema that bounds it, and what is not declared is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.services import CATALOG, EVERYTHING, LIBRARY, client, compiled

SPECS = [CATALOG, EVERYTHING, LIBRARY]
Operation = dict[str, Any]


def operations(spec: Path) -> Iterator[tuple[str, str, Operation]]:
    """Yield every operation with its path's parameters."""
    document = compiled(spec).contract()
    for path, item in document["paths"].items():
        shared = item.get("parameters", [])
        for method, operation in item.items():
            if method != "parameters":
                parameters = [
                    resolved(document, one) for one in [*shared, *operation.get("parameters", [])]
                ]
                yield method, path, operation | {"parameters": parameters}


def resolved(document: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference."""
    while "$ref" in value:
        found: Any = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        value = found
    return value


def is_bounded(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Tell whether a schema leaves only so many values, or so much text."""
    schema = resolved(document, schema)
    kind = schema.get("type")
    if "enum" in schema or kind == "boolean":
        return True
    if kind == "integer":
        return {"minimum", "maximum"} <= schema.keys()
    if kind == "number":
        return True  # A double, as the language has it: finite by JSON itself.
    if kind == "array":
        # Items of one direction, or of the other, where a list goes by cursor.
        either = [one["items"] for one in schema.get("oneOf", schema.get("anyOf", [schema]))]
        return "maxItems" in schema and all(is_bounded(document, items) for items in either)
    return kind == "string" and ("maxLength" in schema or "{" in schema.get("pattern", ""))


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_every_parameter_is_declared_and_bounded(spec: Path) -> None:
    """In the contract, with a description; never nullable."""
    document = compiled(spec).contract()
    for method, path, operation in operations(spec):
        for parameter in operation["parameters"]:
            where = (method, path, parameter["name"])
            assert parameter["description"], where
            assert is_bounded(document, parameter["schema"]), where
            assert "null" not in str(parameter["schema"].get("type")), where


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_what_is_not_declared_is_refused(spec: Path, fresh_sqlite_url: str) -> None:
    """By every operation: unknown, repeated and empty parameters are 422."""
    with client(spec, fresh_sqlite_url) as http:
        for method, path, operation in operations(spec):
            target = path.replace("{", "").replace("}", "")
            check_query(http, method, target, ("query", "no_such_parameter"), "no_such_parameter=1")
            check_query(http, method, target, ("query", ""), "=1")
            for one in operation["parameters"]:
                if one["in"] == "query":
                    name = one["name"]
                    check_query(http, method, target, ("query", name), f"{name}=")
                    check_query(http, method, target, ("query", name), f"{name}")
                    if resolved(compiled(spec).contract(), one["schema"]).get("type") != "array":
                        check_query(http, method, target, ("query", name), f"{name}=1&{name}=1")


def check_query(http: TestClient, method: str, path: str, at: tuple[str, str], query: str) -> None:
    """A query is refused, and the answer says where."""
    answer = http.request(method, f"{path}?{query}", json={} if method in ("post", "put") else None)
    if method == "patch":
        answer = http.patch(f"{path}?{query}", json={})
    assert answer.status_code == 422, (method, path, query)
    assert at in {tuple(error["loc"][:2]) for error in answer.json()["errors"]}, (path, query)
