"""A compiled service is a FastAPI application: what a team adds works as FastAPI documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, Header, HTTPException, params
from fastapi.exceptions import RequestValidationError
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.services import CATALOG, client, compiled

from .samples import PRODUCT, PRODUCTS


@contextmanager
def catalog(
    url: str, routers: Sequence[APIRouter] = (), dependencies: Sequence[params.Depends] = ()
) -> Iterator[tuple[TestClient, Any]]:
    """Serve the catalog with what a team gives to `create_app`; there is the product 1."""
    with client(CATALOG, url, routers=routers, dependencies=dependencies) as http:
        app: Any = http.app
        yield http, app


class OutOfOrderError(Exception):
    """An error of the team's."""


closed: list[str] = []


async def auth(token: Annotated[str, Header()] = "") -> AsyncIterator[str]:
    """Let in who has a token, and close what was opened."""
    if token != "t":
        raise HTTPException(401, "Who is it?", {"WWW-Authenticate": "Bearer"})
    try:
        yield token
    finally:
        closed.append(token)


def test_a_dependency_of_every_operation(fresh_sqlite_url: str, calls: Counter[str]) -> None:
    """It refuses before anything is validated, and is closed after the answer."""
    closed.clear()
    with catalog(fresh_sqlite_url, dependencies=[Depends(auth)]) as (http, _):
        for method, path in (
            ("POST", PRODUCTS),
            ("GET", f"{PRODUCTS}/x"),
            ("DELETE", PRODUCTS + "/1"),
        ):
            answer = http.request(method, path, headers={"X-Request-Id": "i"})
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            assert answer.json()["instance"] == "i"
        http.headers["Token"] = "t"
        assert http.post(PRODUCTS, json=PRODUCT).status_code == 201
        assert http.get(f"{PRODUCTS}/1").json()["sku"] == "AB-1"
        assert http.get(f"{PRODUCTS}/x").status_code == 422
        assert closed == ["t", "t", "t"]
    assert not calls


def test_a_dependency_of_one_router(fresh_sqlite_url: str, calls: Counter[str]) -> None:
    """It counts for the team's, and the emitted operations keep their way."""
    router = APIRouter(dependencies=[Depends(auth)])

    @router.get("/own")
    async def own() -> str:
        return "own"

    with catalog(fresh_sqlite_url, routers=[router]) as (http, _):
        assert http.get("/own").status_code == 401
        assert http.get("/own", headers={"Token": "t"}).json() == "own"
        assert http.get(PRODUCTS).status_code == 200
    assert sum(calls.values()) == 1


def test_an_emitted_router_with_a_dependency(fresh_sqlite_url: str, calls: Counter[str]) -> None:
    """Included once more by the team, below a prefix, where it answers as FastAPI has it."""
    products = compiled(CATALOG).module("products.router").router
    outer = APIRouter(prefix="/outer")
    outer.include_router(products)
    with catalog(fresh_sqlite_url) as (http, app):
        app.include_router(products, prefix="/guarded", dependencies=[Depends(auth)])
        app.include_router(products, prefix="/again")
        app.include_router(outer)
        assert http.post(f"/again{PRODUCTS}", json=PRODUCT).status_code == 201
        assert http.get(f"{PRODUCTS}/1").status_code == 200
        assert sum(calls.values()) == 2
        assert http.get(f"/outer{PRODUCTS}/1").status_code == 200
        assert http.get(f"/guarded{PRODUCTS}/1").status_code == 401
        assert http.get(f"/guarded{PRODUCTS}/1", headers={"Token": "t"}).status_code == 200
        assert sum(calls.values()) == 2
        page = http.get(f"/again{PRODUCTS}?page_size=1")
        assert page.headers["link"].startswith(f"</again{PRODUCTS}?page_size=1&page=1>")


