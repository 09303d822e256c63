"""What an operation takes: its query, its body, the team's dependencies, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import APIRouter, Body, Depends, Header, HTTPException, Query
from pydantic import BaseModel, JsonValue
from starlette.requests import Request
from starlette.testclient import TestClient

from generator.runtime.compiled_routes import CompiledRoute
from tests.runtime.sample_api import BODY_LIMIT, Session, fresh_client, make_app, open_session

LIST = "/catalog/products"
ITEM = "/catalog/products/1"
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def client() -> TestClient:
    """Talk to the sample service."""
    return fresh_client()


def errors(
    client: TestClient, url: str, content: bytes | None = None
) -> list[tuple[list[object], str]]:
    """Send a request that breaks the contract; return what is said of it."""
    method = "GET" if content is None else "POST"
    answer = client.request(method, url, content=content, headers=JSON)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return [(error["loc"], error["type"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("query", "name", "kind"),
    [
        ("foo=1", "foo", "unknown"),
        ("page[]=1", "page[]", "unknown"),
        ("PAGE=1", "PAGE", "unknown"),
        ("=", "", "unknown"),
        ("%ff=1", "\ufffd", "unknown"),
        ("page=", "page", "empty_parameter"),
        ("page", "page", "empty_parameter"),
        ("sku=", "sku", "empty_parameter"),
        ("page=1&page=1", "page", "repeated_parameter"),
        ("page=2&page=1&page=x", "page", "repeated_parameter"),
        ("page=0", "page", "greater_than_equal"),
        ("page=01", "page", "integer_type"),
        ("page=%2B1", "page", "integer_type"),
        ("page=+1", "page", "integer_type"),
        ("page=1;sku=a", "page", "integer_type"),
        ("page=%", "page", "integer_type"),
        ("note_is_null=True", "note_is_null", "boolean_type"),
        ("sku_in=a&sku_in=b&sku_in=c&sku_in=d", "sku_in", "array_too_long"),
        ("sku_in=a&sku_in=", "sku_in", "empty_parameter"),
        ("sort=title", "sort", "enum"),
        ("sku=%00", "sku", "string_characters"),
        ("sku=%ff", "sku", "string_characters"),
        ("sku=%ed%a0%80", "sku", "string_characters"),
        ("sku=%zz", "sku", "string_characters"),
        ("sku_in=%ff", "sku_in", "string_characters"),
        ("sort=%ff", "sort", "string_characters"),
    ],
)
def test_a_query_that_breaks_the_contract(
    client: TestClient, query: str, name: str, kind: str
) -> None:
    """Nothing is ignored, replaced or chosen among."""
    [(loc, found)] = errors(client, f"{LIST}?{query}")
    assert loc[:2] == ["query", name]
    assert found == kind


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"page": 1}),
        ("&&", {"page": 1}),
        ("sku=a+b%26", {"sku": "a b&", "page": 1}),
        ("sku_in=a&page=2&sku_in=b", {"sku_in": ["a", "b"], "page": 2}),
        ("sort=sku&sort=-sku", {"sort": ["sku", "-sku"], "page": 1}),
        ("note_is_null=true", {"note_is_null": True, "page": 1}),
    ],
)
def test_a_query_that_keeps_it(client: TestClient, query: str, expected: object) -> None:
    """Lists may be repeated."""
    answer = client.get(f"{LIST}?{query}")
    assert (answer.status_code, answer.json()) == (200, expected)


def test_every_operation_closes_its_query(client: TestClient) -> None:
    """Also one that declares no parameter; its error stands beside those of path and body."""
    assert errors(client, f"{ITEM}?x=1") == [(["query", "x"], "unknown")]
    answer = client.patch("/catalog/products/x?y=1", content="{", headers=JSON)
    found = {(error["loc"][0], error["type"]) for error in answer.json()["errors"]}
    assert found == {("path", "integer_type"), ("query", "unknown"), ("body", "json_invalid")}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "missing"),
        (b"  ", "json_invalid"),
        (b"{", "json_invalid"),
        (b'{"sku": NaN}', "json_invalid"),
        (b'{"sku": "\\ud800"}', "json_invalid"),
        (b'{"sku": ' + b"9" * 900 + b"e9}", "json_invalid"),
        (b"\xef\xbb\xbf{}", "json_invalid"),
        (b"[" * 500, "json_invalid"),
        (b"null", "object_type"),
        (b"[]", "object_type"),
        (b'"x"', "object_type"),
        (b"1", "object_type"),
    ],
)
def test_a_body_that_is_no_object(client: TestClient, content: bytes, kind: str) -> None:
    """One error, for the body as a whole."""
    assert errors(client, LIST, content=content) == [(["body"], kind)]


def test_a_malformed_body_is_not_taken_for_an_empty_one(client: TestClient) -> None:
    """Where every field is optional."""
    assert client.patch(ITEM, content="{}", headers=JSON).status_code == 200
    assert client.patch(ITEM, content="{,}", headers=JSON).status_code == 422


def test_a_body_of_our_route_class_may_be_anything() -> None:
    """What stands for malformed JSON never reaches a handler of the team's."""
    router = APIRouter(route_class=CompiledRoute)

    @router.post("/any")
    async def take(value: Annotated[JsonValue, Body()]) -> JsonValue:
        return value

    @router.post("/two")
    async def take_two(a: Annotated[int, Body()], b: Annotated[int, Body()]) -> int:
        return a + b

    client = TestClient(make_app(routers=[router]))
    assert client.post("/any", json=[1]).json() == [1]
    for path in ("/any", "/two"):
        assert errors(client, path, content=b"{") == [(["body"], "json_invalid")]
    assert client.post("/two", json={"a": 1, "b": 2}).json() == 3


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({}, b"", 422),
        ({}, b"{}", 415),
        ({"Content-Type": "text/plain"}, b"", 415),
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({"Content-Type": "application/json; charset=latin-1"}, b"{}", 415),
        ({"Content-Type": "application/vnd.api+json"}, b"{}", 415),
        (JSON | {"Content-Encoding": "gzip"}, b"{}", 415),
        (JSON | {"Content-Encoding": "identity"}, b"{}", 422),
        (JSON, b"{}", 422),
        (JSON, b" " * BODY_LIMIT, 422),
        (JSON, b" " * (BODY_LIMIT + 1), 413),
        ({"Content-Type": "text/plain"}, b" " * (BODY_LIMIT + 1), 415),
        (JSON | {"Accept": "text/html"}, b" " * (BODY_LIMIT + 1), 406),
        ({"Content-Type": "text/plain", "Accept": "text/html"}, b"{}", 406),
    ],
)
def test_media_types_and_sizes(
    client: TestClient, headers: dict[str, str], content: bytes, status: int
) -> None:
    """Checked in the order 406, 415, 413, 422."""
    answer = client.post(LIST, content=content, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_a_query_may_have_eight_kibibytes(client: TestClient) -> None:
    """More is 414, which comes after 405 and before 406."""
    assert client.get(f"{ITEM}?x={'y' * 8190}").status_code == 422
    assert client.get(f"{ITEM}?x={'y' * 8191}").status_code == 414
    assert client.get(f"{ITEM}?x={'y' * 8191}", headers={"Accept": "a/b"}).status_code == 414
    assert client.put(f"{ITEM}?x={'y' * 8191}").status_code == 405
    assert client.get(f"/nowhere?x={'y' * 8191}").status_code == 404


def test_what_answers_no_body_minds_no_accept(client: TestClient) -> None:
    """204 has nothing to accept."""
    assert client.delete(ITEM, headers={"Accept": "text/html"}).status_code == 204
    assert client.get(ITEM, headers={"Accept": "text/html"}).status_code == 406


def test_what_reads_no_body_minds_none(client: TestClient) -> None:
    """Whatever it holds."""
    odd = {"Content-Type": "text/plain", "Content-Encoding": "br"}
    assert client.request("GET", ITEM, content=b"{", headers=odd).status_code == 200
    assert client.request("DELETE", ITEM, content=b"x" * 5000, headers=odd).status_code == 204


def test_a_chunked_body_has_the_same_limit(client: TestClient) -> None:
    """Found out while it is read."""

    def chunks(count: int) -> Iterator[bytes]:
        for _ in range(count):
            yield b" " * 100

    answer = client.post(LIST, content=chunks(11), headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")
    assert client.post(LIST, content=chunks(10), headers=JSON).status_code == 422
    assert client.post(LIST, content=chunks(1)).status_code == 415


class Tenant(BaseModel):
    """A group of parameters of the team's."""

    region: str = "eu"


def tenant(
    tenant: str, group: Annotated[Tenant, Query()], token: Annotated[str, Header()] = ""
) -> None:
    """Read parameters of its own, as the team's dependencies do."""
    if token == "no":
        raise HTTPException(403, "No.")


def test_dependencies_of_the_team_have_parameters_of_their_own() -> None:
    """They are known to every operation, and FastAPI reads them as it always does."""
    client = TestClient(make_app(dependencies=[Depends(tenant)]))
    assert client.get(f"{ITEM}?tenant=a&region=us").status_code == 200
    assert client.get(f"{LIST}?tenant=a&region=us&page=1").status_code == 200
    assert client.get(f"{LIST}?tenant=a&tenant=b").status_code == 200
    assert client.get(f"{LIST}?tenant=").status_code == 200
    assert errors(client, ITEM) == [(["query", "tenant"], "missing")]
    assert errors(client, f"{ITEM}?tenant=a&x=1") == [(["query", "x"], "unknown")]
    assert errors(client, f"{LIST}?tenant=a&x=1") == [(["query", "x"], "unknown")]
    refused = client.get(f"{ITEM}?tenant=a", headers={"Token": "no"})
    assert (refused.status_code, refused.json()["detail"]) == (403, "No.")


def test_dependencies_can_be_overridden() -> None:
    """By a test of the team's; parameters of what is put in are known too."""
    app = make_app()
    client = TestClient(app)

    def other_session(shelf: str = "") -> Session:
        return Session({5: f"fifth {shelf}"})

    app.dependency_overrides[open_session] = other_session
    assert client.get("/catalog/products/5?shelf=a").json() == {"id": 5, "sku": "fifth a"}
    assert client.get(ITEM).status_code == 404
    assert client.get("/catalog/products/5?other=a").status_code == 422
    app.dependency_overrides.clear()
    assert client.get(f"{ITEM}?shelf=a").status_code == 422


def test_a_dependency_may_read_the_request_itself() -> None:
    """It finds what it would find elsewhere."""

    def look(request: Request) -> None:
        assert request.query_params["page"] == "2"
        assert dict(request.query_params) == {"page": "2"}
        assert request.query_params.get("other") is None

    client = TestClient(make_app(dependencies=[Depends(look)]))
    assert client.get(f"{LIST}?page=2").status_code == 200
