"""What the benchmark concludes from what it measures; the figures themselves are not tested."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import http1, steady, tables
from benchmarks.compiled import write_service
from benchmarks.contenders import APPS, CONTENDERS, Contender, Place
from benchmarks.dialects import Dialect, numbered, steps
from benchmarks.load import Plan, closed_loop
from benchmarks.operations import BULK, OPERATIONS, ROWS
from benchmarks.statistics import Figure, figure, percentile, ratio
from tests.listener import listening

ROOT = Path(__file__).parent.parent
PLACE = Path("/nowhere")


@given(st.binary(max_size=300), st.booleans())
def test_an_answer_ends_where_its_head_says(body: bytes, chunked: bool) -> None:
    """Lengths and chunks are both understood."""
    head = b"Transfer-Encoding: chunked" if chunked else b"content-length: %d" % len(body)
    sent = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if chunked and body else body
    sent = b"0\r\n\r\n" if chunked and not body else sent
    answer = b"HTTP/1.1 200 OK\r\nDate: today\r\n" + head + b"\r\n\r\n" + sent
    assert http1.length(answer) == len(answer)
    assert http1.body(answer) == body
    assert http1.status(answer) == b"200"


@pytest.mark.parametrize("cut", [5, 40, 60])
def test_an_answer_that_is_not_whole_has_no_length(cut: int) -> None:
    """Neither a part of the head nor one of the body is taken for an answer."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n" + b"x" * 30
    assert http1.length(answer[:cut]) == 0


def test_an_answer_without_a_body_ends_with_its_head() -> None:
    """A 204 has no length."""
    answer = b"HTTP/1.1 204 No Content\r\nserver: x\r\n\r\n"
    assert http1.length(answer) == len(answer)


@pytest.mark.parametrize(
    ("header", "closes"), [("Connection: close", True), ("X-Note: close", False), ("A: b", False)]
)
def test_a_server_that_closes_is_noticed(header: str, closes: bool) -> None:
    """The header counts, not a text that looks like it."""
    answer = f"HTTP/1.1 200 OK\r\n{header}\r\nContent-Length: 7\r\n\r\nclose\r\n".encode()
    assert http1.closes(answer) is closes


def test_figures_are_medians_with_quartiles() -> None:
    """One disturbed round moves a figure little."""
    assert figure([3, 1, 2, 100, 2]) == Figure(2, 2, 3)
    assert figure([4]) == Figure(4, 4, 4)
    assert figure([8, 10, 12]).spread == pytest.approx(0.1)


def test_a_ratio_pairs_the_rounds() -> None:
    """What doubles both leaves it as it is; the ratio of these medians would be 1."""
    assert ratio([40, 80, 40], [20, 40, 40]) == figure([2, 2, 1])
    with pytest.raises(ValueError, match="shorter"):
        ratio([40, 80], [20])


@given(st.lists(st.floats(0, 1e9), min_size=1), st.floats(0, 1))
def test_a_percentile_is_a_sample_that_so_many_do_not_exceed(
    samples: list[float], part: float
) -> None:
    """No percentile is interpolated."""
    found = percentile(samples, part)
    assert found in samples
    assert sum(one <= found for one in samples) >= part * len(samples) - 1e-6


def test_requests_differ_in_their_numbers_alone() -> None:
    """Each POST has a name of its own, and the length that it states."""
    plan = Dialect().plan("create")
    assert isinstance(plan, Plan)
    first, second = itertools.islice(plan.requests(7), 2)
    assert b"NEW-000000007" in first
    assert b"NEW-000000008" in second
    assert len(first) == len(second)
    assert int(re.findall(rb"Content-Length: (\d+)", first)[0]) == len(http1.body(first))


def test_a_bulk_request_has_a_hundred_different_things() -> None:
    """No two things of two bulk requests have one name."""
    plan = Dialect().plan("bulk")
    assert isinstance(plan, Plan)
    first, second = itertools.islice(plan.requests(0), 2)
    found = re.findall(rb"NEW-(\d{9})", first + second)
    assert [int(one) for one in found] == list(range(2 * BULK))
    assert plan.items == BULK


def test_a_number_stands_where_it_is_asked_for() -> None:
    """A number has nine digits, so that no length changes."""
    assert next(numbered(b"a@@@@@@@@@b@@@@@@@@@c")(3)) == b"a000000003b000000003c"


def test_every_row_is_asked_for() -> None:
    """Steps meet all rows, each once."""
    assert sorted(steps(ROWS)) == list(range(1, ROWS + 1))


