"""Which origins get which headers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from generator.runtime.cors import Cors, CorsRule
from generator.runtime.settings import SettingsError
from tests.runtime.sample_api import CORS, fresh_client, make_app

LISTED = "https://admin.internal.corp"
OTHERS = [
    "null",
    "https://evil.example",
    "http://admin.internal.corp",
    "https://admin.internal.corp:8443",
    "https://admin.internal.corp.evil.example",
    "https://ADMIN.internal.corp",
    "https://admin.internal.corp/",
    "",
]
REQUESTS = [
    ("GET", "/catalog/products/1", 200),
    ("GET", "/catalog/products/7", 404),
    ("GET", "/catalog/products/x", 422),
    ("PUT", "/catalog/products/1", 405),
    ("GET", "/nowhere", 404),
    ("POST", "/catalog/products", 500),
]


def send(method: str, path: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
    """Send a request to the sample service; a POST meets a defect."""
    client = fresh_client()
    json = {"sku": "defect"} if method == "POST" else None
    answer = client.request(method, path, headers=headers, json=json)
    return answer.status_code, answer.headers


def granted(headers: Mapping[str, str]) -> dict[str, str]:
    """Pick the headers of CORS."""
    return {name: value for name, value in headers.items() if name.startswith("access-control-")}


@pytest.mark.parametrize(("method", "path", "status"), REQUESTS)
def test_a_listed_origin_reads_answers_and_errors(method: str, path: str, status: int) -> None:
    """A 500 too, so that a page can show the request id."""
    code, headers = send(method, path, {"Origin": LISTED})
    assert code == status
    assert granted(headers) == {
        "access-control-allow-origin": LISTED,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "Location",
    }
    assert headers["vary"] == "Origin"


@pytest.mark.parametrize("origin", OTHERS)
@pytest.mark.parametrize(("method", "path", "status"), REQUESTS)
def test_another_origin_gets_nothing(method: str, path: str, status: int, origin: str) -> None:
    """Caches are told that answers differ by origin all the same."""
    code, headers = send(method, path, {"Origin": origin})
    assert (code, granted(headers), headers["vary"]) == (status, {}, "Origin")


def preflight(path: str, origin: str, method: str, names: str | None = None) -> Mapping[str, str]:
    """Ask as a browser does."""
    headers = {"Origin": origin, "Access-Control-Request-Method": method}
    if names is not None:
        headers["Access-Control-Request-Headers"] = names
    status, answered = send("OPTIONS", path, headers)
    assert status == 204
    assert answered["allow"] == "GET, HEAD, POST, OPTIONS"
    return answered


def test_a_preflight_says_what_may_be_sent() -> None:
    """With Allow beside it, as every OPTIONS."""
    headers = preflight("/catalog/products", LISTED, "POST", "content-type, AUTHORIZATION")
    assert granted(headers) == {
        "access-control-allow-origin": LISTED,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "Authorization, Content-Type",
        "access-control-max-age": "600",
    }
    assert headers["vary"].startswith("Origin, Access-Control-Request-Method")


@pytest.mark.parametrize(
    ("origin", "method", "names"),
    [
        ("https://evil.example", "POST", None),
        ("null", "GET", None),
        (LISTED, "DELETE", None),
        (LISTED, "post", None),
        (LISTED, "POST", "x-other"),
    ],
)
def test_a_preflight_is_refused_without_a_word(origin: str, method: str, names: str | None) -> None:
    """An unlisted origin, method or header gets no CORS header at all."""
    assert granted(preflight("/catalog/products", origin, method, names)) == {}


def test_a_resource_may_be_open_beside_a_private_one() -> None:
    """The policy of the longest path counts; `*` needs no Vary."""
    status, headers = send("GET", "/catalog/tags/a", {"Origin": "https://any.example"})
    assert (status, granted(headers)) == (200, {"access-control-allow-origin": "*"})
    assert "vary" not in headers
    _, headers = send("GET", "/catalog/tagsx", {"Origin": "https://any.example"})
    assert granted(headers) == {}


def test_policies_are_found_by_whole_segments() -> None:
    """`/products` is no prefix of `/productsx`."""
    inner = CorsRule(origins=("https://a.example",))
    cors = Cors(rules={"/products": inner})
    assert cors.rule_for("/products") is inner
    assert cors.rule_for("/products/1") is inner
    assert cors.rule_for("/products:bulk-create") is inner
    assert cors.rule_for("/productsx") is None
    assert cors.rule_for("/") is None


def test_without_a_policy_nothing_is_sent() -> None:
    """Not even Vary."""
    client = TestClient(make_app(cors=Cors(rules={})))
    headers = client.get("/catalog/products/1", headers={"Origin": LISTED}).headers
    assert granted(headers) == {}
    assert "vary" not in headers


def test_the_deployment_replaces_the_origins_of_the_service() -> None:
    """The rest of the policy stays, and so do the policies of resources."""
    replaced = CORS.with_origins(("https://other.example",))
    rule, former = replaced.rule_for("/"), CORS.rule_for("/")
    assert rule is not None
    assert former is not None
    assert rule.origins == ("https://other.example",)
    assert rule.methods == former.methods
    assert replaced.rule_for("/catalog/tags/a") is CORS.rule_for("/catalog/tags/a")
    assert CORS.with_origins(None) is CORS


def test_a_permissive_deployment_does_not_start() -> None:
    """`*` with credentials, and origins of which the spec does not say what they may do."""
    with pytest.raises(SettingsError, match="credentials"):
        CORS.with_origins(("*",))
    with pytest.raises(SettingsError, match="no `cors`"):
        Cors(rules={}).with_origins(("https://a.example",))
    assert Cors(rules={}).with_origins(()).rule_for("/") is None


def test_every_origin_and_credentials_exclude_each_other() -> None:
    """Whoever writes the rule."""
    with pytest.raises(ValueError, match="credentials"):
        CorsRule(origins=("*",), credentials=True)
