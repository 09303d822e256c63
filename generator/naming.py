"""Case and number of names, and the names of constraints in SQL: nothing else changes a word."""

from __future__ import annotations

import hashlib
import re
from typing import Literal

MAX_SQL_NAME = 63
"""Bytes of a PostgreSQL identifier; it cuts longer ones silently."""

_IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women",
    "mouse": "mice", "goose": "geese", "foot": "feet", "tooth": "teeth",
    "leaf": "leaves", "shelf": "shelves", "half": "halves", "life": "lives", "knife": "knives",
    "quiz": "quizzes", "analysis": "analyses", "basis": "bases", "crisis": "crises",
    "criterion": "criteria", "datum": "data", "index": "indexes",
}  # fmt: skip
_UNCOUNTABLE = {
    "equipment",
    "information",
    "news",
    "series",
    "species",
    "staff",
    "stock",
    "feedback",
}


_ENDS_IN_E = {
    f"{one}s": one for one in ("axe", "cache", "cookie", "lie", "movie", "niche", "pie", "tie")
} | {"uses": "use", "causes": "cause", "lenses": "lens", "buses": "bus", "gases": "gas"}
_SINGULAR_ENDINGS = (
    ("(?<=[a-z])ies$", "y"),
    ("(ss|x|ch|sh|zz|ias)es$", r"\1"),
    ("(?<=[^ao])uses$", "us"),
    ("(?<=[^su])s$", ""),
)
"""The first that fits: `addresses` -> `address`, `statuses` -> `status`, `houses` -> `house`."""


def snake(name: str) -> str:
    """`PurchaseOrder` -> `purchase_order`, `HTTPLog2` -> `http_log2`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return spaced.lower()


def constant(name: str) -> str:
    """`PurchaseOrder` -> `PURCHASE_ORDER`, `FAQ` -> `FAQ_ROWS`: never the name of the class."""
    upper = snake(name).upper()
    return f"{upper}_ROWS" if upper == name else upper


def pascal(name: str) -> str:
    """`purchase_order` -> `PurchaseOrder`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def camel(name: str) -> str:
    """`unit_price_ge` -> `unitPriceGe`."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def kebab(name: str) -> str:
    """`purchase_orders` -> `purchase-orders`."""
    return name.replace("_", "-")


def words(name: str) -> str:
    """`purchase_orders` -> `purchase orders`."""
    return name.replace("_", " ")


def plural(name: str) -> str:
    """`purchase_order` -> `purchase_orders`: the English plural of the last word."""
    head, _, last = name.rpartition("_")
    return f"{head}_{_plural_word(last)}" if head else _plural_word(last)


def singular(name: str) -> str:
    """`order_lines` -> `order_line`: one of what a name in the plural stands for."""
    head, _, last = name.rpartition("_")
    return f"{head}_{_singular_word(last)}" if head else _singular_word(last)


def article(noun: str) -> str:
    """`product` -> `a product`, `order` -> `an order`."""
    return f"an {noun}" if noun[:1].lower() in "aeio" else f"a {noun}"


def nested(above: str, inverse: str, plural_: str) -> str:
    """`category`, `children` -> `children`: what is listed below a row of another resource.

    It is called as from there, or by its own plural, where the two words together are just that:
    the `lines` of a `purchase_order` are its `purchase_order_lines`.
    """
    return plural_ if f"{above}_{inverse}" == plural_ else inverse


def sql_name(kind: Literal["ix", "uq", "ck", "fk"], table: str, name: str) -> str:
    """`uq`, `products`, `sku` -> `uq_products_sku`; one longer than SQL keeps ends in a hash."""
    return fitted(f"{kind}_{table}_{name}")


def fitted(whole: str) -> str:
    """Keep a name that SQL keeps; end a longer one in a hash of it."""
    if len(whole) <= MAX_SQL_NAME:
        return whole
    return f"{whole[:54]}_{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def _plural_word(word: str) -> str:
    if word in _UNCOUNTABLE:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def _singular_word(word: str) -> str:
    if word in _UNCOUNTABLE:
        return word
    known = {many: one for one, many in _IRREGULAR.items()} | _ENDS_IN_E
    if word in known:
        return known[word]
    for ending, instead in _SINGULAR_ENDINGS:
        if re.search(ending, word):
            return re.sub(ending, instead, word)
    return word
