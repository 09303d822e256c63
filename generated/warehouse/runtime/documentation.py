"""The contract and its reader: `/openapi.json` and `/docs`, with no network.

What is served is the committed file, byte for byte. Only where the team has operations of its own
(or the service lives under a root path) is it read and completed.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from .problem_kinds import PROBLEMS
from .problems import MEDIA_TYPE, Problem

Document = dict[str, Any]

ASSETS = {
    "swagger-ui-bundle.js": "swagger",
    "swagger-ui.css": "swagger",
    "favicon.png": "fastapi",
}
"""What the page loads, by folder of the package that carries it. The package is not imported: it
would replace functions of FastAPI."""

SCHEMAS = "#/components/schemas/"
VALIDATION = ("HTTPValidationError", "ValidationError")
"""What FastAPI publishes for 422, which this service never answers."""


def add_documentation(app: FastAPI, *, contract: Path) -> None:
    """Serve the contract, also as `app.openapi()`, and a page to read and try it."""
    documentation = Documentation(app, contract)
    # FastAPI documents assigning `app.openapi`; this is how to say so to a type checker.
    vars(app)["openapi"] = documentation.document
    app.add_route("/openapi.json", documentation.answer_contract, include_in_schema=False)
    app.add_route("/docs", documentation.answer_page, include_in_schema=False)
    app.add_route("/docs/{name}", answer_asset, include_in_schema=False)


class Documentation:
    """The contract of an application."""

    def __init__(self, app: FastAPI, contract: Path) -> None:
        self._app = app
        self._contract = contract
        self._bytes = contract.read_bytes()
        self._merged: tuple[int, Document | None] = (0, None)

    def document(self) -> Document:
        """Return the contract with the team's own operations."""
        document: Document = self._with_own() or json.loads(self._bytes)
        return document

    async def answer_contract(self, request: Request) -> Response:
        """Serve the committed bytes wherever they say it all."""
        root = str(request.scope.get("root_path", "")).rstrip("/")
        if not root and self._with_own() is None:
            return Response(self._bytes, media_type="application/json")
        document = self.document()
        if root:
            document = {**document, "servers": [{"url": root}]}
        return JSONResponse(document)

    async def answer_page(self, request: Request) -> Response:
        """Serve Swagger UI."""
        root = str(request.scope.get("root_path", "")).rstrip("/")
        return get_swagger_ui_html(
            openapi_url=f"{root}/openapi.json",
            title=self._app.title,
            swagger_js_url=f"{root}/docs/swagger-ui-bundle.js",
            swagger_css_url=f"{root}/docs/swagger-ui.css",
            swagger_favicon_url=f"{root}/docs/favicon.png",
            # Swagger UI would otherwise send the contract's address to a validator on the internet.
            swagger_ui_parameters={"validatorUrl": None},
        )

    def _with_own(self) -> Document | None:
        """Complete the contract by operations that are not in it; None where there are none."""
        count = len(self._app.routes)
        if self._merged[0] != count:
            self._merged = (count, self._complete())
        return self._merged[1]

    def _complete(self) -> Document | None:
        document: Document = json.loads(self._bytes)
        own = [one for one in iter_route_contexts(self._app.routes) if _is_new(one, document)]
        if not own:
            return None
        additions = get_openapi(title=self._app.title, version=self._app.version, routes=own)
        return _merge(document, additions)


async def answer_asset(request: Request) -> Response:
    """Serve a file of Swagger UI."""
    name = str(request.path_params["name"])
    package = find_spec("fastapi_standalone_docs") if name in ASSETS else None
    if package is None or package.origin is None:
        raise Problem("not-found", PROBLEMS["not-found"].meaning)
    return FileResponse(Path(package.origin).parent / "static" / ASSETS[name] / name)


def _is_new(context: RouteContext, document: Document) -> bool:
    if not isinstance(context.original_route, APIRoute):
        return False
    known = document["paths"].get(context.path_format, {})
    return bool(context.include_in_schema) and any(
        method.lower() not in known for method in context.methods or ()
    )


def _merge(document: Document, additions: Document) -> Document:
    """Put the team's operations into the contract. A schema whose name is taken gets another."""
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    added = additions.get("components", {})
    names = {}
    for name, schema in added.get("schemas", {}).items():
        free = name
        while free in schemas and schemas[free] != schema:
            free += "_"
        names[SCHEMAS + name] = SCHEMAS + free
    for path, item in additions["paths"].items():
        for operation in item.values():
            _answer_problems(operation, schemas)
        document["paths"].setdefault(path, {}).update(_renamed(item, names))
    for name, schema in added.get("schemas", {}).items():
        if name not in VALIDATION:
            schemas[names[SCHEMAS + name].removeprefix(SCHEMAS)] = _renamed(schema, names)
    if "securitySchemes" in added:
        components.setdefault("securitySchemes", {}).update(added["securitySchemes"])
    return document


def _answer_problems(operation: Document, schemas: Document) -> None:
    """Say of a 422 what the service answers, and not what FastAPI alone would."""
    responses = operation["responses"]
    if VALIDATION[0] in json.dumps(responses.get("422", {})):
        name = next((one for one in ("ValidationProblem", "Problem") if one in schemas), None)
        content = {"schema": {"$ref": SCHEMAS + name}} if name else {}
        responses["422"] = {
            "description": PROBLEMS["invalid-request"].title,
            "content": {MEDIA_TYPE: content},
        }


def _renamed(value: object, names: dict[str, str]) -> object:
    """Copy a part of a document, with its references renamed."""
    if isinstance(value, dict):
        return {
            key: names.get(inner, inner)
            if key == "$ref" and isinstance(inner, str)
            else _renamed(inner, names)
            for key, inner in value.items()
        }
    return [_renamed(inner, names) for inner in value] if isinstance(value, list) else value
