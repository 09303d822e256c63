"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

NOTHING = "–"
WORDS = {True: "reached", False: "**not reached**", None: NOTHING}
"""What a table says of a figure to reach."""


def grid(lines: Sequence[Sequence[str]]) -> str:
    """Write a table; the first line is its head."""
    head, *rest = lines
    rule = ["---", *["---"] * (len(head) - 1)]
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, rule, *rest))
