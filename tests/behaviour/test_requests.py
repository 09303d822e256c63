"""What holds for every request: methods, media types, limits, ids, problems, paths."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.services import EVERYTHING, Server, compiled, served

from .samples import COUNTRIES, EVENTS, SAMPLES, TICKETS, VISITS, sample

JSON = {"Content-Type": "application/json"}
ALL = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
LIST = {"GET", "HEAD", "POST", "OPTIONS"}


@pytest.fixture(scope="module")
def country(http: TestClient) -> str:
    """Return the path of a row."""
    assert http.post(COUNTRIES, json={"code": "NL", "name": "Netherlands"}).status_code == 201
    return f"{COUNTRIES}/NL"


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        (SAMPLES, LIST),
        (f"{SAMPLES}/1", ALL - {"POST"}),
        (COUNTRIES, LIST),
        (f"{COUNTRIES}/NL", ALL - {"POST"}),
        (EVENTS, LIST),
        (f"{EVENTS}/x", {"GET", "HEAD", "OPTIONS"}),
        (VISITS, LIST),
        (f"{TICKETS}/1", ALL - {"POST", "PUT"}),
        ("/openapi.json", {"GET", "HEAD", "OPTIONS"}),
        ("/docs", {"GET", "HEAD", "OPTIONS"}),
        ("/livez", {"GET", "HEAD", "OPTIONS"}),
        ("/readyz", {"GET", "HEAD", "OPTIONS"}),
        ("/problems/not-found", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_methods(http: TestClient, path: str, methods: set[str]) -> None:
    """OPTIONS is 204, what the path lacks is 405; both name all methods, for any key."""
    options = http.options(path)
    assert (options.status_code, options.content) == (204, b"")
    assert set(options.headers["allow"].split(", ")) == methods
    for method in (ALL | {"TRACE", "QUERY"}) - methods:
        answer = http.request(method, path)
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) == methods
        assert answer.json()["type"] == "/problems/method-not-allowed"


def test_head_is_get_without_a_body(http: TestClient, country: str) -> None:
    """The same status and headers, of errors too."""
    paths = [country, COUNTRIES, f"{COUNTRIES}/XX", f"{SAMPLES}?page=0", "/docs", "/openapi.json"]
    for path in [*paths, "/nothing"]:
        get, head = (
            http.request(how, path, headers={"X-Request-Id": "a"}) for how in ("GET", "HEAD")
        )
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers == get.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/v1", "/v1/", f"{COUNTRIES}/", "/v1/countries/NL/", "/v1//countries", "/V1/countries",
     "/v1/Countries", "/countries", "/docs/", "/redoc", "/docs/oauth2-redirect", "/docs/x.js",
     "/problems", "/problems/nothing", "/metrics", "/v1/countries/NL/x"],
)  # fmt: skip
def test_unknown_paths(http: TestClient, country: str, path: str) -> None:
    """404 for every method; a slash at the end is no redirect."""
    for method in ("GET", "POST", "DELETE", "OPTIONS", "HEAD"):
        if path.startswith(("/docs/", "/problems/")) and method in ("POST", "DELETE", "OPTIONS"):
            continue  # These paths exist for any name, and have a GET.
        answer = http.request(method, path, follow_redirects=False)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_media_types(http: TestClient, country: str) -> None:
    """415 for a body that is no JSON in UTF-8, 406 where JSON is not accepted."""
    body = json.dumps({"name": "Nederland"})
    for kind, status in [
        ("application/json", 200),
        ("application/json; charset=UTF-8", 200),
        ("application/merge-patch+json", 415),
        ("text/plain", 415),
        ("application/json; charset=latin-1", 415),
    ]:
        answer = http.patch(country, content=body, headers={"Content-Type": kind})
        assert answer.status_code == status
    for coding in ("gzip", "br", "identity, deflate"):
        answer = http.patch(country, content=body, headers=JSON | {"Content-Encoding": coding})
        assert answer.status_code == 415
    assert http.patch(country, content=body, headers={"Content-Type": ""}).status_code == 415
    for accept, status in [("application/*", 200), ("text/html, */*;q=0.1", 200), ("text/*", 406)]:
        assert http.get(country, headers={"Accept": accept}).status_code == status
    assert http.delete(f"{COUNTRIES}/XX", headers={"Accept": "text/html"}).status_code == 404


def test_limits_of_size(http: TestClient) -> None:
    """413 for a body beyond the operation's limit, in chunks too; 414 for a query over 8 KiB."""
    limit = 1_048_576
    fitting = json.dumps({"code": "BE", "name": "Belgium"}).encode().ljust(limit)
    assert http.post(COUNTRIES, content=fitting, headers=JSON).status_code == 201
    chunks = [fitting[start : start + 65536] for start in range(0, limit, 65536)]
    for content in (fitting + b" ", iter([*chunks, b" "])):
        answer = http.post(COUNTRIES, content=content, headers=JSON)
        assert answer.status_code == 413
        assert answer.json()["type"] == "/problems/body-too-large"
    assert http.post(COUNTRIES, content=iter(chunks), headers=JSON).status_code == 409
    assert http.get(f"{COUNTRIES}?{'a' * 8192}").status_code == 422
    answer = http.get(f"{COUNTRIES}?{'a' * 8193}")
    assert (answer.status_code, answer.json()["type"]) == (414, "/problems/query-too-long")


