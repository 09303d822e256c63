"""From a method and a path to what answers, with the team's routes beside ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from unittest import mock

import pytest
from fastapi import APIRouter, FastAPI, Path
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.testclient import TestClient
from starlette.types import Scope
from starlette.websockets import WebSocket

from generator.runtime.answers import NoContent
from generator.runtime.compiled_routes import CompiledRoute
from generator.runtime.dispatch import add_dispatch
from generator.runtime.problems import add_problem_handlers
from generator.runtime.watched_routes import WatchedRoutes
from generator.runtime.wire_types import IntegerKey
from tests.runtime.sample_api import fresh_client, make_app

ITEM = "/catalog/products/1"
LIST = "/catalog/products"


@pytest.fixture
def client() -> TestClient:
    """Talk to the sample service."""
    return fresh_client()


def test_head_is_get_without_the_body(client: TestClient) -> None:
    """Status and headers are the same, on errors and on the service's own pages too."""
    for path in (ITEM, LIST, "/catalog/products/7", "/catalog/products/x", "/livez", "/docs"):
        get, head = client.get(path), client.head(path)
        assert head.status_code == get.status_code
        assert head.content == b""
        names = {"content-length", "content-type", "vary"}
        assert {n: head.headers.get(n) for n in names} == {n: get.headers.get(n) for n in names}


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        (LIST, "GET, HEAD, POST, OPTIONS"),
        (ITEM, "GET, HEAD, PATCH, DELETE, OPTIONS"),
        ("/catalog/products/not-a-key", "GET, HEAD, PATCH, DELETE, OPTIONS"),
        ("/catalog/tags/x", "GET, HEAD, OPTIONS"),
        ("/livez", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_path_says_all_of_its_methods(client: TestClient, path: str, allow: str) -> None:
    """To OPTIONS with 204, to any other method with 405."""
    answer = client.options(path)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, allow, b"")
    for method in {"GET", "PUT", "TRACE", "QUERY", "PROPFIND", "FOO"} - set(allow.split(", ")):
        answer = client.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allow)
        assert answer.json()["type"] == "/problems/method-not-allowed"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/catalog",
        "/catalog/products/",
        "/catalog/products/1/",
        "//catalog/products",
        "/catalog/products/1/2",
        "/Catalog/products",
        "/catalog%2Fproducts",
        "/catalog/%ff",
        "/livez/",
    ],
)
def test_an_unknown_path_is_404_for_every_method(client: TestClient, path: str) -> None:
    """A slash too many is no redirect."""
    for method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS"):
        answer = client.request(method, f"http://testserver{path}")
        assert answer.status_code == 404
        if method != "HEAD":
            assert answer.json()["type"] == "/problems/not-found"


