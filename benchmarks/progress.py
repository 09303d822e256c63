"""Tells on the standard error how far a run is."""

from __future__ import annotations

import sys


def say(text: str) -> None:
    """Tell a line."""
    print(text, file=sys.stderr, flush=True)
