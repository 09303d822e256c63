"""Raw bytes to uvicorn: what HTTP clients would tidy before it is sent."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import uvicorn

from generator.runtime.edge import access
from tests.runtime.sample_api import BODY_LIMIT, make_app

LIST = b"/catalog/products"
ITEM = b"/catalog/products/1"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Serve the sample service on a free port."""
    config = uvicorn.Config(
        make_app(), port=0, log_config=None, lifespan="off", ws="none", http="httptools"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def exchange(port: int, sent: bytes) -> Answer:
    """Send bytes, and read one answer until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), headers, body)


def request(method: bytes, target: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    """Write a request that asks to close the connection."""
    lines = [b"%s %s HTTP/1.1" % (method, target), b"Host: x", b"Connection: close", *headers]
    return b"\r\n".join([*lines, b"", body])


def chunked(*chunks: bytes) -> bytes:
    """Write a body in chunks."""
    return b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in (*chunks, b""))


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (ITEM, 200),
        (b"/catalog/products/%31", 200),
        (b"/catalog/%70roducts/1", 200),
        (b"http://elsewhere/catalog/products/1", 200),
        (b"/catalog/products/1%2F2", 422),
        (b"/catalog/products/..%2f..%2fetc%2fpasswd", 422),
        (b"/catalog/products/%2e%2e", 422),
        (b"/catalog/products/%", 422),
        (b"/catalog/products/%zz", 422),
        (b"/catalog/products/%ff", 422),
        (b"/catalog/products/%ed%a0%80", 422),
        (b"/catalog/products/%00", 422),
        (b"/catalog/products/%0d%0aX:y", 422),
        (b"/catalog/products/%EF%BC%91", 422),
        (b"/catalog/products/%5c", 422),
        (b"/catalog/products/" + b"9" * 5000, 422),
        (b"/catalog/products/" + b"a" * 60_000, 422),
        (b"/catalog/tags/%2E", 422),
        (b"/catalog/tags/a%20b", 422),
        (b"/catalog/tags/a~b", 200),
        (b"/catalog%2Fproducts", 404),
        (b"/catalog/products/", 404),
        (b"/./catalog/products/1", 404),
        (b"/catalog/products/1/", 404),
        (b"/%ff", 404),
        (b"/catalog/products?", 200),
        (b"/catalog/products?&&", 200),
        (b"/catalog/products?sku=%ff", 422),
        (b"/catalog/products?%ff", 422),
        (b"/catalog/products?page=1#x", 200),
        (b"/catalog/products?" + b"&".join([b"page=1"] * 1000), 422),
        (b"/catalog/products?" + b"a" * 9000, 414),
    ],
)
def test_targets(port: int, target: bytes, status: int) -> None:
    """Never a 5xx, and errors are problems."""
    answer = exchange(port, request(b"GET", target))
    assert answer.status == status
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert json.loads(answer.body)["instance"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("target", [b"//catalog/products/1", b"*", b"/\xff\xfe", b"/a b"])
def test_targets_that_uvicorn_may_refuse_itself(port: int, target: bytes) -> None:
    """Each is 404, or 400 from uvicorn."""
    for method in (b"GET", b"OPTIONS"):
        assert exchange(port, request(method, target)).status in (400, 404)


@pytest.mark.parametrize("method", [b"TRACE", b"QUERY", b"PROPFIND", b"PUT", b"POST"])
def test_methods_that_the_path_does_not_have(port: int, method: bytes) -> None:
    """All that uvicorn knows."""
    answer = exchange(port, request(method, ITEM, b"Content-Length: 0"))
    assert answer.status == 405
    assert answer.headers["allow"] == "get, head, patch, delete, options"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("method", [b"FOO", b"get", b"X" * 500, b"\xc3\xa9", b"CONNECT"])
def test_methods_that_are_none(port: int, method: bytes) -> None:
    """Uvicorn says 400 to what it does not know."""
    assert exchange(port, request(method, ITEM)).status in (400, 405)


def test_head_has_the_length_and_no_body(port: int) -> None:
    """Of 200 and of 404."""
    for target in (ITEM, b"/catalog/products/7", b"/livez", b"/docs/swagger-ui.css"):
        get = exchange(port, request(b"GET", target, b"X-Request-Id: a"))
        head = exchange(port, request(b"HEAD", target, b"X-Request-Id: a"))
        assert (head.status, head.body) == (get.status, b"")
        assert head.headers["content-length"] == get.headers["content-length"]


def post(port: int, *headers: bytes, body: bytes) -> Answer:
    """Send a body in chunks."""
    kinds = [] if any(one.startswith(b"Content-Type") for one in headers) else [JSON]
    return exchange(
        port, request(b"POST", LIST, b"Transfer-Encoding: chunked", *kinds, *headers, body=body)
    )


JSON = b"Content-Type: application/json"


def test_chunked_bodies(port: int) -> None:
    """They are read, limited and typed like others."""
    fit = b'{"sku": "' + b"a" * 300 + b'"}'
    assert post(port, body=chunked(fit[:7], fit[7:])).status == 201
    assert post(port, body=chunked(b" " * BODY_LIMIT)).status == 422
    too_large = post(port, body=chunked(b" " * 600, b" " * 401))
    assert too_large.status == 413
    assert json.loads(too_large.body)["type"] == "/problems/body-too-large"
    assert post(port, b"Content-Type: text/plain", body=chunked(fit)).status == 415
    assert post(port, b"Content-Encoding: gzip", body=chunked(fit)).status == 415
    assert post(port, body=b"zz\r\n").status == 400


def test_a_large_body_is_refused_before_it_is_sent(port: int) -> None:
    """By its length: the client that waits for 100 is spared sending it."""
    length = b"Content-Length: 2000000"
    answer = exchange(port, request(b"POST", LIST, JSON, length, b"Expect: 100-continue"))
    assert answer.status == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_odd_headers_of_bodies(port: int) -> None:
    """Two types are none; case and an empty parameter do not matter."""
    body = b'{"sku": "abc"}'
    length = b"Content-Length: %d" % len(body)
    for headers, status in [
        ([b"Content-Type: APPLICATION/JSON;"], 201),
        ([JSON, JSON], 415),
        ([b"Content-Type: \xff"], 415),
        ([], 415),
        ([JSON, b"Accept: \xff"], 201),
        ([JSON, b"Accept: " + b"x" * 9000], 201),
        ([JSON, b"Accept: text/html", b"Accept: */*"], 201),
        ([JSON, b"Accept: text/html", b"Accept: a/b"], 406),
    ]:
        assert exchange(port, request(b"POST", LIST, length, *headers, body=body)).status == status


def test_a_body_that_nobody_reads(port: int) -> None:
    """GET and DELETE answer as if it were not there."""
    body = b"x" * 100_000
    length = b"Content-Length: %d" % len(body)
    assert exchange(port, request(b"GET", ITEM, length, body=body)).status == 200
    assert (
        exchange(port, request(b"DELETE", b"/catalog/products/9", length, body=body)).status == 404
    )


def test_a_client_that_leaves_is_no_defect(port: int, caplog: pytest.LogCaptureFixture) -> None:
    """In the middle of its body."""
    with caplog.at_level(logging.INFO, access.name):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(request(b"POST", LIST, JSON, b"Content-Length: 100", body=b"{"))
            time.sleep(0.1)
        deadline = time.monotonic() + 30
        while not caplog.records and time.monotonic() < deadline:
            time.sleep(0.01)
    [record] = caplog.records
    assert (record.name, vars(record)["status"]) == (access.name, 499)


def test_a_defect_is_answered_and_the_connection_kept(port: int) -> None:
    """The next request on it is answered too."""
    body = b'{"sku": "defect"}'
    bad = request(b"POST", LIST, JSON, b"Content-Length: %d" % len(body), body=body)
    both = bad.replace(b"Connection: close\r\n", b"") + request(b"GET", ITEM)
    answer = exchange(port, both)
    assert answer.status == 500
    assert b"HTTP/1.1 200 OK" in answer.body
    assert b"secret" not in answer.body
