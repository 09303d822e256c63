"""Request ids, the access log, and what the team's middleware sees."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
from fastapi import APIRouter
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.runtime.edge import access
from generator.runtime.request_ids import request_id
from tests.runtime.sample_api import fresh_client, make_app

ITEM = "/catalog/products/1"


def test_a_harmless_id_of_the_client_is_kept() -> None:
    """On every answer, and in every problem."""
    client = TestClient(make_app())
    for path in (ITEM, "/nowhere", "/catalog/products/x", "/livez"):
        answer = client.get(path, headers={"X-Request-Id": "a.B_c-9"})
        assert answer.headers["x-request-id"] == "a.B_c-9"
        if answer.status_code >= 400:
            assert answer.json()["instance"] == "a.B_c-9"


@pytest.mark.parametrize("given", ["", "a b", "a" * 65, "é", "a/b", "{}", "a\tb"])
def test_another_id_is_replaced(given: str) -> None:
    """By a random one."""
    client = fresh_client()
    headers = [(b"X-Request-Id", given.encode())]
    found = client.get(ITEM, headers=headers).headers["x-request-id"]
    assert len(found) == 32
    assert int(found, 16)
    assert found != client.get(ITEM).headers["x-request-id"]


def test_two_ids_are_none() -> None:
    """Nobody could say which."""
    headers = [("X-Request-Id", "a"), ("X-Request-Id", "b")]
    assert len(TestClient(make_app()).get(ITEM, headers=headers).headers["x-request-id"]) == 32


def test_every_request_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """With method, path, status, time and id; without query and headers."""
    client = TestClient(make_app(), root_path="/api")
    with caplog.at_level(logging.INFO, access.name):
        client.get(f"/api{ITEM}?secret=1", headers={"X-Request-Id": "me", "Token": "secret"})
    [record] = [one for one in caplog.records if one.name == access.name]
    facts = vars(record)
    assert record.getMessage() == f"GET {ITEM} 422"
    assert (facts["method"], facts["path"], facts["status"]) == ("GET", ITEM, 422)
    assert facts["request_id"] == "me"
    assert facts["duration_ms"] > 0
    assert "secret" not in str(facts)


def test_middleware_of_the_team_sees_every_answer() -> None:
    """And may alter it, with the id and the CORS headers in it."""
    seen = []

    class Stamp(BaseHTTPMiddleware):
        async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
            answer = await call_next(request)
            seen.append((answer.status_code, request.state.request_id))
            answer.headers["X-Stamp"] = answer.headers["x-request-id"]
            return answer

    client = TestClient(make_app(middleware=[Middleware(Stamp)]))
    for path, status in ((ITEM, 200), ("/nowhere", 404), ("/catalog/products/x", 422)):
        answer = client.get(path)
        assert seen.pop() == (status, answer.headers["x-stamp"])
    assert client.post("/catalog/products", json={"sku": "defect"}).headers["x-stamp"]
    assert seen.pop()[0] == 500
    assert client.post("/catalog/products", json={"sku": "good"}).status_code == 201


def test_middleware_of_the_team_asks_for_the_id_and_changes_headers() -> None:
    """The id is the one that is answered, and the headers are those that were left."""
    ids = []

    class Ask:
        def __init__(self, app: ASGIApp) -> None:
            self.app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                ids.append(request_id(scope))
                scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept"]
            await self.app(scope, receive, send)

    client = TestClient(make_app(middleware=[Middleware(Ask)]))
    for path, status in ((ITEM, 200), ("/catalog/products/x", 422)):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["x-request-id"]) == (status, ids.pop())


def test_a_service_below_another_adds_nothing_twice() -> None:
    """Both have one id, and one `Vary`."""
    outer = make_app()
    outer.mount("/sub", make_app())
    answer = TestClient(outer).get("/sub/catalog/products/x")
    assert answer.headers.get_list("x-request-id") == [answer.json()["instance"]]
    assert answer.headers.get_list("vary") == ["Origin"]


def test_headers_of_an_answer_are_kept() -> None:
    """`Vary` is joined, and a header object that is shared is not changed."""
    shared = Response(b"x", headers={"Vary": "Accept-Language"})
    router = APIRouter()

    @router.get("/shared")
    async def answer_shared() -> Response:
        return shared

    client = TestClient(make_app(routers=[router]))
    for _ in range(2):
        assert client.get("/shared").headers["vary"] == "Accept-Language, Origin"


def test_a_defect_in_a_stream_breaks_the_connection() -> None:
    """Half an answer must not look whole."""
    router = APIRouter()

    async def halves() -> AsyncIterator[bytes]:
        yield b"half"
        raise RuntimeError("no other half")

    @router.get("/stream")
    async def stream() -> Response:
        return StreamingResponse(halves())

    client = TestClient(make_app(routers=[router]))
    with pytest.raises(RuntimeError, match="no other half"):
        client.get("/stream")
