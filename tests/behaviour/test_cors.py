"""The pitfall: `allow_origins=["*"]` with credentials, so that every site acts for a user.

Such a policy cannot be written, neither in the spec nor in the environment; an origin that is not
listed gets no header at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from generator.diagnostics import SpecError
from tests.services import CATALOG, EVERYTHING, NotStartedError, client, compiled, served

from .samples import COUNTRIES, SAMPLES

APP = "https://app.example"
LOCAL = "http://localhost:3000"
EVIL = [
    "https://evil.example",
    "null",
    "https://app.example.evil.example",
    "https://app.example:8443",
    "http://app.example",
    "https://APP.example",
    "https://app.example/",
    "",
]
ALLOW = "access-control-allow-origin"


def cors_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Keep what a browser goes by."""
    return {
        name[15:]: value for name, value in headers.items() if name.startswith("access-control")
    }


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        ('{origins: ["*"], credentials: true}', "cors-credentials"),
        ('{origins: ["null"]}', "cors-origin"),
        ('{origins: ["https://app.example/"]}', "cors-origin"),
        ('{origins: ["https://app.example/path"]}', "cors-origin"),
        ('{origins: ["app.example"]}', "cors-origin"),
        ('{origins: ["https://*.example"]}', "cors-origin"),
        ("{origins: []}", "cors-origin"),
        ("{credentials: true}", "missing-key"),
    ],
)
def test_a_permissive_policy_does_not_compile(policy: str, code: str) -> None:
    """Of the service, and of a resource."""
    for service, resource in [(f"cors: {policy}\n", ""), ("", f"    cors: {policy}\n")]:
        spec = (
            f"spec: 1\nservice: {{name: wrong, version: 1}}\n{service}"
            f"resources:\n  Thing:\n    fields: {{name: string}}\n{resource}"
        )
        with pytest.raises(SpecError) as raised:
            compiled(spec)
        assert code in {one.code for one in raised.value.diagnostics}


