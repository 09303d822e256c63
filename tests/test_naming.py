"""Case, number and SQL names of words."""

from __future__ import annotations

import pytest

from generator.naming import (
    MAX_SQL_NAME,
    article,
    camel,
    constant,
    fitted,
    kebab,
    pascal,
    plural,
    singular,
    snake,
    sql_name,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Product", "product"), ("PurchaseOrder", "purchase_order"), ("HTTPLog2", "http_log2")],
)
def test_snake(name: str, expected: str) -> None:
    """PascalCase becomes snake_case, runs of capitals staying one word."""
    assert snake(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("PurchaseOrder", "PURCHASE_ORDER"), ("FAQ", "FAQ_ROWS"), ("X", "X_ROWS"), ("Faq", "FAQ")],
)
def test_constant(name: str, expected: str) -> None:
    """The constant of a resource is never called like its class."""
    assert constant(name) == expected


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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tags", "tag"),
        ("categories", "category"),
        ("boxes", "box"),
        ("addresses", "address"),
        ("warehouses", "warehouse"),
        ("statuses", "status"),
        ("buses", "bus"),
        ("movies", "movie"),
        ("caches", "cache"),
        ("branches", "branch"),
        ("people", "person"),
        ("children", "child"),
        ("stock", "stock"),
        ("series", "series"),
        ("class", "class"),
        ("status", "status"),
        ("similar", "similar"),
        ("order_lines", "order_line"),
    ],
)
def test_singular(name: str, expected: str) -> None:
    """One of many is called as in English; a name that is in no plural is kept."""
    assert singular(name) == expected


@pytest.mark.parametrize(
    "name", ["product", "category", "house", "box", "day", "leaf", "person", "case", "price"]
)
def test_singular_undoes_plural(name: str) -> None:
    """What was made plural comes back."""
    assert singular(plural(name)) == name


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


def test_tables_of_links_keep_within_sql() -> None:
    """A name that SQL keeps is whole, two long ones stay distinct."""
    assert fitted("product_tags") == "product_tags"
    names = {fitted(f"{'p' * 50}_{'t' * 40}{number}") for number in range(50)}
    assert len(names) == 50
    assert {len(name) for name in names} == {MAX_SQL_NAME}
