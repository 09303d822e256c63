"""The lifespan of an application: from an open database to the first request, which finds all made.

What the usual request needs is compiled before the service says that it has started.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from .database import Database, StartError, Tables
from .garbage import keep_what_is_there
from .logs import configure_logging
from .preparing import prepare_statements
from .settings import ServiceSettings

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def lifespan(settings: ServiceSettings, tables: Tables) -> Lifespan:
    """Make the lifespan of an application: `app.state.database` is open while it serves."""

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        configure_logging("debug" if settings.debug else settings.log_level)
        try:
            database = Database(settings)
        except OSError as error:
            raise _cannot_start(settings, error) from None
        async with database:
            try:
                await tables.ensure(database)
            except (StartError, OSError, SQLAlchemyError) as error:
                raise _cannot_start(settings, error) from None
            prepare_statements(app, database)
            app.state.settings = settings
            app.state.database = database
            keep_what_is_there()
            yield

    return opened


def _cannot_start(settings: ServiceSettings, error: Exception) -> StartError:
    """Say in one sentence why; `Edge` has the server show it."""
    if isinstance(error, StartError):
        return error
    cause = getattr(error, "orig", None) or error
    return StartError(
        f"The database cannot be used ({type(cause).__name__}: {cause}): "
        f"check {settings.variable('database_url')}."
    )