@pytest.mark.parametrize(
    "origins",
    ["*", "null", "https://a.example/", "https://a.example/path", "a.example", "*,http://a"],
)
def test_a_permissive_environment_is_refused(origins: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One text says which variable is wrong, and why."""
    monkeypatch.setenv("EVERYTHING_CORS_ORIGINS", origins)
    with pytest.raises(SystemExit, match="EVERYTHING_CORS_ORIGINS"):
        compiled(EVERYTHING).module("app").create_app()


def test_a_service_with_a_permissive_environment_does_not_start(tmp_path: Path) -> None:
    """Its log says why, and has no traceback."""
    environment = {"EVERYTHING_CORS_ORIGINS": "*"}
    with (
        pytest.raises(NotStartedError) as raised,
        served(EVERYTHING, f"sqlite:///{tmp_path / 'x.db'}", environment=environment),
    ):
        pass
    assert "The service cannot start" in str(raised.value)
    assert "EVERYTHING_CORS_ORIGINS: is *" in str(raised.value)
    assert "Traceback" not in str(raised.value)


@pytest.mark.parametrize("origin", [APP, LOCAL])
def test_a_listed_origin(http: TestClient, origin: str) -> None:
    """It has its headers on every answer, on errors too."""
    headers = {"Origin": origin}
    for answer in (
        http.get(SAMPLES, headers=headers),
        http.get(f"{SAMPLES}/0", headers=headers),
        http.get(f"{SAMPLES}/999999", headers=headers),
        http.put(SAMPLES, headers=headers),
        http.post(SAMPLES, headers=headers, content="x"),
        http.get(SAMPLES, headers=headers | {"Accept": "text/html"}),
        http.get(f"{SAMPLES}?{'a' * 9000}", headers=headers),
        http.get("/nothing", headers=headers),
        http.options(SAMPLES, headers=headers),
    ):
        assert cors_headers(answer.headers) == {
            "allow-origin": origin,
            "allow-credentials": "true",
            "expose-headers": "Location, Link, X-Total-Count",
        }
        assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize("origin", EVIL)
def test_an_origin_that_is_not_listed(http: TestClient, origin: str) -> None:
    """It gets no header, and no preflight lets it in; the answer still varies by the origin."""
    answer = http.get(SAMPLES, headers={"Origin": origin})
    preflight = http.options(
        SAMPLES, headers={"Origin": origin, "Access-Control-Request-Method": "GET"}
    )
    for one in (answer, preflight):
        assert cors_headers(one.headers) == {}
        assert "Origin" in one.headers["vary"]
    assert answer.status_code == 200


def preflight(
    http: TestClient, path: str, origin: str, method: str, *names: str
) -> httpx2.Response:
    """Ask as a browser does."""
    headers = {"Origin": origin, "Access-Control-Request-Method": method}
    if names:
        headers["Access-Control-Request-Headers"] = ", ".join(names)
    return http.options(path, headers=headers)


def test_preflights(http: TestClient) -> None:
    """They name methods and headers; what is not allowed gets no permission."""
    answer = preflight(http, f"{SAMPLES}/1", APP, "PATCH", "content-type")
    assert answer.status_code == 204
    found = cors_headers(answer.headers)
    assert found["allow-origin"] == APP
    assert found["allow-credentials"] == "true"
    assert found["max-age"] == "30"
    assert set(found["allow-methods"].split(", ")) == {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert "content-type" in found["allow-headers"].lower()
    for method, names in [("TRACE", ()), ("PATCH", ("x-evil",)), ("PATCH", ("content-type", "x"))]:
        assert cors_headers(preflight(http, SAMPLES, APP, method, *names).headers) == {}


def test_a_resource_with_a_policy_of_its_own(http: TestClient) -> None:
    """It replaces the service's for the paths that begin with the resource's, by segments."""
    for path in (COUNTRIES, f"{COUNTRIES}/XX", f"{COUNTRIES}/XX/x"):
        answer = http.get(path, headers={"Origin": "https://anybody.example"})
        assert answer.headers[ALLOW] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    assert ALLOW not in http.get("/v1/countriesx", headers={"Origin": "https://x.example"}).headers
    found = cors_headers(preflight(http, COUNTRIES, "https://x.example", "GET").headers)
    assert (found["allow-origin"], found["allow-methods"]) == ("*", "GET")
    assert cors_headers(preflight(http, COUNTRIES, "https://x.example", "POST").headers) == {}


def test_a_defect_carries_the_headers_too(fresh_sqlite_url: str) -> None:
    """The page of a listed origin can read what went wrong; the 500 says nothing of the inside."""
    with client(CATALOG, fresh_sqlite_url) as http:
        origin = {"Origin": "https://admin.internal.corp"}
        app: Any = http.app
        app.state.database = None
        answer = http.get("/catalog/products", headers=origin)
        assert answer.status_code == 500
        assert answer.headers[ALLOW] == origin["Origin"]
        assert answer.json()["instance"] == answer.headers["x-request-id"]
        assert "database" not in answer.text.lower()


@pytest.fixture(params=["https://other.example", '["https://other.example"]', ""])
def deployed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    """Talk to the catalog with origins of the deployment's own."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.db'}"
    with client(CATALOG, url, settings={"cors_origins": request.param}) as http:
        yield http


def test_the_environment_replaces_the_origins(deployed: TestClient) -> None:
    """And nothing else of the policy; none at all means none."""
    theirs = deployed.get("/catalog/products", headers={"Origin": "https://admin.internal.corp"})
    assert ALLOW not in theirs.headers
    answer = preflight(deployed, "/catalog/products", "https://other.example", "DELETE")
    found = cors_headers(answer.headers)
    assert found == {} or found["allow-methods"] == "GET, POST, DELETE"


def test_without_a_policy_nobody_is_let_in(tmp_path: Path) -> None:
    """No header for anybody, and OPTIONS still answers."""
    spec = (
        "spec: 1\nservice: {name: closed, version: 1}\n"
        "resources:\n  Thing:\n    fields: {name: string}\n"
    )
    with client(spec, f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as http:
        for answer in (
            http.get("/things", headers={"Origin": APP}),
            preflight(http, "/things", APP, "GET"),
        ):
            assert answer.status_code in (200, 204)
            assert cors_headers(answer.headers) == {}
