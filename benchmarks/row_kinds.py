"""The kinds of reads that are compared in tables of few and of many rows.

Each is drawn by chance, so that no page of the table stays the only one that is warm.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

PRICES = 1_000_003
"""How many prices there are, a cent apart; few rows share one."""

Query = Mapping[str, object]
Make = Callable[[random.Random, int, Mapping[str, Sequence[str]]], tuple[str, Query]]
"""Draws a request, given a table's rows and some cursors by sort."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request."""

    name: str
    make: Make


def _list(**query: Callable[[random.Random, int], object] | object) -> Make:
    """Make a request for a list; `cursor` names the sort of the cursors that it is drawn from."""

    def make(
        chance: random.Random, rows: int, cursors: Mapping[str, Sequence[str]]
    ) -> tuple[str, Query]:
        made = {name: one(chance, rows) if callable(one) else one for name, one in query.items()}
        if "cursor" in made:
            made["cursor"] = chance.choice(cursors[str(made["cursor"])])
        return "/v1/products", made

    return make


def _category(chance: random.Random, _rows: int) -> str:
    return f"category {chance.randrange(10)}"


def _categories(chance: random.Random, _rows: int) -> list[str]:
    return [f"category {one}" for one in chance.sample(range(10), 3)]


def _skus(chance: random.Random, rows: int) -> list[str]:
    return [f"S{chance.randrange(1, rows):08}" for _ in range(3)]


def _upper(share: float) -> Callable[[random.Random, int], float]:
    """Return a price that about a share of the rows reach."""
    return lambda chance, _rows: PRICES / 100 * (1 - share) - chance.random()


def _few(chance: random.Random, rows: int) -> float:
    """Return a price that about fifty rows reach."""
    return PRICES / 100 * (1 - 50 / rows) - chance.random() / rows


def _title(chance: random.Random, _rows: int) -> str:
    return f"t{chance.randrange(15):x}"


def _ten_skus(chance: random.Random, rows: int) -> str:
    return f"S{chance.randrange(1, rows) // 10:07}"


KINDS = [
    Kind("one by key", lambda chance, rows, _: (f"/v1/products/{chance.randrange(1, rows)}", {})),
    Kind("first page", _list()),
    Kind("deep cursor, by key", _list(cursor="id")),
    Kind("deep cursor, sort=title", _list(cursor="title", sort="title")),
    Kind("deep cursor, sort=-unit_price", _list(cursor="-unit_price", sort="-unit_price")),
    Kind("eq, a tenth", _list(category=_category)),
    Kind("eq, a tenth, deep cursor", _list(category=_category, cursor="id")),
    Kind("eq, a tenth, sort=unit_price", _list(category=_category, sort="unit_price")),
    Kind("eq, one row", _list(sku=lambda chance, rows: f"S{chance.randrange(1, rows):08}")),
    Kind("in, three tenths", _list(category_in=_categories)),
    Kind("in, three tenths, deep cursor", _list(category_in=_categories, cursor="id")),
    Kind("in, three rows", _list(sku_in=_skus)),
    Kind("range, half", _list(unit_price_ge=_upper(0.5))),
    Kind("range, half, deep cursor", _list(unit_price_ge=_upper(0.5), cursor="id")),
    Kind("range, half, sort=title", _list(unit_price_ge=_upper(0.5), sort="title")),
    Kind("range, a tenth", _list(unit_price_ge=_upper(0.1))),
    Kind("range, fifty rows", _list(unit_price_ge=_few)),
    Kind("range, sort=unit_price", _list(unit_price_ge=_upper(0.1), sort="unit_price")),
    Kind("prefix, a sixteenth", _list(title_prefix=_title)),
    Kind("prefix, a sixteenth, deep cursor", _list(title_prefix=_title, cursor="id")),
    Kind("prefix, ten rows", _list(sku_prefix=_ten_skus)),
    Kind("(thin) range, a hundredth", _list(unit_price_ge=_upper(0.01))),
    Kind("(thin) range, a thousandth", _list(unit_price_ge=_upper(0.001))),
]
"""A thin one leaves a small share of the rows, yet many: no index holds those in order."""