def test_the_order_of_checks(http: TestClient, country: str) -> None:
    """404, 405, 414, 406, 415, 413, 422, 404 of the row: a request gets the first that applies."""
    long, bad = "a" * 8193, "a=1"
    other = {"Accept": "text/html", "Content-Type": "text/plain"}
    large = b" " * 1_100_000
    for method, path, headers, body, status in [
        ("PATCH", f"/nothing?{long}", other, large, 404),
        ("POST", f"{COUNTRIES}/NL?{long}", other, large, 405),
        ("PATCH", f"{COUNTRIES}/-?{long}", other, large, 414),
        ("PATCH", f"{COUNTRIES}/-?{bad}", other, large, 406),
        ("PATCH", f"{COUNTRIES}/-?{bad}", {"Content-Type": "text/plain"}, large, 415),
        ("PATCH", f"{COUNTRIES}/-?{bad}", JSON, large, 413),
        ("PATCH", f"{COUNTRIES}/-?{bad}", JSON, b"[]", 422),
        ("PATCH", f"{COUNTRIES}/XX", JSON, b'{"name": "x"}', 404),
    ]:
        assert http.request(method, path, headers=headers, content=body).status_code == status


def test_all_of_a_request_is_checked_at_once(http: TestClient) -> None:
    """Path, query and body stand in one 422."""
    answer = http.patch(f"{SAMPLES}/0?a=1", json={"level": 9, "x": 1})
    assert {tuple(error["loc"]) for error in answer.json()["errors"]} == {
        ("path", "sample_id"),
        ("query", "a"),
        ("body", "level"),
        ("body", "x"),
    }


def test_a_rejected_value_is_never_echoed(http: TestClient) -> None:
    """Nor anything else that was sent, but names of keys."""
    mark = "Xyzzy-12345"
    wrong = sample(name=[mark], code=mark, amount=mark, colour=mark, moment=mark, address=mark)
    for answer in (
        http.post(SAMPLES, json=wrong | {"password": mark[:7], "note": [mark]}),
        http.get(SAMPLES, params={"level": mark, "status": mark, "sort": mark}),
        http.get(f"{SAMPLES}/{mark}"),
        http.get(f"{COUNTRIES}/{mark}"),
        http.get("/v1/" + mark),
        http.post(SAMPLES, content=mark, headers=JSON),
        http.post(SAMPLES, content="{}", headers={"Content-Type": f"{mark}/{mark}"}),
    ):
        assert 404 <= answer.status_code <= 422
        assert mark[:7] not in answer.text


def test_request_ids(http: TestClient, country: str) -> None:
    """A client's id is taken only if it is harmless; an error names it."""
    for given in ("abc", "A.b_c-9", "a" * 64):
        answer = http.get(f"{COUNTRIES}/XX", headers={"X-Request-Id": given})
        assert answer.headers["x-request-id"] == answer.json()["instance"] == given
    made = set()
    for wrong in ("", "a" * 65, "a b", "<x>", "é"):
        headers = [(b"X-Request-Id", wrong.encode("latin-1"))]
        made.add(http.get(country, headers=headers).headers["x-request-id"])
    assert len(made) == 5
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in made)


def test_problems_have_pages(http: TestClient) -> None:
    """Every `type` that the contract names leads to one."""
    text = json.dumps(compiled(EVERYTHING).contract())
    codes = set(re.findall(r"/problems/([a-z-]+)", text))
    codes |= set(compiled(EVERYTHING).module("runtime.problem_kinds").PROBLEMS)
    assert len(codes) > 10
    for code in codes:
        page = http.get(f"/problems/{code}", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert f"/problems/{code}" in page.text


def test_health(http: TestClient) -> None:
    """Alive and ready; not to be cached."""
    for path in ("/livez", "/readyz"):
        answer = http.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer.headers["cache-control"] == "no-store"


def test_the_contract_is_served_as_it_was_written(http: TestClient) -> None:
    """Byte for byte."""
    assert (
        http.get("/openapi.json").content
        == (compiled(EVERYTHING).files / "openapi.json").read_bytes()
    )


@pytest.fixture(scope="module")
def under_a_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve behind a proxy that takes `/api` away."""
    file: Path = tmp_path_factory.mktemp("root") / "everything.db"
    url = f"sqlite+aiosqlite:///{file}"
    with served(EVERYTHING, url, arguments=["--root-path", "/api"]) as server:
        yield server


def test_addresses_have_the_root_path_in_front(under_a_root: Server) -> None:
    """`Location`, `Link`, the page of the documentation and the contract's server."""
    with under_a_root.client() as http:
        created = http.post(COUNTRIES, json={"code": "FR", "name": "France"})
        assert created.headers["location"] == f"/api{COUNTRIES}/FR"
        assert http.get(f"{COUNTRIES}/FR").status_code == 200
        assert http.post(COUNTRIES, json={"code": "ES", "name": "Spain"}).status_code == 201
        listed = http.get(COUNTRIES, params={"pageSize": 1})
        assert listed.links["next"]["url"] == f"/api{COUNTRIES}?pageSize=1&page=2"
        page = http.get("/docs").text
        assert "'/api/openapi.json'" in page
        assert '"/api/docs/swagger-ui-bundle.js"' in page
        assert http.get("/openapi.json").json()["servers"] == [{"url": "/api"}]
        assert http.get(f"{COUNTRIES}/").status_code == 404
        options = http.options(f"{COUNTRIES}/FR")
        assert options.headers["allow"] == "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"
