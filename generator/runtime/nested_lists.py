"""Lists that lie below a row: those that refer to it, and those that it is linked to.

They are lists like others, narrowed by the key in the path; an empty one asks whether there is such
a row at all.
"""

from __future__ import annotations

from typing import Any, Generic

from pydantic import BaseModel
from sqlalchemy import Column, select

from .database import Database
from .lists import CursorPage, Found, List, Page, Under
from .problems import Problem
from .reads import is_there, key_lookup
from .references import Link
from .rows import Model, Rows, unknown_key


class ListUnder(Generic[Model]):
    """A list of the rows that refer to one row."""

    def __init__(self, listing: List[Model], column: Column[Any], above: Rows[Any]) -> None:
        self.listing = listing
        self.above = above
        self._column = column

    def prepare_for(self, database: Database, model: type[BaseModel] | None) -> None:
        """Compile the first page, and what looks for the row above an empty one."""
        self.listing.prepare_for(database, model, Under(self._column, None))
        key_lookup(database, self.above)

    async def run(self, database: Database, key: object, params: BaseModel) -> Found:
        """Read a page; raise the problem `unknown-key` where there is no row to lie below."""
        try:
            found = await self.listing.run(database, params, Under(self._column, key))
        except Problem:
            # The row comes first in the path, so it comes before a cursor that is unknown.
            await self._check(database, key)
            raise
        if not found.rows:
            await self._check(database, key)
        return found

    async def _check(self, database: Database, key: object) -> None:
        if not await is_there(database, self.above, key):
            raise unknown_key(self.above)


def list_of_members(
    owner: Rows[Any], link: Link, member: Rows[Model], page: Page | CursorPage
) -> ListUnder[Model]:
    """Make the list of what a row is linked to, in the order of their keys."""
    statement = select(*member.columns).join(link.table, link.member == member.key)
    listing = List(member, statement.where(*member.live), page, tie=link.member)
    return ListUnder(listing, link.owner, owner)
