"""Work on thousands of items, done by the event loop itself: others have their turn in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

AT_A_TIME = 200


async def make_each(items: Sequence[Item], make: Callable[[Item], Made]) -> list[Made]:
    """Make something of each item, in their order."""
    made = [make(item) for item in items[:AT_A_TIME]]
    for start in range(AT_A_TIME, len(items), AT_A_TIME):
        await asyncio.sleep(0)
        made.extend(make(item) for item in items[start : start + AT_A_TIME])
    return made
