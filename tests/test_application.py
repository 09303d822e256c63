"""`app/<name>.py` is the team's and `generated/<name>/` the compiler's: each leaves the other's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.services import CATALOG, ROOT, Compiled, served

TEAM = '''"""Our catalog: behind a token, with labels, and a header that says whose it is."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generated.catalog.app import create_app
from generated.catalog.products.models import Product
from generated.catalog.products.queries import READ
from generated.catalog.runtime.answers import Json
from generated.catalog.runtime.sessions import Db


class Crew:
    """Names the team in every answer."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self.app, self.name = app, name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-crew", self.name.encode()))
            await send(message)

        await self.app(scope, receive, named)


async def signed_in(authorization: Annotated[str, Header()] = "") -> str:
    """Let in who knows the token."""
    if authorization != "Bearer open-sesame":
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return "somebody"


labels = APIRouter(prefix="/labels", tags=["Labels"])


@labels.get("/{product_id}", response_model=Product)
async def read_label(product_id: int, db: Db) -> Json[Product]:
    """Read what stands on a label."""
    return await db.read(READ, product_id)


@labels.get("")
async def count(who: Annotated[str, Depends(signed_in)], copies: int = 1) -> dict[str, object]:
    """Count the labels to print."""
    return {"who": who, "copies": copies}


app = create_app(
    routers=[labels],
    dependencies=[Depends(signed_in)],
    middleware=[Middleware(Crew, name="night shift")],
)


@app.exception_handler(ZeroDivisionError)
async def divided(request: object, error: Exception) -> Json[object]:
    """Say what no compiler knows."""
    return Json(b"{}", status_code=418)


@app.get("/ratio", include_in_schema=False)
async def ratio() -> float:
    """Fail as only our own code can."""
    return 1 / 0
'''
TOKEN = {"Authorization": "Bearer open-sesame"}
PRODUCT = {"sku": "A-1", "title": "Hammer", "unit_price": 9.5}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Generate the catalog in a project of its own."""
    (tmp_path / "spec").mkdir()
    shutil.copy(CATALOG, tmp_path / "spec")
    restwright(tmp_path, "generate")
    return tmp_path


def test_what_the_team_adds_stays_and_works(project: Path, fresh_sqlite_url: str) -> None:
    """A router, a dependency, a middleware and a handler, in a service that is then regenerated."""
    ours = project / "app" / "catalog.py"
    ours.write_text(TEAM)
    spec = project / "spec" / "catalog.yaml"
    field = "      weight: number(0..)?\n"
    text = spec.read_text()
    spec.write_text(
        text.replace("      condition: Condition", field + "      condition: Condition")
    )
    assert "app/catalog.py" not in restwright(project, "generate")
    assert ours.read_text() == TEAM
    with (
        served(Compiled("catalog", project, ""), fresh_sqlite_url) as server,
        httpx2.Client(base_url=server.url, headers=TOKEN) as http,
    ):
        product = http.post("/catalog/products", json={**PRODUCT, "weight": 2}).json()
        assert product["weight"] == 2
        assert http.get("/labels/1").json() == product
        assert http.get("/labels", params={"copies": 3}).json() == {"who": "somebody", "copies": 3}
        assert http.get("/ratio").status_code == 418
        for path in ("/catalog/products", "/labels/1", "/nowhere", "/openapi.json"):
            assert http.get(path).headers["x-crew"] == "night shift"
        for path in ("/catalog/products", "/labels"):
            refused = httpx2.get(server.url + path)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"] == "Bearer"
        assert http.get("/labels", params={"copys": 3}).status_code == 200
        assert http.get("/catalog/products", params={"copys": 3}).status_code == 422
        paths = http.get("/openapi.json").json()["paths"]
        assert {"/catalog/products", "/labels", "/labels/{product_id}"} <= paths.keys()


def test_an_edited_file_is_refused_with_its_diff(project: Path) -> None:
    """Nothing is written, neither here nor elsewhere, until somebody has looked at it."""
    router = project / "generated" / "catalog" / "products" / "router.py"
    router.write_text(router.read_text().replace("List products.", "List all products."))
    spec = project / "spec" / "catalog.yaml"
    spec.write_text(spec.read_text().replace("2.1.0", "2.2.0"))
    before = tree(project)
    said = restwright(project, "generate", code=1)
    assert tree(project) == before
    assert '-    """List products."""' in said
    assert '+    """List all products."""' in said
    restwright(project, "generate", "--force")
    assert "List products." in router.read_text()
    assert "2.2.0" in (project / "generated" / "catalog" / "app.py").read_text()


def test_a_file_of_somebody_else_is_kept(project: Path) -> None:
    """What the compiler did not write, it neither changes nor removes, also where packages go."""
    notes = project / "generated" / "catalog" / "NOTES.md"
    beside = project / "generated" / "catalog" / "products" / "reports.py"
    notes.write_text("Ours.\n")
    beside.write_text('"""Ours."""\n')
    spec = project / "spec" / "catalog.yaml"
    spec.write_text(spec.read_text().replace("  Product:", "  Article:"))
    restwright(project, "generate")
    assert notes.read_text() == "Ours.\n"
    assert beside.read_text() == '"""Ours."""\n'
    assert not beside.with_name("router.py").exists()
    assert (project / "generated" / "catalog" / "articles" / "router.py").exists()


def restwright(project: Path, *arguments: str, code: int = 0) -> str:
    """Run the command in a project, and return what it says."""
    run = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout


def tree(project: Path) -> dict[Path, bytes]:
    """Read every file of a project but what it remembers."""
    files = (path for path in project.rglob("*") if path.is_file() and path.name != ".lock")
    return {path: path.read_bytes() for path in files if ".restwright-cache" not in path.parts}
