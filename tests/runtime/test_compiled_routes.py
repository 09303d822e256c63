"""Handlers of every signature: what the compiled route takes, what it leaves, and the same answers.

Each handler is asked by both route classes: `CompiledRoute` answers what `PlainRoute` would.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from itertools import cycle, product
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.exceptions import FastAPIError, RequestValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from generator.runtime.answers import Json
from generator.runtime.compiled_routes import CompiledRoute
from generator.runtime.dispatch import Dispatch
from generator.runtime.routes import Handler, PlainRoute
from tests.runtime.handlers import TAKEN, all_of_it, by_key, calls, nothing
from tests.runtime.left_handlers import LEFT
from tests.runtime.sample_api import make_app

OPTIONS: dict[str, Any] = {"methods": ["POST"], "response_model": None}
KEYS = ("1", "7", "0", "x", "red", "%2F")
QUERIES = (
    "",
    "page=2",
    "page=0&tags=",
    "page=1&page=2&x=1",
    "tags=a&tags=b",
    "tags=a&tags=b&tags=c",
)
BODIES = (
    *(b"", b"{", b"{}", b"[1, 2]", b"[]", b"null", b'{"items": [1]}', b'{"items": ["a"]}'),
    *(b'{"name": "a"}', b'{"name": "a", "size": 0, "x": 1}', b'{"name": 1, "size": -1}'),
    *(b'{"firstName": "x"}', b'{"firstName": "y", "inner": {"name": "a"}}', b'{"first": "y"}'),
    *(b'{"one": {"name": "a"}, "two": {"firstName": "y"}}', b'{"body": {"name": "a"}}'),
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"Token": "t", "Cookie": "token=c", "Origin": "https://admin.internal.corp"},
    {"Token": "no", "Authorization": "Bearer b"},
    {"Accept": "text/html"},
)


def client(
    route_class: type[PlainRoute], handler: Callable[..., Any], method: str = "POST"
) -> TestClient:
    """Serve one handler; requests that are refused show all that a handler of errors is told."""
    router = APIRouter(prefix="/own", route_class=route_class)
    path = "/{key}" if {"key", "number"} & signature(handler).parameters.keys() else "/"
    router.add_api_route(
        path, handler, methods=[method], status_code=200, response_model=None, max_body_size=500
    )
    return TestClient(make_app(routers=[router]))


def told(http: TestClient, handler: Callable[..., Any]) -> list[object]:
    """Ask in many ways; return what came back, and what was called on the way."""
    with_key = {"key", "number"} & signature(handler).parameters.keys()
    own = f"/own/{'5' if with_key else ''}"
    found = [ask(http, f"{own}?{query}", b'{"name": "a"}', {}) for query in QUERIES]
    for (key, query), headers in zip(product(KEYS, QUERIES[:3]), cycle(HEADERS), strict=False):
        url = f"/own/{key if with_key else ''}?{query}"
        found.append(ask(http, url, b'{"name": "a"}', headers))
    for body, query in zip(BODIES, cycle(QUERIES), strict=False):
        found.append(ask(http, f"{own}?{query}", body, {}))
    return found


def ask(http: TestClient, url: str, body: bytes, headers: dict[str, str]) -> object:
    """Send one request."""
    calls.clear()
    sent = {"X-Request-Id": "i", "Content-Type": "application/json", **headers}
    answer = http.post(url, content=body, headers=sent)
    return url, answer.status_code, answer.headers.raw, answer.content, list(calls)


@pytest.mark.parametrize("handler", [*TAKEN, *LEFT], ids=lambda handler: handler.__name__)
def test_answers_are_those_of_fastapi(handler: Callable[..., Any]) -> None:
    """Whatever a handler takes: bytes, headers, and what is called in which order."""
    compiled, plain = client(CompiledRoute, handler), client(PlainRoute, handler)
    assert told(compiled, handler) == told(plain, handler)


@pytest.mark.parametrize("handler", TAKEN, ids=lambda handler: handler.__name__)
def test_what_is_compiled(handler: Callable[..., Any]) -> None:
    """Signatures as emitted handlers have them."""
    assert route_of(handler).compiled is not None


@pytest.mark.parametrize("handler", LEFT, ids=lambda handler: handler.__name__)
def test_what_is_left_to_fastapi(handler: Callable[..., Any]) -> None:
    """All others."""
    assert route_of(handler).compiled is None


def route_of(handler: Callable[..., Any]) -> CompiledRoute:
    """Make a route of a handler."""
    path = "/{key}" if {"key", "number"} & signature(handler).parameters.keys() else "/"
    return CompiledRoute(path, handler, **OPTIONS)


def test_what_fastapi_refuses_is_refused_when_it_is_declared() -> None:
    """And not when a request is first left to FastAPI."""

    async def named() -> Json[str]:
        return Json(b'"x"')

    for route_class in (CompiledRoute, PlainRoute):
        with pytest.raises(FastAPIError):
            route_class("/", named)
    assert CompiledRoute("/", named, **OPTIONS).compiled is not None


def test_a_route_for_fastapi_leaves_the_others_compiled() -> None:
    """Each route of a router for itself; what is no operation at all is FastAPI's, too."""
    router = APIRouter(prefix="/own", route_class=CompiledRoute)
    router.add_api_route("/compiled", nothing, **OPTIONS)

    @router.get("/left", response_model=None)
    async def left(request: Request) -> Response:
        return Response(request.url.path)

    app = make_app(routers=[router])
    dispatch = app.router.routes[0]
    assert isinstance(dispatch, Dispatch)
    ways = {}
    for method, path in (("POST", "/own/compiled"), ("GET", "/own/left")):
        found = dispatch.find({"type": "http", "method": method, "path": path})
        assert found is not None
        ways[path] = found[0].compiled is not None
    assert ways == {"/own/compiled": True, "/own/left": False}
    assert TestClient(app).get("/own/left").text == "/own/left"


