"""A generated service needs the generator no more: it runs from `generated/` and `app/` alone."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.services import CATALOG, EVERYTHING, ROOT, WAREHOUSE, compiled, served

TOOLS = ("generator", "datamodel_code_generator", "typer", "ruff", "flit_core", "black", "isort")
"""What a machine that runs the service has none of."""

SPECS = [CATALOG, EVERYTHING, WAREHOUSE]

BLOCK = f"""
import sys

# A module that is None here cannot be imported, wherever it may be installed.
sys.modules.update(dict.fromkeys({TOOLS!r}))
"""


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_the_service_runs_where_the_generator_is_not(
    spec: Path, tmp_path: Path, fresh_sqlite_url: str
) -> None:
    """With none of the compiler's tools to be had, every list answers, and so does the contract."""
    # Python itself imports this module at its start, before anything of the service.
    (tmp_path / "sitecustomize.py").write_text(BLOCK)
    paths = compiled(spec).contract()["paths"]
    with served(spec, fresh_sqlite_url, environment={"PYTHONPATH": str(tmp_path)}) as server:
        assert httpx2.get(f"{server.url}/readyz").status_code == 200
        lists = [path for path, item in paths.items() if "get" in item and "{" not in path]
        for path in ["/openapi.json", "/docs", *lists]:
            assert httpx2.get(server.url + path).status_code == 200, path


def test_blocking_works(tmp_path: Path) -> None:
    """What the test above rests on: the generator could be imported here, but for the block."""
    (tmp_path / "sitecustomize.py").write_text(BLOCK)
    codes = [
        subprocess.run(
            [sys.executable, "-c", "import generator.compiler"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
            capture_output=True,
            check=False,
        ).returncode
        for path in ([str(ROOT)], [str(tmp_path), str(ROOT)])
    ]
    assert codes == [0, 1]


def test_no_emitted_module_names_the_generator() -> None:
    """Nor does one import it where no test comes by."""
    for spec in SPECS:
        for path in compiled(spec).folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not {name.split(".")[0] for name in names} & {*TOOLS}, path
