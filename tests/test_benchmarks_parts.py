"""How the benchmark puts its parts together: options, places, reasons, probes, specs."""

from __future__ import annotations

import json
import re
import sqlite3
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from benchmarks import compiled, disk, environment, http1, options, probes, rows
from benchmarks.contenders import APPS
from benchmarks.dialects import Dialect
from benchmarks.operations import OPERATIONS
from benchmarks.reasons import reason
from benchmarks.resources import spec
from tests.listener import listening


def test_a_narrowed_run_measures_the_servers_alone() -> None:
    """Who asks for one server has no time for ten million rows."""
    assert options.read([]).parts == ["servers", "resources", "rows"]
    assert options.read(["--quick"]).parts == ["servers"]
    assert options.read(["--servers", "ours"]).parts == ["servers"]
    assert options.read(["--rows", "0"]).parts == ["servers", "resources"]
    assert options.read(["--resources", "0", "--rows", "0"]).parts == ["servers"]
    assert options.read(["--only", "rows,resources"]).parts == ["resources", "rows"]


@pytest.mark.parametrize(
    ("arguments", "part", "whole"),
    [
        ([], "servers", True),
        (["--quick"], "servers", False),
        (["--operations", "read"], "servers", False),
        (["--steady", "0"], "servers", False),
        (["--rounds", "4"], "servers", False),
        (["--seconds", "1"], "servers", False),
        (["--rounds", "9"], "servers", True),
        (["--rows", "0"], "servers", True),
        (["--only", "resources"], "resources", True),
        (["--resources", "30"], "resources", False),
        (["--only", "rows", "--tables", "kept"], "rows", True),
        (["--rows", "1000"], "rows", False),
    ],
)
def test_only_what_is_whole_is_kept(arguments: list[str], part: str, whole: bool) -> None:
    """The page in benchmarks/ is never made of a look."""
    assert options.whole(options.read(arguments), part) is whole


def test_the_documentation_has_every_option() -> None:
    """And names none that is not there."""
    told = set(
        re.findall(r"`(--[a-z]+)[`=]?", (environment.ROOT / "benchmarks/README.md").read_text())
    )
    known = {f"--{name}" for name in vars(options.read([])) if name != "parts"}
    assert known - told == {"--again"}
    assert told <= known | {"--help"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Traceback\nModuleNotFoundError: No module named 'flask'", "its package flask is not"),
        (
            "ERROR: No matching distribution found for gunicorn==27.0",
            "the package index has no gun",
        ),
        ("HTTPSConnectionPool(host='index.example', port=443): Max", "the package index did not"),
        ("npm error code ENOTFOUND\nnpm error https://x.example/y", "the package index did not"),
        ("/home/me/bin/python: cannot read C:\\a or http://x", "… cannot read … or …"),
        ("fetching from index.example:8080 or 10.0.0.7 failed", "fetching from … or … failed"),
        ("node 20.20.2 is too old", "node 20.20.2 is too old"),
        ("\n", ""),
    ],
)
def test_why_a_server_is_left_out_names_no_folder_and_no_host(said: str, told: str) -> None:
    """The page is committed, and read elsewhere."""
    assert reason(said).startswith(told)
    assert not any(place in reason(said) for place in ("/", "\\", "example", "10.0.0.7", "http"))


MOUNTS = """\
/dev/vda / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
/dev/vdb /tmp/real\\040disk xfs rw 0 0
"""


