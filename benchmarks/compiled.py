"""Our own service: bench.yaml compiled into a temporary folder, as it ships or with plain routes.

The plain one is the same files with another route class: what is left of FastAPI's own way.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.compiler import compile_spec
from generator.piece_cache import FOLDER, PieceCache

from .environment import ROOT, AbsentError

SPEC = Path(__file__).with_name("bench.yaml")
COMPILED = ("compiled_routes", "CompiledRoute")
PLAIN = ("routes", "PlainRoute")
"""The module and the name of each route class."""


def write_service(folder: Path, *, plain: bool = False) -> None:
    """Compile the benchmark's spec to `folder/bench`, with an application in `folder/main.py`.

    Raises `AbsentError` if the emitted routers do not name the route class to be replaced.
    """
    memory = PieceCache(ROOT / FOLDER)
    files = compile_spec(SPEC, memory).files
    memory.save()
    if plain:
        routers = [path for path in files if path.endswith("router.py")]
        files = {**files, **{path: _plain(files[path]) for path in routers}}
    write_files(folder / "bench", files)
    (folder / "main.py").write_text("from bench.app import create_app\n\napp = create_app()\n")


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a package, by their paths in it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def _plain(router: str) -> str:
    if not all(name in router for name in COMPILED):
        raise AbsentError(f"the emitted routers do not name {COMPILED[1]}")
    for compiled, name in zip(COMPILED, PLAIN, strict=True):
        router = router.replace(compiled, name)
    return router
