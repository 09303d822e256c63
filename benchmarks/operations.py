"""What is measured: the operations, and the rows that they meet.

Every server is asked the same in its own words (`dialects.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

ROWS = 1_000
SUPPLIERS = 20
CATEGORIES = 20
PAGE = 20
BULK = 100
CONDITIONS = ("new", "used", "refurbished")


@dataclass(frozen=True, slots=True)
class Operation:
    """A row of the table."""

    name: str
    title: str
    writes: bool = False


OPERATIONS = (
    Operation("read", "GET one"),
    Operation("list", "list of 20"),
    Operation("filter", "filtered list"),
    Operation("missing", "404"),
    Operation("invalid", "422"),
    Operation("create", "POST", writes=True),
    Operation("update", "PATCH", writes=True),
    Operation("delete", "DELETE", writes=True),
    Operation("expand", "list with expansion"),
    Operation("bulk", "bulk create of 100, an item", writes=True),
)
BY_NAME = {one.name: one for one in OPERATIONS}


@dataclass(frozen=True, slots=True)
class Product:
    """A stored row; `supplier` is the number of one."""

    number: int
    sku: str
    title: str
    unit_price: float
    inventory_count: int
    category: str
    condition: str
    supplier: int


def product(number: int) -> Product:
    """Make the row of a number from 1 on."""
    return Product(
        number=number,
        sku=f"SKU-{number:06d}",
        title=f"Adjustable thing number {number}",
        unit_price=round(1 + number % 997 * 0.37, 2),
        inventory_count=number % 250,
        category=category(number),
        condition=CONDITIONS[number % 3],
        supplier=number % SUPPLIERS + 1,
    )


def category(number: int) -> str:
    """Name the category of a row: each has a twentieth of them."""
    return f"category-{number % CATEGORIES:02d}"


def supplier_name(number: int) -> str:
    """Name a supplier."""
    return f"Supplier number {number}"