@pytest.mark.parametrize("contender", CONTENDERS, ids=lambda one: one.name)
def test_every_server_knows_every_operation_or_says_why_not(contender: Contender) -> None:
    """No cell of the table is empty without a reason."""
    for operation in OPERATIONS:
        plan = contender.dialect.plan(operation.name)
        if isinstance(plan, str):
            assert plan
        else:
            assert next(plan.requests(0)).startswith((b"GET", b"POST", b"PATCH", b"DELETE"))
    assert contender.durability
    assert contender.versions


def test_every_server_file_is_started_by_one() -> None:
    """No application lies about that nothing measures."""
    place = Place(PLACE, 1)
    told = " ".join(
        text
        for one in CONTENDERS
        for text in (*one.command(place), *one.environment(place).values())
    )
    known = {file.stem for file in APPS.glob("*.py")} - {"django_app"}
    assert [name for name in known if name not in told] == []
    assert "django_app" in (APPS / "django_settings.py").read_text()


def test_names_of_servers_and_operations_are_unlike() -> None:
    """The options can name each of them."""
    for names in ([one.name for one in CONTENDERS], [one.name for one in OPERATIONS]):
        assert len(set(names)) == len(names)


def test_our_service_is_compiled_with_either_route_class(tmp_path: Path) -> None:
    """The plain service differs in the route class of its routers."""
    for plain in (False, True):
        write_service(tmp_path / str(plain), plain=plain)
    router = "bench/products/router.py"
    assert "CompiledRoute" in (tmp_path / "False" / router).read_text()
    assert "CompiledRoute" not in (tmp_path / "True" / router).read_text()
    assert "PlainRoute" in (tmp_path / "True" / router).read_text()


def test_rows_are_put_back(tmp_path: Path) -> None:
    """After a reset there are the first thousand rows and no others."""
    file = tmp_path / "bench.db"
    with tables.opened(file) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE suppliers (id, name, country)")
        connection.execute(
            "CREATE TABLE products (id, sku, title, unit_price, inventory_count, category, "
            "condition, supplier_id)"
        )
    tables.fill_suppliers(file, tables.Layout())
    tables.reset_products(file, tables.Layout(), extra=10)
    tables.reset_products(file, tables.Layout())
    with sqlite3.connect(file) as stored:
        assert stored.execute("SELECT count(*), max(id) FROM products").fetchone() == (ROWS, ROWS)
        assert stored.execute("SELECT count(DISTINCT category) FROM products").fetchone() == (20,)
    stored.close()


class Answering(BaseHTTPRequestHandler):
    """Answers 200 to what ends in an even digit, 500 to the rest."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:  # the name is the library's
        """Answer."""
        self.send_response(200 if int(self.path[-1]) % 2 == 0 else 500)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def port() -> Iterator[int]:
    """Serve `Answering`."""
    with listening(Answering) as port:
        yield port


def asking(*paths: str) -> Callable[[int], Iterator[bytes]]:
    """Make the requests of a plan from paths."""
    return lambda first: iter([http1.request("GET", path) for path in paths])


def test_a_closed_loop_sends_every_request_and_counts_what_is_wrong(port: int) -> None:
    """A status that is not expected is counted."""
    plan = Plan(asking("/0", "/1", "/2", "/3", "/4"), b"200", ((b"ok", 1),))
    load = closed_loop(port, plan, first=0, connections=2, seconds=30)
    assert load.requests == 5
    assert load.wrong == {"500": 2}


def test_a_body_that_is_not_as_expected_is_wrong(port: int) -> None:
    """The first answer's body is looked at."""
    plan = Plan(asking("/0"), b"200", ((b"ok", 2),))
    load = closed_loop(port, plan, first=0, connections=1, seconds=30)
    assert load.wrong == {"body": 1}


def test_a_steady_load_sends_what_is_due(port: int) -> None:
    """An open loop sends its rate times its seconds."""
    plan = Plan(asking(*["/0"] * 20), b"200")
    found = steady.open_loop(port, plan, rate=100, seconds=0.2)
    assert len(found.latencies) == 20
    assert not found.wrong


def test_the_peers_are_locked_with_hashes_and_without_hosts() -> None:
    """The locks pin content, and say nothing of where it is from."""
    lock = (ROOT / "requirements/bench.lock").read_text()
    packages = re.findall(r"^[a-z][^\s]*==[^\n]*\\\n +--hash=sha256:[0-9a-f]{64}", lock, re.M)
    assert len(packages) == len(re.findall(r"^[a-z]", lock, re.M)) > 20
    for text in (lock, (APPS / "fastify/package-lock.json").read_text()):
        assert "resolved" not in text
        assert "index-url" not in text