def test_a_header_that_the_service_adds_too_is_there_once() -> None:
    """Whichever way the answer takes."""

    async def handler() -> Json[str]:
        return Json(b'"x"', headers={"X-Request-Id": "abc"})

    for route_class in (CompiledRoute, PlainRoute):
        answer = client(route_class, handler).post("/own/", headers={"X-Request-Id": "abc"})
        assert answer.headers.get_list("x-request-id") == ["abc"]


def test_a_route_class_of_the_team_wraps_the_handler() -> None:
    """As FastAPI documents: `get_route_handler` of a subclass is called."""

    class Stamped(CompiledRoute):
        def get_route_handler(self) -> Handler:
            handle = super().get_route_handler()

            async def stamp(request: Request) -> Response:
                answer = await handle(request)
                answer.headers["X-Stamp"] = "yes"
                return answer

            return stamp

    assert Stamped("/{key}", by_key, **OPTIONS).compiled is None
    http = client(Stamped, by_key)
    assert http.post("/own/1").headers["x-stamp"] == "yes"
    assert http.post("/own/x").status_code == 422


def test_what_fastapi_knows_of_a_route_is_there_when_asked_for() -> None:
    """Whoever walks over routes finds the same as of a plain one."""
    names: tuple[str, ...] = (
        "path",
        "path_format",
        "path_regex",
        "methods",
        "name",
        "endpoint",
        "status_code",
    )
    names += ("response_model", "tags", "summary", "description", "operation_id", "unique_id")
    for name in (*names, "include_in_schema", "deprecated", "responses", "max_body_size"):
        compiled, plain = (
            kind("/a/{key}", all_of_it, **OPTIONS) for kind in (CompiledRoute, PlainRoute)
        )
        assert getattr(compiled, name) == getattr(plain, name), name
    route = CompiledRoute("/a/{key}", all_of_it, **OPTIONS)
    assert {one.name for one in route.dependant.path_params} == {"key"}
    assert route.body_field is not None
    assert route.compiled is not None
    assert not hasattr(route, "unheard_of")


@pytest.mark.parametrize("path", ["/own/x?page=0&y=1", "/own/1?page=1"])
@pytest.mark.parametrize("body", BODIES)
def test_handlers_of_errors_are_told_the_same(path: str, body: bytes) -> None:
    """Of a request that is refused: the errors, the body, the operation."""
    said = []
    for kind in (CompiledRoute, PlainRoute):
        http = client(kind, all_of_it)
        app: Any = http.app

        async def show(request: Request, error: Exception) -> Response:
            assert isinstance(error, RequestValidationError)
            text = [repr(error.body), repr(error.errors()), str(error), repr(error.endpoint_ctx)]
            return JSONResponse([*text, str(request.url), dict(request.path_params)])

        app.add_exception_handler(RequestValidationError, show)
        said.append(http.post(path, content=body, headers={"Content-Type": "application/json"}))
    assert said[0].json() == said[1].json()


@pytest.mark.parametrize("options", [{}, {"dependencies": []}])
def test_dependencies_of_a_route_are_called(options: dict[str, Any]) -> None:
    """None are none."""
    assert CompiledRoute("/", nothing, **OPTIONS, **options).compiled is not None
