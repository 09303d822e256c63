"""What each kind of read costs in a table of many rows, beside a small one.

`make bench ARGS="--only rows"` starts this in a process of its own and reads the JSON it prints.
Two tables are made on disk. Requests go through the whole application, as ASGI calls within this
process; what is told is its processor time, all threads together.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI

from generator.compiler import compile_spec

from . import asgi, disk
from .asgi import App, Message
from .compiled import write_files
from .environment import ROOT
from .machine import Machine
from .processes import Cores
from .progress import say
from .row_kinds import KINDS, PRICES, Query
from .scale import Read, Rows

SPEC = Path(__file__).with_name("rows.yaml")
ROOM = 400
"""Bytes of a row with its part of the indexes and what making them takes, generously."""
SAMPLES = 200
"""How many different requests of a kind are asked in turn."""
FILL = """
INSERT INTO products (id, sku, title, unit_price, inventory_count, category, condition)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT :rows)
SELECT n, printf('S%08d', n), printf('t%08x thing', (n * 2654435761) % 4294967291),
    ((n * 40503 * 65537) % 1000003 + 1) / 100.0, (n * 7919) % 1009,
    CASE WHEN n % 50 = 7 THEN NULL ELSE 'category ' || ((n * 2654435761) % 4294967291 % 10) END,
    CASE n % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'used' ELSE 'refurbished' END
FROM numbers
"""


@dataclass(frozen=True, slots=True)
class Side:
    """An application over a table of some rows."""

    app: App
    rows: int

    async def get(self, path: str, query: Query) -> dict[str, Any]:
        """Ask for a page, or a row; anything but 200 is an error."""
        found: dict[str, Any] = json.loads(await self.ask(self.scope(path, query)))
        return found

    def scope(self, path: str, query: Query) -> Message:
        """Write a request as a server hands it over."""
        return asgi.scope("GET", path, urlencode(query, doseq=True).encode())

    async def ask(self, scope: Message) -> bytes:
        """Make a request; return the body. Anything but 200 is an error."""
        status, body = await asgi.ask(self.app, scope)
        if status != 200:
            raise RuntimeError(f"{scope['query_string']!r} is answered {status}")
        return body


def make_table(file: Path, rows: int) -> None:
    """Fill a table that the service has made; its indexes are made anew after that."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {pragma}")
    listed = "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'products' AND type = 'index'"
    indexes = connection.execute(f"{listed} AND sql IS NOT NULL").fetchall()
    connection.execute("BEGIN")
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute(FILL, {"rows": rows})
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def table(folder: Path, rows: int) -> Path:
    """Name the file of a table."""
    return folder / f"rows-{rows}.db"


@asynccontextmanager
async def opened(folder: Path, rows: int) -> AsyncIterator[Side]:
    """Open the application over a table, which is made if it is not there as it would be made."""
    file = table(folder, rows)
    unfinished = file.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    async with _lifespan(_app(unfinished)):
        pass
    if file.exists() and schema(file) == schema(unfinished):
        unfinished.unlink()
    else:
        say(f"making a table of {rows:,} rows")
        make_table(unfinished, rows)
        unfinished.replace(file)
    app = _app(file)
    async with _lifespan(app):
        yield Side(app, rows)


def schema(file: Path) -> set[str]:
    """Return the statements that made a file's tables and indexes."""
    connection = sqlite3.connect(file)
    found = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {sql for (sql,) in found}


def _app(file: Path) -> FastAPI:
    """Make the application over a file."""
    os.environ["ROWS_DATABASE_URL"] = f"sqlite+aiosqlite:///{file}"
    os.environ["ROWS_LOG_LEVEL"] = "warning"
    made: FastAPI = importlib.import_module("rows.app").create_app()
    return made


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with app.router.lifespan_context(app):
        yield


async def _cursors(side: Side, chance: random.Random) -> dict[str, list[str]]:
    """Find cursors all over the table: a cursor goes with any filter."""
    found: dict[str, list[str]] = {"id": [], "title": [], "-unit_price": []}
    for _ in range(SAMPLES):
        price = chance.uniform(PRICES / 1_000, PRICES / 100)
        digits = 2 if side.rows < 100_000 else 4
        queries: dict[str, Query] = {
            "id": {"sku_in": [f"S{chance.randrange(1, side.rows):08}" for _ in range(3)]},
            "title": {
                "title_prefix": f"t{chance.randrange(16**digits):0{digits}x}",
                "sort": "title",
            },
            "-unit_price": {"unit_price_lt": price, "sort": "-unit_price"},
        }
        for sort, query in queries.items():
            page = await side.get("/v1/products", {**query, "page_size": 1})
            if page["next_cursor"] is not None:
                found[sort].append(page["next_cursor"])
    return found


async def _cost(side: Side, scopes: Sequence[Message], seconds: float) -> float:
    """Return the microseconds of processor time of one request."""
    asked, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for scope in scopes:
            await side.ask(dict(scope))
        asked += len(scopes)
    return (time.process_time() - began) / asked * 1e6


async def compared(given: argparse.Namespace, folder: Path) -> list[Read]:
    """Measure every kind on both tables by turns."""
    async with opened(folder, given.few) as small, opened(folder, given.rows) as large:
        sides = (small, large)
        cursors = [await _cursors(side, random.Random(1)) for side in sides]
        lines = []
        for kind in KINDS:
            scopes = []
            for side, known in zip(sides, cursors, strict=True):
                chance = random.Random(2)
                made = [kind.make(chance, side.rows, known) for _ in range(SAMPLES)]
                scopes.append([side.scope(path, query) for path, query in made])
            samples: tuple[list[float], list[float]] = ([], [])
            for _ in range(given.rounds):
                for side, asked, costs in zip(sides, scopes, samples, strict=True):
                    costs.append(await _cost(side, asked, given.seconds))
            lines.append(Read(kind.name, *samples))
            say(f"{kind.name}: {lines[-1].times} times")
    return lines


def measure(few: int, rows: int, tables: Path | None) -> Rows:
    """Measure in a process of its own; tables in a folder are made there, or used again.

    Raises `DiskError` if they would be in memory, or have no room.
    """
    with disk.temporary() as scratch:
        folder = disk.on_disk(tables) if tables else scratch
        folder.mkdir(parents=True, exist_ok=True)
        file = table(folder, rows)
        if not file.exists():
            disk.need(folder, rows * ROOM)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.rows", "--folder", str(folder.resolve())),
                *("--few", str(few), "--rows", str(rows)),
            ],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines = [Read(**line) for line in json.loads(done.stdout)]
        machine = Machine.here(cores_apart=Cores.chosen().apart)
        size = file.stat().st_size
    return Rows(few, rows, size, lines, datetime.now(UTC).date().isoformat(), machine)


def main() -> None:
    """Measure in this process; print the lines as JSON."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.rows", description=__doc__)
    options.add_argument("--rows", type=int, required=True, help="of the large table")
    options.add_argument("--few", type=int, required=True, help="rows of the small table")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=0.3, help="of each kind and round")
    options.add_argument("--folder", type=Path, required=True, help="where the tables are")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as code:
        write_files(Path(code) / "rows", compile_spec(SPEC).files)
        sys.path.insert(0, code)
        lines = asyncio.run(compared(given, given.folder))
    print(json.dumps([asdict(line) for line in lines]))


if __name__ == "__main__":
    main()
