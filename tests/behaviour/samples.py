"""Valid bodies of tests/specs/everything.yaml, and a product of the catalog."""

from __future__ import annotations

from itertools import count

SAMPLES = "/v1/test-samples"
COUNTRIES = "/v1/countries"
EVENTS = "/v1/events"
VISITS = "/v1/visits"
TICKETS = "/v1/tickets"

PRODUCTS = "/catalog/products"
PRODUCT: dict[str, object] = {"sku": "AB-1", "title": "A", "unit_price": 1.5}

_numbers = count()


def sample(**fields: object) -> dict[str, object]:
    """Make a sample with the least that it needs, unlike all others, but for what is given."""
    number = next(_numbers)
    letters = chr(ord("A") + number // 100 // 26 % 26) + chr(ord("A") + number // 100 % 26)
    least: dict[str, object] = {
        "name": f"name {number:05}",
        "code": f"{letters}{number % 100:02}",
        "level": 1,
        "rating": 2.5,
        "amount": "12.50",
        "colour": "red",
        "password": "correct horse",
        "batch": "first",
    }
    return least | fields


FULL: dict[str, object] = {
    "body": "A text.",
    "level": -5,
    "rating": 0.1,
    "amount": "99999999.99",
    "discount": "-0.125",
    "active": False,
    "day": "2024-02-29",
    "moment": "2026-11-22T10:00:00.000001Z",
    "opens": "09:30:00",
    "runs": "P1DT2H3M4.5S",
    "joined": "2026-01-01",
    "contact": "somebody@example.org",
    "homePage": "https://example.org/a?b=c#d",
    "extra": {"a": [1, None, {"b": "c"}], "d": 1.5},
    "tags": ["b", "a"],
    "scores": [0, 100],
    "colour": "blue",
    "colours": ["green", "red"],
    "status": "in-transit",
    "address": {
        "street": "A street",
        "zip": "SW1A 1AA",
        "country": "FR",
        "position": {"latitude": 48.5, "longitude": -2.0},
    },
    "addresses": [{"street": "s", "zip": "1", "country": "GB", "position": None}],
    "legacy": "old",
}
"""A value other than the default of every field but the keys of unique sets and the secrets."""