def test_overrides_count_while_they_are_set(fresh_sqlite_url: str, calls: Counter[str]) -> None:
    """A test of the team's puts another session in, and takes it out again."""
    service = compiled(CATALOG)
    sessions, answers = (service.module(f"runtime.{name}") for name in ("sessions", "answers"))

    class Double:
        async def read(self, *_arguments: object) -> object:
            return answers.Json(b'"double"')

    async def double() -> Double:
        return Double()

    with catalog(fresh_sqlite_url) as (http, app):
        assert http.get(f"{PRODUCTS}/1").status_code == 404
        app.dependency_overrides[sessions.open_session] = double
        assert http.get(f"{PRODUCTS}/1").json() == "double"
        assert http.get(f"{PRODUCTS}/x").status_code == 422
        assert sum(calls.values()) == 1
        app.dependency_overrides.clear()
        assert http.get(f"{PRODUCTS}/1").status_code == 404
        assert sum(calls.values()) == 2


seen: list[object] = []


class Watching(BaseHTTPMiddleware):
    """Middleware as most teams write it."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Look at the request when it is answered, and change the answer."""
        answer = await call_next(request)
        note(request.scope)
        answer.headers["X-Watched"] = "yes"
        return answer


class PureWatching:
    """Middleware of ASGI alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the request when it is answered."""
        await self.app(scope, receive, send)
        if scope["type"] == "http":
            note(scope)


def note(scope: Mapping[str, Any]) -> None:
    """Note what a middleware finds in the scope when a request is answered."""
    route, endpoint = scope.get("route"), scope.get("endpoint")
    name = getattr(endpoint, "__name__", None)
    seen.append(
        (getattr(route, "path", None), name, scope.get("path_params", {}).get("product_id"))
    )


@pytest.mark.parametrize("added", [False, True])
@pytest.mark.parametrize("watching", [Watching, PureWatching])
def test_middleware_of_the_team(
    fresh_sqlite_url: str,
    calls: Counter[str],
    watching: type[Watching | PureWatching],
    *,
    added: bool,
) -> None:
    """It sees every request, and afterwards its route, its endpoint and the path's parameters."""
    seen.clear()
    given = [] if added else [Middleware(watching)]
    service = compiled(CATALOG)
    app = service.application(fresh_sqlite_url, middleware=given)
    if added:
        app.add_middleware(watching)
    with TestClient(app) as http:
        for path, status in ((f"{PRODUCTS}/7", 404), (f"{PRODUCTS}/x", 422), (PRODUCTS, 200)):
            answer = http.get(path)
            assert answer.status_code == status
            assert answer.headers.get("x-watched", "yes") == "yes"
            assert ("x-watched" in answer.headers) == (watching is Watching)
        assert http.get("/nowhere").status_code == 404
        assert http.put(PRODUCTS).status_code == 405
    item = f"{PRODUCTS}/{{product_id}}"
    assert seen == [
        (item, "read_product", "7"),
        (item, "read_product", "x"),
        (PRODUCTS, "list_products", None),
        (None, None, None),
        (None, None, None),
    ]
    assert sum(calls.values()) == 3


@pytest.mark.parametrize(
    ("kind", "method", "path", "status"),
    [
        ("Problem", "GET", f"{PRODUCTS}/7", 404),
        (404, "GET", f"{PRODUCTS}/7", 404),
        (RequestValidationError, "GET", f"{PRODUCTS}/x", 422),
        (HTTPException, "GET", "/teapot", 418),
        (418, "GET", "/teapot", 418),
        (OutOfOrderError, "GET", "/broken", 0),
        (Exception, "GET", "/broken", 500),
        (500, "GET", "/broken", 500),
        (405, "PUT", PRODUCTS, 405),
        (409, "POST", PRODUCTS, 409),
        (406, "GET", PRODUCTS, 406),
    ],
)
def test_exception_handlers_of_the_team(
    fresh_sqlite_url: str, kind: int | str | type[Exception], method: str, path: str, status: int
) -> None:
    """For our problems, for FastAPI's errors, for statuses and for classes of its own."""
    router = APIRouter()

    @router.get("/teapot")
    async def teapot() -> None:
        raise HTTPException(418, "Short and stout.")

    @router.get("/broken")
    async def broken() -> None:
        raise OutOfOrderError

    async def answer(request: Request, error: Exception) -> Response:
        found = getattr(error, "status_code", None)
        return JSONResponse([type(error).__name__, found, request.url.path], 499)

    if kind == "Problem":
        kind = compiled(CATALOG).module("runtime.problems").Problem
    with catalog(fresh_sqlite_url, routers=[router]) as (http, app):
        http.post(PRODUCTS, json=PRODUCT)
        app.add_exception_handler(kind, answer)
        app.middleware_stack = app.build_middleware_stack()
        accept = "text/html" if status == 406 else "*/*"
        said = http.request(
            method, path, json=PRODUCT, headers={"Accept": accept, "X-Request-Id": "i"}
        )
        assert (said.status_code, said.json()[2]) == (499, path)
        assert said.headers["x-request-id"] == "i"
        assert http.get(f"{PRODUCTS}/1").status_code == 200
        assert http.get("/nowhere").status_code in (404, 499)


