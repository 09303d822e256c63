"""A team's own routes beside the emitted ones, the service below another, and what looks at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, BackgroundTasks, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.services import CATALOG, client, compiled

from .samples import PRODUCT, PRODUCTS


class Shouting(PlainTextResponse):
    """A response class of the team's."""

    def render(self, content: object) -> bytes:
        """Shout."""
        return str(content).upper().encode()


done: list[str] = []


def own_router() -> APIRouter:
    """Make routes of the team's, some on paths of ours."""
    router = APIRouter()

    @router.put(PRODUCTS + "/{product_id}")
    async def replace(product_id: int) -> int:
        return product_id

    @router.get(PRODUCTS + "/{product_id}/label", response_class=Shouting)
    async def label(product_id: int) -> str:
        return f"label {product_id}"

    @router.get("/stream")
    async def stream() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            for part in (b"a", b"b", b"c"):
                yield part

        return StreamingResponse(parts(), media_type="text/plain")

    @router.post("/tasks", status_code=202)
    async def later(tasks: BackgroundTasks) -> str:
        tasks.add_task(done.append, "done")
        return "later"

    @router.get(PRODUCTS + "/{product_id}")
    async def second(product_id: int) -> int:
        return -product_id

    return router


def test_routes_of_the_team(fresh_sqlite_url: str, calls: Counter[str]) -> None:
    """Paths of ours with other methods, response classes, streams, tasks; ours come first."""
    done.clear()
    with client(CATALOG, fresh_sqlite_url, routers=[own_router()]) as http:
        assert http.post(PRODUCTS, json=PRODUCT).status_code == 201
        assert http.put(f"{PRODUCTS}/5").json() == 5
        assert http.get(f"{PRODUCTS}/5/label").text == "LABEL 5"
        assert http.get("/stream").text == "abc"
        assert (http.post("/tasks").json(), done) == ("later", ["done"])
        assert http.get(f"{PRODUCTS}/1").json()["id"] == 1
        allow = http.options(f"{PRODUCTS}/1").headers["allow"]
        assert allow == "GET, HEAD, PUT, DELETE, OPTIONS"
    assert sum(calls.values()) == 2


@pytest.mark.parametrize("root", ["", "/outer"])
def test_the_service_below_another(fresh_sqlite_url: str, calls: Counter[str], root: str) -> None:
    """Mounted, with addresses that lead back to it, and answered by the compiled path."""
    inner = compiled(CATALOG).application(fresh_sqlite_url)

    @asynccontextmanager
    async def lifespan(_outer: FastAPI) -> AsyncIterator[None]:
        async with inner.router.lifespan_context(inner):
            yield

    outer = FastAPI(routes=[Mount("/shop", app=inner)], lifespan=lifespan)

    @outer.get("/own")
    async def own() -> str:
        return "own"

    with TestClient(outer, root_path=root) as http:
        below = f"{root}/shop{PRODUCTS}"
        made = http.post(below, json=PRODUCT)
        assert made.headers["location"] == f"{below}/1"
        page = http.get(f"{below}?page_size=1")
        assert page.headers["link"].startswith(f"<{below}?page_size=1&page=1>")
        assert http.get(f"{below}/1").status_code == 200
        assert http.get(f"{below}/x").status_code == 422
        assert http.get(f"{root}/own").json() == "own"
        assert http.get(f"{root}{PRODUCTS}").status_code == 404
    assert sum(calls.values()) == 4


def test_what_looks_at_the_application(fresh_sqlite_url: str) -> None:
    """Names lead to paths, routes show what FastAPI knows of them, the contract is whole."""
    app = compiled(CATALOG).application(fresh_sqlite_url)
    assert app.url_path_for("read_product", product_id=7) == f"{PRODUCTS}/7"
    assert app.url_path_for("list_products") == PRODUCTS
    found = {}
    for context in iter_route_contexts(app.routes):
        route: Any = context.original_route
        if isinstance(route, APIRoute):
            assert route.dependant.call is route.endpoint
            assert context.dependant.call is route.endpoint
            assert route.response_model is None or route.response_field is not None
            found[route.name] = (context.path, sorted(route.methods or ()))
    assert found == {
        "create_product": (PRODUCTS, ["POST"]),
        "list_products": (PRODUCTS, ["GET"]),
        "read_product": (f"{PRODUCTS}/{{product_id}}", ["GET"]),
        "delete_product": (f"{PRODUCTS}/{{product_id}}", ["DELETE"]),
    }
    assert app.openapi() == compiled(CATALOG).contract()


