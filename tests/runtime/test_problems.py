"""Every error is a problem, and says nothing that it should not."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.runtime.convert import ERRORS
from generator.runtime.messages import ALIASES, MESSAGES, describe
from generator.runtime.problem_kinds import PROBLEMS
from generator.runtime.problems import Problem, problems
from tests.runtime.sample_api import fresh_client, make_app


def app_that_raises(error: Exception) -> FastAPI:
    """Make a service in which `/boom` raises."""
    router = APIRouter()

    @router.get("/boom")
    async def boom() -> None:
        raise error

    return make_app(routers=[router])


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_has_the_members_of_its_kind(code: str) -> None:
    """And those that it is raised with."""
    answer = TestClient(app_that_raises(Problem(code, "So.", headers={"X-Y": "z"}, extra=[1]))).get(
        "/boom", headers={"X-Request-Id": "me"}
    )
    kind = PROBLEMS[code]
    assert answer.status_code == kind.status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-y"] == "z"
    assert answer.json() == {
        "type": f"/problems/{code}",
        "title": kind.title,
        "status": kind.status,
        "detail": "So.",
        "instance": "me",
        "extra": [1],
    }


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_code_has_a_page(code: str) -> None:
    """At the place its type says."""
    client = fresh_client()
    page = client.get(f"/problems/{code}")
    assert page.status_code == 200
    assert PROBLEMS[code].title in page.text
    assert client.get("/problems/other").status_code == 404


def test_an_exception_of_the_team_keeps_status_and_headers() -> None:
    """A status of the table gets its type; another is described by its status alone."""
    client = TestClient(
        app_that_raises(HTTPException(401, "Log in", {"WWW-Authenticate": "Basic"}))
    )
    answer = client.get("/boom", headers={"X-Request-Id": "me"})
    assert answer.headers["www-authenticate"] == "Basic"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": "Log in",
        "instance": "me",
    }
    client = TestClient(app_that_raises(HTTPException(404, "No such report")))
    found = client.get("/boom").json()
    assert (found["type"], found["detail"]) == ("/problems/not-found", "No such report")
    client = TestClient(app_that_raises(HTTPException(409, {"lines": [1, 2]})))
    assert client.get("/boom").json()["detail"] == {"lines": [1, 2]}
    assert TestClient(app_that_raises(HTTPException(304))).get("/boom").content == b""
    assert TestClient(app_that_raises(HTTPException(418))).get("/boom").status_code == 418


def test_a_defect_tells_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    """The log has the traceback and the id, the client only the id."""
    answer = TestClient(app_that_raises(RuntimeError("secret detail"))).get(
        "/boom", headers={"X-Request-Id": "me"}
    )
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] == "me"
    assert "secret" not in answer.text
    assert answer.json()["instance"] == "me"
    record = next(one for one in caplog.records if one.levelname == "ERROR")
    assert "secret detail" in (record.exc_text or "")
    assert vars(record)["request_id"] == "me"


def test_handlers_of_the_team_come_first(caplog: pytest.LogCaptureFixture) -> None:
    """For exceptions of its own, for statuses, and for everything."""
    app = app_that_raises(ZeroDivisionError("secret detail"))

    @app.exception_handler(RequestValidationError)
    async def on_invalid(_request: Request, _error: Exception) -> Response:
        return JSONResponse("invalid", 400)

    @app.exception_handler(404)
    def on_missing(_request: Request, _error: Exception) -> Response:
        return JSONResponse("missing", 404)

    @app.exception_handler(Exception)
    def on_defect(_request: Request, _error: Exception) -> Response:
        return JSONResponse("defect", 500)

    client = TestClient(app)
    assert client.get("/catalog/products/x").json() == "invalid"
    assert client.get("/catalog/products/7").json() == "missing"
    assert client.get("/nowhere").json() == "missing"
    answer = client.get("/boom", headers={"Origin": "https://admin.internal.corp"})
    assert (answer.status_code, answer.json()) == (500, "defect")
    assert "access-control-allow-origin" in answer.headers
    assert any(one.levelname == "ERROR" for one in caplog.records)


class Failing:
    """A middleware of the team's with a defect."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Fail."""
        raise RuntimeError("secret detail")


def test_a_defect_in_a_middleware_is_a_problem_too() -> None:
    """Though it happens outside of everything of ours."""
    app = make_app(middleware=[Middleware(Failing)])
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get("/livez", headers={"X-Request-Id": "me"})
    assert (answer.status_code, answer.json()["instance"]) == (500, "me")
    assert "secret" not in answer.text


def test_errors_never_echo_what_was_sent() -> None:
    """Only names of unknown keys, cut short."""
    client = TestClient(make_app())
    canary = "canary-" * 20
    answers = [
        client.post("/catalog/products", json={"sku": 5, "note": canary}),
        client.post("/catalog/products", content=canary, headers={"Content-Type": canary}),
        client.get("/catalog/products", params={"page": canary, "sort": canary}),
        client.get(f"/catalog/products/{canary}"),
        client.get(f"/{canary}"),
        client.get("/catalog/products/1", headers={"Accept": f"text/{canary}"}),
    ]
    for answer in answers:
        assert 400 <= answer.status_code < 500
        assert "canary" not in answer.text
    answer = client.post("/catalog/products", json={"sku": "abc", "k" * 400: 1, "é\0": 1})
    first, second = answer.json()["errors"]
    assert first["loc"] == ["body", "k" * 100 + "…"]
    assert second["loc"] == ["body", "é\0"]


def test_at_most_fifty_errors() -> None:
    """However many there are."""
    answer = TestClient(make_app()).post(
        "/catalog/products", json={f"k{number}": 1 for number in range(90)}
    )
    assert len(answer.json()["errors"]) == 50


def test_messages_come_from_a_closed_table() -> None:
    """With the bounds of the model, and one type for what nobody has foreseen."""
    [found] = describe(
        [{"type": "string_too_short", "loc": ("body", "a", 0), "ctx": {"min_length": 3}}],
        malformed_body=False,
    )
    assert found == {
        "loc": ["body", "a", 0],
        "msg": "This must have at least 3 characters.",
        "type": "string_too_short",
    }
    [found] = describe(
        [{"type": "too_short", "loc": ("body",), "ctx": {"min_length": 1}}], malformed_body=False
    )
    assert found["msg"] == "This must have at least 1 item."
    [found] = describe(
        [{"type": "of_next_release", "loc": ("query", "x\ud800"), "msg": "secret", "input": "x"}],
        malformed_body=False,
    )
    assert found == {"loc": ["query", "x?"], "msg": "This is not valid.", "type": "invalid"}
    assert set(ALIASES.values()) <= set(MESSAGES)
    assert {ALIASES.get(kind, kind) for kind in (*ERRORS, "mixed_directions")} <= set(MESSAGES)


def test_an_error_is_told_once() -> None:
    """Two closed models of one query find the same name unknown."""
    error = {"type": "extra_forbidden", "loc": ("query", "x")}
    assert len(describe([error, error], malformed_body=False)) == 1


def test_problems_name_the_errors_of_an_operation() -> None:
    """For `responses=`."""
    assert problems(404, 503) == {
        404: {"description": "Not Found", "content": {"application/problem+json": {}}},
        503: {"description": "Service Unavailable", "content": {"application/problem+json": {}}},
    }
