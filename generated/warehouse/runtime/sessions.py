"""What a handler does with the database, as one call: from a valid request to an encoded answer.

A session belongs to a request: it knows the request's addresses and entity tags, and holds no
connection. What a call writes is committed when it returns.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import MISSING, BaseModel
from starlette.types import Scope

from .answers import Json, NoContent, NotModified
from .bulk import BulkCreate, BulkDelete, Counts
from .database import Database
from .deletions import SoftDelete
from .drivers import Row
from .etags import is_known, tag_of_bytes, tag_of_version, wanted_versions
from .expansions import encode_rows
from .links import page_links, root_path
from .lists import CursorPage, Found, List
from .members import Members
from .nested_lists import ListUnder
from .reads import Read
from .rows import Model, Rows, unknown_key, wire_value
from .statements import Create, Delete, Replace, Update


class Session:
    """The database, as one request sees it."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self.database = database
        self._scope = scope

    async def create(self, statement: Create[Model], body: BaseModel) -> Json[Model]:
        """Insert a row, and answer it."""
        rows, row = statement.rows, await statement.run(self.database, body)
        headers: dict[str, str] = {}
        if statement.location is not None:
            key = rows.value_of(rows.key, row)
            if not isinstance(key, int):
                key = wire_value(rows.key, key, self.database.dialect)
            headers["Location"] = root_path(self._scope) + statement.location.format(key=key)
        return self._answer(rows, row, 201, headers)

    async def read(
        self, statement: Read[Model], key: object, params: BaseModel | None = None
    ) -> Json[Any]:
        """Answer a row, with what it refers to where that is asked for."""
        rows, row = statement.rows, await statement.run(self.database, key)
        if row is None:
            raise unknown_key(rows)
        asked = _asked(params)
        if not asked:
            tag = self._tag(rows, row)
            if tag is not None and is_known(self._scope, tag):
                return NotModified(tag)
            return self._answer(rows, row)
        (text,) = await encode_rows(self.database, rows, [row], statement.expand, asked)
        return self._tagged(rows, text.encode(), {})

    async def replace(self, statement: Replace[Model], key: object, body: BaseModel) -> Json[Model]:
        """Write a row as a whole, and answer it."""
        match = self._match(statement.rows)
        row = await statement.run(self.database, key, body, match=match)
        return self._answer(statement.rows, row)

    async def update(self, statement: Update[Model], key: object, body: BaseModel) -> Json[Model]:
        """Write what is given of a row, and answer it."""
        match = self._match(statement.rows)
        row = await statement.run(self.database, key, body, match=match)
        return self._answer(statement.rows, row)

    async def delete(self, statement: Delete[Model] | SoftDelete[Model], key: object) -> NoContent:
        """Delete a row."""
        match = self._match(statement.rows)
        if not await statement.run(self.database, key, match=match):
            raise unknown_key(statement.rows)
        return NoContent()

    async def list(self, statement: List[Model], params: BaseModel) -> Json[Any]:
        """Answer a page of rows: an array, or an object where pages go by cursor."""
        found = await statement.run(self.database, params)
        return await self._page(statement, params, found)

    async def list_under(
        self, statement: ListUnder[Model], key: object, params: BaseModel
    ) -> Json[Any]:
        """Answer a page of the rows that lie below another."""
        found = await statement.run(self.database, key, params)
        return await self._page(statement.listing, params, found)

    async def bulk_create(self, statement: BulkCreate[Model], body: BaseModel) -> Json[Any]:
        """Insert rows, all or none, and answer them or their number."""
        made = await statement.run(self.database, body)
        if isinstance(made, Counts):
            text = f'{{"created":{made.created},"kept":{made.kept}}}'
        else:
            texts = await encode_rows(self.database, statement.rows, made, {}, ())
            text = f'{{"items":[{",".join(texts)}]}}'
        return Json(text.encode(), 201)

    async def bulk_delete(self, statement: BulkDelete[Model], body: BaseModel) -> Json[Any]:
        """Delete rows, all or none, and answer how many there were."""
        deleted = await statement.run(self.database, body)
        return Json(f'{{"deleted":{deleted}}}'.encode())

    async def add_member(self, statement: Members[Model], key: object, member: object) -> NoContent:
        """Link a row to another."""
        await statement.add(self.database, key, member)
        return NoContent()

    async def remove_member(
        self, statement: Members[Model], key: object, member: object
    ) -> NoContent:
        """Take a link away, if it is there."""
        await statement.remove(self.database, key, member)
        return NoContent()

    async def list_members(
        self, statement: Members[Model], key: object, params: BaseModel
    ) -> Json[Any]:
        """Answer a page of what a row is linked to."""
        return await self.list_under(statement.listing, key, params)

    async def _page(self, statement: List[Model], params: BaseModel, found: Found) -> Json[Any]:
        rows = statement.rows
        texts = await encode_rows(self.database, rows, found.rows, statement.expand, _asked(params))
        content = f"[{','.join(texts)}]"
        headers: dict[str, str] = {}
        if found.total is not None:
            headers["X-Total-Count"] = str(found.total)
        if isinstance(statement.page, CursorPage):
            cursor = "null" if found.next_cursor is None else f'"{found.next_cursor}"'
            content = f'{{"items":{content},"{statement.page.next_name}":{cursor}}}'
        else:
            page = int(params.__dict__["page"])
            headers["Link"] = page_links(self._scope, page, found.more)
        return self._tagged(rows, content.encode(), headers)

    def _answer(
        self,
        rows: Rows[Model],
        row: Row | None,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Json[Model]:
        """Answer a row as it is stored, with the tag of its version."""
        if row is None:
            raise unknown_key(rows)
        tag = self._tag(rows, row)
        if tag is not None:
            headers = {**(headers or {}), "ETag": tag}
        return Json(rows.encode(row, self.database.dialect).encode(), status, headers)

    def _tagged(self, rows: Rows[Any], content: bytes, headers: dict[str, str]) -> Json[Any]:
        """Answer what is of several rows, with a tag where those rows have any."""
        if rows.version is None:
            return Json(content, headers=headers)
        tag = tag_of_bytes(content, *headers.values())
        if is_known(self._scope, tag):
            return NotModified(tag)
        return Json(content, headers={**headers, "ETag": tag})

    def _tag(self, rows: Rows[Any], row: Row) -> str | None:
        if rows.version is None:
            return None
        return tag_of_version(rows.value_of(rows.version, row))

    def _match(self, rows: Rows[Any]) -> frozenset[int] | None:
        """Return the versions that may be changed; None where any may be."""
        return None if rows.version is None else wanted_versions(self._scope)


def _asked(params: BaseModel | None) -> Collection[str]:
    """Return what a request asks to be shown beside its key."""
    asked = MISSING if params is None else params.__dict__.get("expand", MISSING)
    return () if asked is MISSING else asked


async def open_session(request: Request) -> Session:
    """Open a session for a request."""
    return session_of(request.scope)


def session_of(scope: Scope) -> Session:
    """Return a session for the request of a scope."""
    try:
        database: Database = scope["app"].state["database"]
    except KeyError:
        message = "the database is not open: run the application with its lifespan"
        raise RuntimeError(message) from None
    return Session(database, scope)


Db = Annotated[Session, Depends(open_session)]
"""The session of a request, as handlers declare it."""