def test_databases_are_not_put_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An fsync is free there: another folder is taken, and one that is named is refused."""
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert disk.filesystem(Path("/tmp/a"), mounts) == "tmpfs"
    assert disk.filesystem(Path("/tmp/real disk/a"), mounts) == "xfs"
    assert disk.filesystem(Path("/tmpfs"), mounts) == "ext4"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\ntmpfs {tmp_path}/memory tmpfs rw 0 0\n")
    for name in ("memory", "disk"):
        (tmp_path / name).mkdir()
    candidates = (tmp_path / "memory", tmp_path / "disk")
    monkeypatch.delenv("TMPDIR", raising=False)
    assert disk.base(candidates, mounts) == tmp_path / "disk"
    with pytest.raises(disk.DiskError, match="TMPDIR="):
        disk.on_disk(tmp_path / "memory", mounts)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "memory"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "memory"))
    with pytest.raises(disk.DiskError, match="kept in memory"):
        disk.base(candidates, mounts)


def test_a_folder_without_room_is_refused(tmp_path: Path) -> None:
    """Ten million rows do not fit everywhere, which is told before they are made."""
    disk.need(tmp_path, 1)
    with pytest.raises(disk.DiskError, match="--tables"):
        disk.need(tmp_path, 10**18)


@pytest.mark.parametrize("fails", [None, "second"])
def test_the_stamp_is_written_when_all_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str | None
) -> None:
    """A package that could not be installed is tried again by the next run."""
    lock = tmp_path / "bench.lock"
    lock.write_text("first==1 \\\n    --hash=sha256:1\n    # via x\nsecond==2 \\\n    --hash=2\n")
    venv = tmp_path / "venv"
    venv.mkdir()
    monkeypatch.setattr(environment, "LOCK", lock)
    monkeypatch.setattr(environment, "VENV", venv)
    asked: list[str] = []

    def run(command: list[str], folder: Path = tmp_path, **variables: str) -> None:
        file = Path(command[-1])
        text = file.read_text() if file.is_file() else ""
        asked.append(text)
        if fails and fails in text:
            raise environment.AbsentError("not there")

    monkeypatch.setattr(environment, "run", run)
    environment.python_packages.cache_clear()
    environment.python_packages()
    environment.python_packages.cache_clear()
    assert len(list(venv.glob(".installed-*"))) == (0 if fails else 1)
    assert len(asked) == (4 if fails else 2)
    assert list(venv.glob("*.txt")) == []


def test_every_request_says_where_it_is_from() -> None:
    """CORS is on: ours and its peers have to look at the origin."""
    for operation in OPERATIONS:
        plan = Dialect().plan(operation.name)
        assert not isinstance(plan, str)
        assert f"\r\nOrigin: {http1.ORIGIN}\r\n".encode() in next(plan.requests(0))
    assert http1.ORIGIN in compiled.SPEC.read_text()
    for server in ("article", "handwritten", "litestar_app", "django_app", "flask_app"):
        assert http1.ORIGIN in (APPS / f"{server}.py").read_text()
    assert http1.ORIGIN in (APPS / "fastify/server.js").read_text()


def test_probes_differ_from_a_valid_request_in_one_thing() -> None:
    """What is told of a server is told of one question."""
    asked = {one.name: one.asked(Dialect()) for one in probes.PROBES}
    bodies = {
        name: json.loads(http1.body(message))
        for name, message in asked.items()
        if message.startswith(b"POST") and name != "big"
    }
    valid = Dialect().body("PROBE")
    changed = {
        name: {key for key, value in body.items() if value != valid.get(key)} - {"sku"}
        for name, body in bodies.items()
    }
    assert changed == {
        "taken": set(),
        "supplier": {"supplier_id"},
        "text": {"unit_price"},
        "field": {"colour"},
    }


class Odd(BaseHTTPRequestHandler):
    """Answers a read with a header of CORS, refuses what is created, and closes at a query."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the name is the library's
        """Answer, or close."""
        if "?" in self.path:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", self.headers["Origin"])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:  # the name is the library's
        """Refuse before the body is read, and close."""
        self.send_response(413 if int(self.headers["Content-Length"]) > probes.BIG else 409)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


def test_probes_tell_what_a_server_answers() -> None:
    """Also one that closes before it has read everything, or answers nothing."""
    with listening(Odd) as port:
        told = probes.probe(port, Dialect())
    assert told.pop("big") in {"413", "closes"}
    assert told == {
        **{"origin": "yes", "id": "no", "taken": "409", "supplier": "409"},
        **{"text": "409", "field": "409", "parameter": "closes"},
    }


def test_a_changed_resource_has_another_bound() -> None:
    """One changed field is one line of the spec."""
    lines, others = spec(9).splitlines(), spec(9, [4]).splitlines()
    assert [line for line, other in zip(lines, others, strict=True) if line != other] == [
        "      title: string(1..200)"
    ]


def test_a_table_is_known_by_what_made_it(tmp_path: Path) -> None:
    """A table of an older spec, or a part of one, is not used again."""
    file = tmp_path / "rows.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE products (id INTEGER PRIMARY KEY, sku TEXT UNIQUE)")
    connection.execute("CREATE INDEX ix_sku ON products (sku)")
    connection.close()
    assert rows.schema(file) == {
        "CREATE TABLE products (id INTEGER PRIMARY KEY, sku TEXT UNIQUE)",
        "CREATE INDEX ix_sku ON products (sku)",
    }