def test_walking_over_routes_changes_no_answer(fresh_sqlite_url: str, calls: Counter[str]) -> None:
    """What FastAPI then knows of a route does not take it from the compiled path."""
    with client(CATALOG, fresh_sqlite_url) as http:
        app: Any = http.app
        before = http.get(f"{PRODUCTS}?x=1", headers={"X-Request-Id": "i"}).content
        for context in iter_route_contexts(app.routes):
            if isinstance(context.original_route, APIRoute):
                assert context.app is not None
                assert context.dependant.call is context.original_route.dependant.call
        assert http.get(f"{PRODUCTS}?x=1", headers={"X-Request-Id": "i"}).content == before
    assert sum(calls.values()) == 2


def test_telemetry_is_left_to_fastapi(fresh_sqlite_url: str, calls: Counter[str]) -> None:
    """Where requests are observed, FastAPI answers: it tells what happens on the way."""
    app = compiled(CATALOG).application(fresh_sqlite_url)

    class Observing:
        """Stands for FastAPI's own layer, which needs the SDK of OpenTelemetry to be seen."""

        def __init__(self, app: ASGIApp) -> None:
            self.app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                scope["fastapi.telemetry"] = self
            await self.app(scope, receive, send)

    app.add_middleware(Observing)
    with TestClient(app) as http:
        assert http.get(f"{PRODUCTS}/7").status_code == 404
        assert http.get(f"{PRODUCTS}/x").status_code == 422
    assert not calls


def test_files_of_the_team_come_last(fresh_sqlite_url: str, tmp_path: Path) -> None:
    """A page beside the service does not hide its operations."""
    (tmp_path / "index.html").write_text("<p>hello</p>")
    with client(CATALOG, fresh_sqlite_url) as http:
        app: Any = http.app
        app.frontend("/", directory=tmp_path)
        assert http.get("/index.html").text == "<p>hello</p>"
        assert http.get(PRODUCTS).json() == []
        assert http.put(PRODUCTS).status_code == 405


async def plain(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer by itself, as an ASGI application does."""
    start: Message = {"type": "http.response.start", "status": 200, "headers": [(b"Vary", b"x")]}
    await send(start)
    await send({"type": "http.response.body", "body": b"plain"})


def test_applications_below_the_service(fresh_sqlite_url: str) -> None:
    """Mounted by the team, with the headers that all answers have."""
    with client(CATALOG, fresh_sqlite_url) as http:
        app: Any = http.app
        app.mount("/plain", plain)
        answer = http.get("/plain/x", headers={"X-Request-Id": "i"})
        assert (answer.text, answer.headers["x-request-id"]) == ("plain", "i")
        assert answer.headers["vary"] == "x, Origin"


class Observer:
    """A layer that somebody puts around all others."""

    def __init__(self, app: ASGIApp, seen: list[str]) -> None:
        self.app = app
        self.seen = seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the path."""
        self.seen.append(scope.get("path", ""))
        await self.app(scope, receive, send)


def test_a_stack_that_somebody_wraps(
    fresh_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As OpenTelemetry's instrumentation of FastAPI does: it sees every request."""
    seen: list[str] = []
    app: Any = compiled(CATALOG).application(fresh_sqlite_url)
    build = app.build_middleware_stack
    monkeypatch.setattr(app, "build_middleware_stack", lambda: Observer(build(), seen))
    with TestClient(app) as http:
        for _ in range(3):
            http.get(f"{PRODUCTS}/1")
    assert seen.count(f"{PRODUCTS}/1") == 3


def test_a_function_of_starlette_that_somebody_replaces(
    fresh_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As agents do that report errors and times: it sees every request."""
    seen: list[str] = []
    call = Starlette.__call__

    async def observed(self: Starlette, scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope.get("path", ""))
        await call(self, scope, receive, send)

    monkeypatch.setattr(Starlette, "__call__", observed)
    with client(CATALOG, fresh_sqlite_url) as http:
        for _ in range(3):
            http.get(f"{PRODUCTS}/1")
    assert seen.count(f"{PRODUCTS}/1") == 3
