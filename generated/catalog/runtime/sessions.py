"""What a handler does with the database, as one call: from a valid request to an encoded answer.

A session belongs to a request: it knows the request's addresses, and holds no connection. Each call
is one statement that is committed when the call returns.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.types import Scope

from .answers import Json, NoContent
from .database import Database
from .drivers import Row
from .links import page_links, root_path
from .lists import CursorPage, List
from .problems import Problem
from .rows import Model, Rows, wire_value
from .statements import Create, Delete, Read, Replace, Update


class Session:
    """The database, as one request sees it."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self.database = database
        self._scope = scope

    async def create(self, statement: Create[Model], body: BaseModel) -> Json[Model]:
        """Insert a row, and answer it."""
        row = await statement.run(self.database, body)
        headers: dict[str, str] = {}
        if statement.location is not None:
            rows = statement.rows
            key = wire_value(rows.key, rows.value_of(rows.key, row), self.database.dialect)
            headers["Location"] = root_path(self._scope) + statement.location.format(key=key)
        return self._answer(statement.rows, row, 201, headers)

    async def read(self, statement: Read[Model], key: object) -> Json[Model]:
        """Answer a row."""
        return self._answer(statement.rows, await statement.run(self.database, key))

    async def replace(self, statement: Replace[Model], key: object, body: BaseModel) -> Json[Model]:
        """Write a row as a whole, and answer it."""
        return self._answer(statement.rows, await statement.run(self.database, key, body))

    async def update(self, statement: Update[Model], key: object, body: BaseModel) -> Json[Model]:
        """Write what is given of a row, and answer it."""
        return self._answer(statement.rows, await statement.run(self.database, key, body))

    async def delete(self, statement: Delete[Model], key: object) -> NoContent:
        """Delete a row."""
        if not await statement.run(self.database, key):
            raise unknown_key(statement.rows)
        return NoContent()

    async def list(self, statement: List[Model], params: BaseModel) -> Json[Any]:
        """Answer a page of rows: an array, or an object where pages go by cursor."""
        found = await statement.run(self.database, params)
        dialect = self.database.dialect
        items = f"[{','.join(statement.rows.encode(row, dialect) for row in found.rows)}]"
        headers: dict[str, str] = {}
        if found.total is not None:
            headers["X-Total-Count"] = str(found.total)
        if isinstance(statement.page, CursorPage):
            cursor = "null" if found.next_cursor is None else f'"{found.next_cursor}"'
            items = f'{{"items":{items},"{statement.page.next_name}":{cursor}}}'
        else:
            page = int(params.__dict__["page"])
            headers["Link"] = page_links(self._scope, page, found.more)
        return Json(items.encode(), headers=headers)

    def _answer(
        self,
        rows: Rows[Model],
        row: Row | None,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Json[Model]:
        if row is None:
            raise unknown_key(rows)
        return Json(rows.encode(row, self.database.dialect).encode(), status, headers)


def unknown_key(rows: Rows[Any]) -> Problem:
    """Make the problem of a well-formed key that no row has."""
    detail = f"There is no {rows.noun} with this {rows.wire_name(rows.key.key)}."
    return Problem("unknown-key", detail, resource=rows.noun)


async def open_session(request: Request) -> Session:
    """Open a session for a request."""
    database = getattr(request.app.state, "database", None)
    if not isinstance(database, Database):
        raise RuntimeError("the database is not open: run the application with its lifespan")
    return Session(database, request.scope)


Db = Annotated[Session, Depends(open_session)]
"""The session of a request, as handlers declare it."""