@pytest.mark.parametrize(
    "key", ["1%2F2", "%31x", "%ff", "%zz", "%00", "0", "-1", "01", "+1", "%20"]
)
def test_a_key_that_breaks_its_grammar_is_422(client: TestClient, key: str) -> None:
    """Also one that is no text at all; a percent-encoded digit is a digit."""
    answer = client.get(f"/catalog/products/{key}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["path", "product_id"])
    assert client.get("/catalog/products/%31").status_code == 200


def test_the_root_path_is_stripped() -> None:
    """Behind a proxy that tells its prefix."""
    client = TestClient(make_app(), root_path="/api/v1")
    for prefix in ("", "/api/v1"):
        assert client.get(f"{prefix}{ITEM}").status_code == 200
        assert client.put(f"{prefix}{ITEM}").status_code == 405
        assert client.get(f"{prefix}/livez").status_code == 200
        assert client.get(f"{prefix}/nowhere").status_code == 404


def test_a_service_may_be_mounted() -> None:
    """In an application of the team's."""
    outer = FastAPI(routes=[Mount("/shop", app=make_app())])
    client = TestClient(outer)
    assert client.get(f"/shop{ITEM}").status_code == 200
    assert client.get("/shop/nowhere").json()["type"] == "/problems/not-found"


def team_router() -> APIRouter:
    """Make a router as a team would, with stock routes."""
    router = APIRouter()

    @router.get("/reports/{name}")
    def report(name: str) -> dict[str, str]:
        return {"name": name}

    @router.put("/catalog/products/{product_id}")
    def replace(product_id: int) -> int:
        return product_id

    @router.post("/reports/{name}", status_code=202)
    def order(name: str) -> None:
        return None

    @router.get("/files/{rest:path}")
    def files(rest: str) -> str:
        return rest

    @router.websocket("/feed")
    async def feed(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    return router


def test_the_team_adds_paths_and_methods() -> None:
    """They work as FastAPI documents, and are in Allow."""
    client = TestClient(make_app(routers=[team_router()]))
    assert client.get("/reports/a").json() == {"name": "a"}
    assert client.post("/reports/a").status_code == 202
    assert client.get("/files/a/b").json() == "a/b"
    assert client.put("/catalog/products/5").json() == 5
    assert client.get(ITEM).json()["id"] == 1
    assert client.options("/reports/a").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.delete("/reports/a").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.post(ITEM).headers["allow"] == "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"
    head = client.head("/reports/a")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", "12")
    with client.websocket_connect("/feed") as socket:
        assert socket.receive_text() == "hello"


def test_routes_may_be_added_to_the_made_application() -> None:
    """With decorators, as routes of Starlette, as mounts, after the first request too."""
    app = make_app()
    client = TestClient(app)
    assert client.get("/late").status_code == 404

    async def plain(_request: Request) -> Response:
        return PlainTextResponse("plain")

    @app.get("/late")
    def late() -> str:
        return "late"

    @app.options("/late")
    def late_options() -> str:
        return "mine"

    app.router.routes.append(Route("/plain", plain))
    app.mount("/inner", Route("/x", plain))
    assert client.get("/late").json() == "late"
    assert client.options("/late").json() == "mine"
    assert client.get("/plain").text == "plain"
    assert client.get(ITEM).status_code == 200


def test_a_name_leads_back_to_a_path() -> None:
    """Of our operations and of the team's."""
    app = make_app(routers=[team_router()])
    assert app.url_path_for("read_product", product_id=1) == ITEM
    assert app.url_path_for("report", name="a") == "/reports/a"


def test_a_frontend_of_the_team_is_served(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files come after all operations, and do not hide a 405."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("<p>hello</p>")
    app = make_app()
    app.frontend("/", directory=folder)
    client = TestClient(app)
    assert client.get("/index.html").text == "<p>hello</p>"
    assert client.get(ITEM).status_code == 200
    assert client.put(ITEM).status_code == 405
    assert client.get("/nothing.html").status_code == 404


def test_the_team_may_use_our_route_class() -> None:
    """In a router that has other routes too."""
    router = team_router()

    async def strict(key: Annotated[IntegerKey, Path()]) -> int:
        return key

    router.add_api_route("/strict/{key}", strict, methods=["GET"])
    ours = APIRouter(route_class=CompiledRoute)
    ours.add_api_route("/strict/{key}", strict, methods=["DELETE"])
    ours.add_api_route("/free/{a}-{b}", strict_pair, methods=["GET"])
    client = TestClient(make_app(routers=[router, ours]))
    assert client.delete("/strict/1").json() == 1
    assert client.delete("/strict/x").status_code == 422
    assert client.get("/strict/1").json() == 1
    assert client.get("/free/1-2").json() == "1-2"
    assert client.put("/strict/1").headers["allow"] == "GET, HEAD, DELETE, OPTIONS"


async def strict_pair(a: str, b: str) -> str:
    """Answer both."""
    return f"{a}-{b}"


def test_the_last_of_many_resources_costs_what_the_first_costs() -> None:
    """Counted in steps of the dispatch, not in time: it walks over neither routes nor routers."""
    app = FastAPI(redirect_slashes=False)
    asked = 0

    class Counting(CompiledRoute):
        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            nonlocal asked
            asked += 1
            return super().matches(scope)

    class Counted(WatchedRoutes):
        def __len__(self) -> int:
            nonlocal asked
            asked += 1
            return super().__len__()

        def __iter__(self) -> Iterator[BaseRoute]:
            nonlocal asked
            asked += 1
            return super().__iter__()

    for number in range(100):
        router = APIRouter(prefix=f"/r{number}", route_class=Counting)
        router.add_api_route("/{a}", strict_one, methods=["GET"])
        router.routes = Counted(router.routes)
        app.include_router(router)
    add_problem_handlers(app)
    add_dispatch(app)
    client = TestClient(app)
    assert client.get("/r99/x").json() == "x"
    assert asked
    asked = 0
    assert client.get("/r99/x").json() == "x"
    assert client.put("/r99/x").status_code == 405
    assert client.options("/r99/x").status_code == 204
    assert client.get("/other").status_code == 404
    assert asked == 0


def test_every_change_of_a_list_of_routes_counts() -> None:
    """All that lists have and tuples lack changes them, but for these two."""
    for name in set(dir(list)) - set(dir(tuple)) - {"copy", "__reversed__"}:
        assert getattr(WatchedRoutes, name) is not getattr(list, name), name
    routes, route = WatchedRoutes(), Route("/", strict_one)
    before = WatchedRoutes.changes
    routes.append(route)
    routes += [route, route]
    del routes[0]
    assert (len(routes), routes[1:], list(reversed(routes))) == (2, [route], [route, route])
    routes[:] = []
    assert WatchedRoutes.changes == before + 4


async def strict_one(a: str) -> str:
    """Answer it."""
    return a


def test_routers_may_get_routes_and_lose_them_later() -> None:
    """As FastAPI has it: a router is included as it is at any time, and routes may go."""
    router = APIRouter(prefix="/own", route_class=CompiledRoute)

    @router.get("/first")
    async def first() -> NoContent:
        return NoContent()

    outer = APIRouter()
    outer.include_router(router)
    app = make_app(routers=[outer])
    client = TestClient(app)
    assert [client.get(path).status_code for path in ("/own/first", "/own/second")] == [204, 404]

    @router.get("/second")
    async def second() -> NoContent:
        return NoContent()

    assert [client.get(path).status_code for path in ("/own/first", "/own/second")] == [204, 204]
    routes = app.router.routes
    routes[:] = [one for one in routes if getattr(one, "original_router", None) is not outer]
    for path in ("/own/first", "/own/second"):
        assert client.get(path).status_code == 404
    assert client.get(ITEM).status_code == 200
    assert _asks(client) == 0


def _asks(client: TestClient) -> int:
    """Count how often the routes are looked at again while nothing changes."""
    app = client.app
    assert isinstance(app, FastAPI)
    dispatch = app.router.routes[0]
    with mock.patch.object(dispatch, "look_at_routes") as look:
        client.get(ITEM)
    return look.call_count
