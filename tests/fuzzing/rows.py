"""Which rows there are, as far as the answers tell.

A row is known from the answer that made it to the one that ended it. A DELETE may take rows of
other collections along, so from then on those are uncertain, until an answer shows one again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rows:
    """The rows of every collection, by the path of it."""

    present: dict[str, dict[str, int]] = field(default_factory=dict)
    """The keys of rows, each with the time at which it was last seen."""
    gone: dict[str, set[str]] = field(default_factory=dict)
    uncounted: set[str] = field(default_factory=set)
    """Collections in which rows were made whose keys no answer told."""
    _now: int = 0
    _ended: dict[str, int] = field(default_factory=dict)
    """When a row of a collection was last deleted."""

    def keys(self, collection: str) -> list[str]:
        """Return the keys of the rows that there are, or may be, in order."""
        return sorted(self.present.get(collection, ()))

    def certain(self, collection: str) -> list[str]:
        """Return the keys of the rows that there must be."""
        return [key for key in self.keys(collection) if self.there(collection, key)]

    def there(self, collection: str, key: str) -> bool | None:
        """Tell whether there is a row; None where no answer has told."""
        seen = self.present.get(collection, {}).get(key)
        if seen is not None:
            ended = (time for other, time in self._ended.items() if other != collection)
            return None if max(ended, default=0) > seen else True
        known = collection not in self.uncounted or key in self.gone.get(collection, ())
        return False if known else None

    def seen(self, collection: str, keys: Iterable[str]) -> None:
        """Note that there are rows."""
        self._now += 1
        for key in keys:
            self.present.setdefault(collection, {})[key] = self._now
            self.gone.get(collection, set()).discard(key)

    def missed(self, collection: str, key: str) -> None:
        """Note that there is no such row."""
        self.present.get(collection, {}).pop(key, None)
        self.gone.setdefault(collection, set()).add(key)

    def ended(self, collection: str, keys: Iterable[str]) -> None:
        """Note that rows were deleted, and perhaps others with them."""
        self._now += 1
        self._ended[collection] = self._now
        for key in keys:
            self.missed(collection, key)
