"""An expression as readers outside see it: on one line, and with the names that clients know."""

from __future__ import annotations

from collections.abc import Mapping

from generator.expressions.parse import FUNCTIONS, WORDS
from generator.expressions.tokens import tokens


def renamed(text: str, names: Mapping[str, str]) -> str:
    """Write other names into an expression that was understood."""
    parts, at = list[str](), 0
    for token in tokens(text):
        space = " " if parts and token.start > at and token.kind != "end" else ""
        word = text[token.start : token.end]
        known = token.kind == "word" and word not in WORDS and word not in FUNCTIONS
        parts.append(space + (names.get(word, word) if known else word))
        at = token.end
    return "".join(parts)
