"""Services that tests talk to: a spec, compiled once per process, in this process or under uvicorn.

Every service lives in a temporary folder with the layout of a project (`generated/`, `app/`), and
is imported under a name of its own, so that any number of them can run in one process.

    with client(ROOT / "spec/catalog.yaml", fresh_sqlite_url) as http:
        assert http.get("/catalog/products").json() == []
"""

from __future__ import annotations

import atexit
import hashlib
import importlib
import importlib.util
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import yaml
from fastapi import FastAPI
from starlette.testclient import TestClient

from generator.compiler import compile_spec
from generator.piece_cache import FOLDER, PieceCache

ROOT = Path(__file__).parent.parent
CATALOG = ROOT / "spec/catalog.yaml"
EVERYTHING = ROOT / "tests/specs/everything.yaml"
LIBRARY = ROOT / "tests/specs/library.yaml"
WAREHOUSE = ROOT / "spec/warehouse.yaml"

RUNNING = re.compile(r"Uvicorn running on http://127\.0\.0\.1:([0-9]+)")
START_SECONDS = 60
STOP_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Compiled:
    """A service on the disk."""

    name: str
    folder: Path
    """A project: `generated/<name>/` and `app/<name>.py` stand in it."""
    package: str
    """The name that this process imports it under."""

    @property
    def files(self) -> Path:
        """Return the folder of the emitted package."""
        return self.folder / "generated" / self.name

    def module(self, name: str) -> ModuleType:
        """Import a module of the emitted package: `app`, `products.table`, `runtime.problems`."""
        return importlib.import_module(f"{self.package}.{name}")

    def contract(self) -> dict[str, Any]:
        """Read the emitted contract."""
        document: dict[str, Any] = json.loads((self.files / "openapi.json").read_bytes())
        return document

    def application(
        self, database_url: str, *, settings: Mapping[str, object] | None = None, **options: object
    ) -> FastAPI:
        """Call the emitted `create_app`; the environment is not asked for settings."""
        chosen = self.module("settings").Settings(
            _env_file=None, database_url=database_url, **(settings or {})
        )
        app = self.module("app").create_app(settings=chosen, **options)
        assert isinstance(app, FastAPI)
        return app


@cache
def compiled(spec: Path | str) -> Compiled:
    """Compile a spec, a file or the text of one, and make it importable."""
    text = spec if isinstance(spec, str) else spec.read_text()
    name = str(yaml.load(text, yaml.CSafeLoader)["service"]["name"])
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    folder = _folder() / digest
    source = folder / "spec" / f"{name}.yaml"
    _write(source, text)
    memory = PieceCache(ROOT / FOLDER)
    service = compile_spec(source, memory)
    memory.save()
    for path, content in service.files.items():
        _write(folder / "generated" / name / path, content)
    _write(folder / "app" / f"{name}.py", service.application)
    return Compiled(name, folder, _import(folder / "generated" / name, f"{name}_{digest}"))


@contextmanager
def client(
    spec: Path | str,
    database_url: str,
    *,
    settings: Mapping[str, object] | None = None,
    root_path: str = "",
    **options: object,
) -> Iterator[TestClient]:
    """Run a service in this process, and talk to it one request at a time.

    `http.app` is the application. A defect of the service is answered as in production: 500.
    """
    app = compiled(spec).application(database_url, settings=settings, **options)
    with TestClient(app, raise_server_exceptions=False, root_path=root_path) as http:
        yield http


@asynccontextmanager
async def async_client(
    spec: Path | str,
    database_url: str,
    *,
    settings: Mapping[str, object] | None = None,
    root_path: str = "",
    **options: object,
) -> AsyncIterator[tuple[httpx2.AsyncClient, FastAPI]]:
    """Run a service in this event loop, and talk to it, many requests at a time if need be."""
    app = compiled(spec).application(database_url, settings=settings, **options)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False, root_path=root_path)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://service") as http,
    ):
        yield http, app


@dataclass(frozen=True, slots=True)
class Server:
    """A service in processes of its own."""

    port: int
    process: subprocess.Popen[bytes]
    log_file: Path

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, **headers: str) -> httpx2.Client:
        """Make a client that sends these headers with every request."""
        # Certificates take a tenth of a second to load, and there is no TLS here.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return httpx2.Client(base_url=self.url, headers=headers, verify=context, trust_env=False)

    def log(self) -> str:
        """Read all that it has logged so far."""
        return self.log_file.read_text(errors="replace")

    def stop(self) -> int:
        """Ask it to stop, as a process manager does; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()


class NotStartedError(Exception):
    """The service gave up; the text is its log."""


@contextmanager
def served(
    spec: Path | str | Compiled,
    database_url: str,
    *,
    workers: int = 1,
    environment: Mapping[str, str] | None = None,
    arguments: Sequence[str] = (),
) -> Iterator[Server]:
    """Run a service under uvicorn on a free port, as `make run` does, until the block ends.

    `environment` adds settings (`CATALOG_CORS_ORIGINS`), `arguments` options of uvicorn.
    """
    service = spec if isinstance(spec, Compiled) else compiled(spec)
    command = [sys.executable, "-m", "uvicorn", f"app.{service.name}:app"]
    command += ["--host", "127.0.0.1", "--port", "0", "--workers", str(workers), *arguments]
    descriptor, name = tempfile.mkstemp(suffix=".log", dir=service.folder)
    with open(descriptor, "wb") as log:
        process = subprocess.Popen(
            command,
            cwd=service.folder,
            env=_environment(service.name, database_url) | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(0, process, Path(name))
    try:
        yield Server(_wait_until_ready(server), process, server.log_file)
    finally:
        server.stop()


def _environment(name: str, database_url: str) -> dict[str, str]:
    """Make an environment in which only the service's own packages can be imported."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    return kept | {f"{name.upper()}_DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1"}


def _wait_until_ready(server: Server) -> int:
    """Return the port as soon as the service answers there."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        found = RUNNING.search(server.log())
        if found is not None and _answers(int(found[1])):
            return int(found[1])
        time.sleep(0.05)
    raise NotStartedError(server.log())


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@cache
def _folder() -> Path:
    """Make the folder of all services of this process, which goes when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="restwright-services-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _import(folder: Path, name: str) -> str:
    """Make a package known under a name that no other has; its modules are imported when asked."""
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return name


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
