"""The rows of a server's SQLite file: filled by SQL, and put back between the rounds.

Servers create their own tables; the file is opened beside them, which WAL allows.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .dialects import integer_key
from .operations import ROWS, SUPPLIERS, product, supplier_name

BIG_ROWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Layout:
    """What a server calls its columns."""

    supplier_column: str = "supplier_id"
    key: Callable[[int], str] = integer_key
    big: bool = False
    """Whether it has the table `movements`."""


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a file beside its server."""
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def fill_suppliers(file: Path, layout: Layout) -> None:
    """Store what products refer to, once."""
    rows = [
        (_key(layout, number), supplier_name(number), "NL") for number in range(1, SUPPLIERS + 1)
    ]
    with opened(file) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO suppliers (id, name, country) VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")


def reset_products(file: Path, layout: Layout, extra: int = 0) -> None:
    """Leave exactly the first thousand products, and `extra` more that may be deleted."""
    columns = (
        "id, sku, title, unit_price, inventory_count, category, condition, "
        f"{layout.supplier_column}"
    )
    rows = (_values(layout, number) for number in range(1, ROWS + extra + 1))
    with opened(file) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM products")
        connection.executemany(
            f"INSERT INTO products ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def fill_movements(file: Path, rows: int = BIG_ROWS) -> None:
    """Fill the big table, once; a note tells nothing that is searched for."""
    with opened(file) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO movements (id, note, quantity) "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "SELECT i, 'counted by hand, sheet ' || i, i % 1000 FROM n",
            (rows,),
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def fsync_microseconds(folder: Path, times: int = 50) -> float:
    """Measure how long a small write takes to reach the disk, the median."""
    file = folder / "fsync"
    taken: list[float] = []
    with file.open("wb") as output:
        for _ in range(times):
            start = time.perf_counter()
            output.write(b"x" * 4096)
            output.flush()
            os.fsync(output.fileno())
            taken.append(time.perf_counter() - start)
    file.unlink()
    return sorted(taken)[times // 2] * 1e6


def _key(layout: Layout, number: int) -> int | str:
    return number if layout.key is integer_key else layout.key(number)


def _values(layout: Layout, number: int) -> tuple[object, ...]:
    row = product(number)
    return (
        _key(layout, number),
        row.sku,
        row.title,
        row.unit_price,
        row.inventory_count,
        row.category,
        row.condition,
        _key(layout, row.supplier),
    )
