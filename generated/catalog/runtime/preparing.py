"""What is compiled before the first request: the usual shape of every statement of a service.

Rarer shapes, such as a combination of filters, are compiled when a request first asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import FunctionType
from typing import Protocol, cast

from fastapi import FastAPI
from fastapi.routing import _IncludedRouter
from pydantic import MISSING, BaseModel
from starlette.routing import BaseRoute

from .database import Database
from .models import QueryModel, RequestModel
from .routes import PlainRoute

Model = type[BaseModel]


class Preparable(Protocol):
    """A statement of an operation."""

    def prepare_for(self, database: Database, model: Model | None, /) -> None:
        """Compile the usual shape: of a body or query with nothing that could be left out."""


def prepare_statements(app: FastAPI, database: Database) -> None:
    """Compile what the operations of an application need for the usual request."""
    for endpoint in _endpoints(app.router.routes):
        model = _model(endpoint)
        for statement in _statements(endpoint):
            statement.prepare_for(database, model)


def usual_fields(model: Model | None) -> list[str]:
    """Name the fields that have a value in every body, in the order of the body."""
    if model is None:
        return []
    return [name for name, field in model.model_fields.items() if field.default is not MISSING]


def _endpoints(routes: Iterable[BaseRoute]) -> Iterator[FunctionType]:
    for route in routes:
        if isinstance(route, _IncludedRouter):
            yield from _endpoints(route.original_router.routes)
        elif isinstance(route, PlainRoute) and isinstance(route.endpoint, FunctionType):
            yield route.endpoint


def _statements(endpoint: FunctionType) -> Iterator[Preparable]:
    """Find the statements that a handler names: they are constants of its module."""
    for name in endpoint.__code__.co_names:
        found = endpoint.__globals__.get(name)
        # Not `isinstance`, which is dear for a protocol.
        if hasattr(type(found), "prepare_for"):
            yield cast(Preparable, found)


def _model(endpoint: FunctionType) -> Model | None:
    """Return the model of what a handler is sent, in the body or else in the query."""
    for annotation in endpoint.__annotations__.values():
        kind = getattr(annotation, "__origin__", annotation)
        if isinstance(kind, type) and issubclass(kind, RequestModel | QueryModel):
            return kind
    return None
