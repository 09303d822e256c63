"""Case, number and SQL names of words."""

from __future__ import annotations

import pytest

from generator.naming import MAX_SQL_NAME, article, camel, kebab, pascal, plural, snake, sql_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Product", "product"), ("PurchaseOrder", "purchase_order"), ("HTTPLog2", "http_log2")],
)
def test_snake(name: str, expected: str) -> None:
    """PascalCase becomes snake_case, runs of capitals staying one word."""
    assert snake(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("product", "products"),
        ("category", "categories"),
        ("day", "days"),
        ("box", "boxes"),
        ("address", "addresses"),
        ("branch", "branches"),
        ("person", "people"),
        ("stock", "stock"),
        ("purchase_order", "purchase_orders"),
        ("order_address", "order_addresses"),
    ],
)
def test_plural(name: str, expected: str) -> None:
    """The last word is made plural as English does."""
    assert plural(name) == expected


def test_other_cases() -> None:
    """Names change case without losing a letter."""
    assert pascal("purchase_order") == "PurchaseOrder"
    assert camel("unit_price_ge") == "unitPriceGe"
    assert kebab("purchase_orders") == "purchase-orders"
    assert [article("order"), article("product")] == ["an order", "a product"]


def test_short_sql_names_are_whole() -> None:
    """A name that fits is kept as it is."""
    assert sql_name("uq", "products", "sku") == "uq_products_sku"


def test_long_sql_names_end_in_a_hash_and_stay_distinct() -> None:
    """PostgreSQL would cut at 63 bytes silently; two long names must not become one."""
    names = {sql_name("ix", "t" * 50, f"{'f' * 40}{number}") for number in range(50)}
    assert len(names) == 50
    assert {len(name) for name in names} == {MAX_SQL_NAME}
