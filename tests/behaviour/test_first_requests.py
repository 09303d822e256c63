"""The first request of each kind costs what a later one does: all that it needs is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ClauseElement
from starlette.testclient import TestClient

from generator.ir import Resource
from generator.lower import lower
from generator.parse import parse
from generator.source import read
from tests.services import CATALOG, WAREHOUSE, client, compiled

from .test_examples import body, give_parent, post


@pytest.mark.parametrize("spec", [CATALOG, WAREHOUSE], ids=["catalog", "warehouse"])
def test_nothing_is_left_to_the_first_request(
    spec: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No statement is compiled and no encoder is made, whatever the resource and the endpoint."""
    resources = lower(parse(read(spec.read_bytes(), spec))).resources
    contract, rows = compiled(spec).contract(), compiled(spec).module("runtime.rows")
    made: list[str] = []
    with client(spec, database_url) as http:
        compile_statement: Callable[..., object] = ClauseElement.compile
        make_encoder = rows.row_encoder

        def counted_compile(statement: ClauseElement, *given: object, **named: object) -> object:
            made.append(type(statement).__name__)
            return compile_statement(statement, *given, **named)

        def counted_encoder(*given: object) -> object:
            made.append("an encoder")
            return make_encoder(*given)

        monkeypatch.setattr(ClauseElement, "compile", counted_compile)
        monkeypatch.setattr(rows, "row_encoder", counted_encoder)
        items = [_create_and_read(http, contract, resource) for resource in resources]
        # From the last to the first, so that nothing refers to what is deleted.
        for path, headers in reversed(items):
            assert http.delete(path, headers=headers).status_code == 204, path
    assert not made, "\n".join(made)


def _create_and_read(
    http: TestClient, contract: dict[str, Any], resource: Resource
) -> tuple[str, dict[str, str]]:
    """Create the example of a resource, read, list and replace it; return its path and its tag."""
    give_parent(http, contract, resource)
    created = post(http, contract, resource.path)
    assert created.status_code == 201, created.text
    path = f"{resource.path}/{created.json()[resource.fields[0].wire]}"
    assert http.get(path).status_code == 200, path
    for shown in (resource.item_path, resource.path):
        for query in _expansions(contract, shown):
            there = path if shown == resource.item_path else shown
            assert http.get(f"{there}?{query}").status_code == 200, there
    if "get" in contract["paths"][resource.path]:
        assert http.get(resource.path).status_code == 200, resource.path
        # Refused where a page's size is fixed: that needs nothing new either.
        assert http.get(f"{resource.path}?page_size=1").status_code in (200, 422)
    for operation in resource.operations:
        if operation.kind == "bulk_create" and operation.bulk is not None and operation.bulk.keep:
            assert post(http, contract, operation.path).status_code == 201, operation.path
    item = resource.item_path
    if "put" in contract["paths"][item]:
        assert http.put(path, json=body(contract, item, "put")).status_code == 200
    tag = http.get(path).headers.get("ETag")
    return path, {} if tag is None else {"If-Match": tag}


def _expansions(contract: dict[str, Any], path: str) -> Iterator[str]:
    """Yield the query for each relation that a path can show whole."""
    for parameter in contract["paths"][path].get("get", {}).get("parameters", ()):
        if parameter.get("name") == "expand":
            yield from (f"expand={name}" for name in parameter["schema"]["items"]["enum"])
