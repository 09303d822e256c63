"""One spec as two services: as it is emitted, and with routes that FastAPI answers by itself."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from functools import cache
from pathlib import Path

from tests.services import Compiled, compiled

EDITS = (
    (
        "from ..runtime.compiled_routes import CompiledRoute",
        "from ..runtime.routes import PlainRoute",
    ),
    ("route_class=CompiledRoute", "route_class=PlainRoute"),
)


@cache
def plain(spec: Path | str) -> Compiled:
    """Compile a spec; its routers then have the plain route class, and nothing else differs."""
    whole = compiled(spec)
    folder = whole.folder.with_name(f"{whole.folder.name}-plain")
    shutil.copytree(whole.folder, folder, ignore=shutil.ignore_patterns("__pycache__", "*.log"))
    service = Compiled(whole.name, folder, f"{whole.package}_plain")
    routers = sorted(service.files.glob("*/router.py"))
    assert routers
    for router in routers:
        text = router.read_text()
        for old, new in EDITS:
            assert text.count(old) == 1
            text = text.replace(old, new)
        router.write_text(text)
    _make_known(service)
    return service


def _make_known(service: Compiled) -> None:
    """Make a package known by its name; its modules are imported when asked."""
    spec = importlib.util.spec_from_file_location(
        service.package,
        service.files / "__init__.py",
        submodule_search_locations=[str(service.files)],
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[service.package] = module
    spec.loader.exec_module(module)
