"""Starts a service once, asks it for one row, and prints what that took: see `resources.py`.

The application is called in this process, without a server: what is compared is the service.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import sys
import time
from pathlib import Path

from . import asgi
from .asgi import App

REQUESTS = 3_000
ROW = {"sku": "A-1", "title": "A row", "unit_price": 1.5}


async def ask(app: App, method: str, path: str, body: bytes = b"") -> int:
    """Send one request; return the status."""
    status, _ = await asgi.ask(app, asgi.scope(method, path, body=body), body)
    return status


def age() -> float:
    """Return how long this process has run, in seconds; the kernel notes its start in ticks."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


async def main(name: str, path: str) -> None:
    """Start, ask, print one line of JSON."""
    os.environ[f"{name.upper()}_LOG_LEVEL"] = "warning"
    os.environ[f"{name.upper()}_DATABASE_URL"] = f"sqlite:///{Path('rows.sqlite3').absolute()}"
    module = importlib.import_module(f"{name}.app")
    imported = time.process_time()
    app = module.create_app()
    async with app.router.lifespan_context(app):
        started = time.process_time()
        status = await ask(app, "GET", f"{path}/1")
        first, wall = time.process_time(), age()
        if status == 404:
            assert await ask(app, "POST", path, json.dumps(ROW).encode()) == 201
        for _ in range(REQUESTS // 10):
            assert await ask(app, "GET", f"{path}/1") == 200
        began = time.process_time()
        for _ in range(REQUESTS):
            await ask(app, "GET", f"{path}/1")
        later = (time.process_time() - began) / REQUESTS
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    found = {
        "wall": wall,
        "importing": imported,  # with the start of Python itself
        "starting": started - imported,
        "first": first - started,
        "later": later * 1e6,
        "memory": pages * os.sysconf("SC_PAGE_SIZE") // 1024,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
