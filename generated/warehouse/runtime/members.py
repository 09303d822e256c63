"""The members of a row: what it is linked to by a relation to many, one by one."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Any, Generic

from pydantic import BaseModel
from sqlalchemy import ClauseElement, bindparam, delete, func, select, update
from sqlalchemy.engine import Dialect

from .conflicts import Write, missing_reference
from .database import Database
from .linking import add_links, link_insert
from .lists import CursorPage, Page
from .made import raised
from .nested_lists import list_of_members
from .prepared import Prepared, Recent, prepare
from .problems import Problem
from .references import absent, target_lookup
from .rows import Model, Rows, unknown_key
from .steps import Steps


class Members(Generic[Model]):
    """Add a member to a row, remove one, list them.

    Adding what is there and removing what is not change nothing. What changes raises the version of
    the row that owns the links, which is locked: two writers never count the same links.
    """

    def __init__(
        self, rows: Rows[Any], relation: str, member: Rows[Model], *, page: Page | CursorPage
    ) -> None:
        self.rows = rows
        self.link = rows.link(relation)
        self.listing = list_of_members(rows, self.link, member, page)
        self._member = member
        self._prepared: Recent[Hashable, Prepared] = Recent()
        link, owned = self.link, self.link.owner == bindparam("owner")
        of_both = (owned, link.member == bindparam("member"))
        self._lock = (
            select(rows.key)
            .where(rows.key == bindparam("owner"), *rows.live)
            .with_for_update(key_share=True)  # Others may refer to the row meanwhile.
        )
        self._linked = select(link.member).where(*of_both)
        self._count = select(func.count()).select_from(link.table).where(owned)
        self._cut = delete(link.table).where(*of_both).returning(link.member)

    def prepare_for(self, database: Database, model: type[BaseModel] | None) -> None:
        """Compile what adds, removes and lists."""
        dialect = database.engine.dialect
        self.listing.prepare_for(database, model)
        target_lookup(self.rows, self.link.member, dialect, lock=True)
        for name, statement in (
            ("lock", self._lock),
            ("linked", self._linked),
            ("count", self._count),
            ("cut", self._cut),
        ):
            self._compiled(name, statement, dialect)
        link_insert(self.link, dialect)
        self._raising(dialect)

    async def add(self, database: Database, key: object, member: object) -> None:
        """Link a row to another; raise the problem of what is not there, or of too many."""
        dialect = database.engine.dialect
        await database.transact(lambda: self._add(key, member, dialect))

    async def remove(self, database: Database, key: object, member: object) -> None:
        """Take a link away, if it is there."""
        dialect = database.engine.dialect
        await database.transact(lambda: self._remove(key, member, dialect))

    def _add(self, key: object, member: object, dialect: Dialect) -> Steps[None]:
        given = {"owner": key, "member": member}
        link = self.link
        missing = yield from absent(self.rows, link.member, [member], dialect, lock=True)
        yield from self._lock_owner(key, dialect)
        if missing:
            raise missing_reference(Write(rows=self.rows, values={}), link.name)
        linked = self._compiled("linked", self._linked, dialect)
        if (yield linked.sql, linked.values(given)):
            return
        count = self._compiled("count", self._count, dialect)
        ((found,),) = yield count.sql, count.values(given)
        if found >= link.most:
            raise self._too_many()
        yield from add_links(link, [(key, member)], dialect)
        yield from self._raise_version(key, dialect)

    def _remove(self, key: object, member: object, dialect: Dialect) -> Steps[None]:
        yield from self._lock_owner(key, dialect)
        cut = self._compiled("cut", self._cut, dialect)
        if (yield cut.sql, cut.values({"owner": key, "member": member})):
            yield from self._raise_version(key, dialect)

    def _lock_owner(self, key: object, dialect: Dialect) -> Steps[None]:
        lock = self._compiled("lock", self._lock, dialect)
        if not (yield lock.sql, lock.values({"owner": key})):
            raise unknown_key(self.rows)

    def _raise_version(self, key: object, dialect: Dialect) -> Steps[None]:
        """Change what shows that the row has changed, where its keys are answered."""
        raising = self._raising(dialect)
        if raising is not None:
            yield raising.sql, raising.values({"owner": key, "now__": datetime.now(UTC)})

    def _raising(self, dialect: Dialect) -> Prepared | None:
        assigned = raised(self.rows.table) if self.link.in_body else {}
        if not assigned:
            return None
        statement = update(self.rows.table).where(self.rows.key == bindparam("owner"))
        return self._compiled("raise", statement.values(assigned), dialect)

    def _compiled(self, name: str, statement: ClauseElement, dialect: Dialect) -> Prepared:
        return self._prepared.get((dialect.name, name), lambda: prepare(statement, dialect))

    def _too_many(self) -> Problem:
        most, link = self.link.most, self.link
        detail = f"This {self.rows.noun} has {most} of them already, the most that it may have."
        return Problem("too-many-members", detail, relation=link.name, most=most)