@pytest.mark.parametrize("way", ["compiled", "plain"])
def test_handlers_of_errors_read_the_body(
    fresh_sqlite_url: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the operation has read it before: of FastAPI's request that is so."""

    async def answer(request: Request, _error: Exception) -> Response:
        return PlainTextResponse(await request.body(), 499)

    async def fail(*_arguments: object) -> None:
        raise OutOfOrderError

    problem = compiled(CATALOG).module("runtime.problems").Problem
    with catalog(fresh_sqlite_url) as (http, app):
        assert http.post(PRODUCTS, json=PRODUCT).status_code == 201
        for kind in (RequestValidationError, problem, 500):
            app.add_exception_handler(kind, answer)
        app.middleware_stack = app.build_middleware_stack()
        if way == "plain":
            app.dependency_overrides[object] = object
        for body in (b'{"sku":"AB-1","title":"A","unit_price":1.5}', b"{", b"x" * 70_000):
            headers = {"Content-Type": "application/json"}
            said = http.post(PRODUCTS, content=body, headers=headers)
            assert (said.status_code, said.content) == (499, body)
        monkeypatch.setattr(compiled(CATALOG).module("runtime.sessions").Session, "create", fail)
        said = http.post(PRODUCTS, json=PRODUCT)
        assert (said.status_code, said.json()) == (499, PRODUCT)


def test_what_was_read_in_part_is_gone(fresh_sqlite_url: str) -> None:
    """A handler of errors that wants the whole of a body that is too large is told so at once."""

    async def answer(request: Request, _error: Exception) -> Response:
        try:
            return Response(await request.body(), 499)
        except ClientDisconnect:
            return PlainTextResponse("gone", 498)

    def too_much() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 70_000

    problem = compiled(CATALOG).module("runtime.problems").Problem
    with catalog(fresh_sqlite_url) as (http, app):
        app.add_exception_handler(problem, answer)
        app.middleware_stack = app.build_middleware_stack()
        headers = {"Content-Type": "application/json"}
        said = http.post(PRODUCTS, content=too_much(), headers=headers)
        assert (said.status_code, said.text) == (498, "gone")


def test_an_error_of_the_team_from_a_dependency(fresh_sqlite_url: str) -> None:
    """Its handler answers it, also where it is for a class below the one that is raised."""

    class LateError(OutOfOrderError):
        pass

    async def late(x: Annotated[str, Header()] = "") -> None:
        if x:
            raise LateError(x)

    async def answer(_request: Request, error: Exception) -> Response:
        return PlainTextResponse(f"late {error}", 503)

    with catalog(fresh_sqlite_url, dependencies=[Depends(late)]) as (http, app):
        app.add_exception_handler(OutOfOrderError, answer)
        app.middleware_stack = app.build_middleware_stack()
        said = http.get(f"{PRODUCTS}/1", headers={"X": "y"})
        assert (said.status_code, said.text) == (503, "late y")
        assert http.get(f"{PRODUCTS}/1").status_code == 404


def test_handlers_that_come_later_count(fresh_sqlite_url: str) -> None:
    """`add_exception_handler` before the first request, later with a stack that is built anew."""
    with catalog(fresh_sqlite_url) as (http, app):
        app.exception_handler(404)(answer_missing)
        app.middleware_stack = app.build_middleware_stack()
        assert http.get(f"{PRODUCTS}/1").text == "missing"
        assert http.get("/nowhere").text == "missing"
        assert http.get(f"{PRODUCTS}/x").status_code == 422


async def answer_missing(_request: Request, _error: Exception) -> Response:
    """Answer 404 in the words of the team."""
    return PlainTextResponse("missing", 404)
