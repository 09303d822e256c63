"""The items of a request that need no new row: `on_conflict: keep`.

A row that is there stays as it is, and of items that are alike only the first makes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Dialect

from .conflicts import Write
from .prepared import dialect_name, stored
from .rows import Rows, Unique
from .steps import Steps
from .unique_sets import Member, holder_lookup, holders, member_of


@dataclass(frozen=True, slots=True)
class Kept:
    """The items of a request that need no new row."""

    there: dict[int, object]
    """By index, the key of the row that is there."""
    same: dict[int, int]
    """By index, the index of the item whose new row it is too."""

    def without(self, writes: Mapping[int, Write]) -> dict[int, Write]:
        """Return the others."""
        if not self.there and not self.same:
            return dict(writes)
        return {
            index: write
            for index, write in writes.items()
            if index not in self.there and index not in self.same
        }


class Keeping:
    """Which rows are kept: those that have an item's values of one of some unique sets."""

    def __init__(self, rows: Rows[Any], names: Iterable[str]) -> None:
        self._rows = rows
        wanted = frozenset(names)
        # A dead row still has its primary key, but is not what anybody keeps.
        self.sets: Sequence[Unique] = tuple(
            replace(unique, primary=False) for unique in rows.unique if unique.name in wanted
        )

    def prepare_for(self, dialect: Dialect) -> None:
        """Compile what looks for rows that are there."""
        for unique in self.sets:
            holder_lookup(self._rows, unique, dialect)

    def find(self, writes: Mapping[int, Write], dialect: Dialect) -> Steps[Kept]:
        """Find the items that need no new row: there is one already, or an item before makes it."""
        kept = Kept({}, {})
        if not self.sets:
            return kept
        members = {
            unique: {index: member_of(unique, write.values) for index, write in writes.items()}
            for unique in self.sets
        }
        decode = stored(self._rows.key).decoder(dialect_name(dialect))
        for unique, wanted in members.items():
            known = dict.fromkeys(member for member in wanted.values() if member is not None)
            held = yield from holders(self._rows, unique, known, dialect)
            for index, member in wanted.items():
                if member in held:
                    kept.there.setdefault(index, decode(held[member]))
        seen: dict[tuple[Unique, Member | None], int] = {}
        for index in kept.without(writes):
            mine = [(unique, wanted[index]) for unique, wanted in members.items() if wanted[index]]
            first = next((seen[one] for one in mine if one in seen), None)
            if first is None:
                seen.update(dict.fromkeys(mine, index))
            else:
                kept.same[index] = first
        return kept
