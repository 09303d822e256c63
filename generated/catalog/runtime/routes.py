"""The route class with FastAPI's own way, which is given our kind of request.

FastAPI still solves the parameters and dependencies, validates the body and calls the handler.
Besides, an operation that declares no query parameters gets a dependency that refuses them all.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict, Unpack, get_args

from fastapi import Depends, Query, params
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant, get_typed_signature
from fastapi.routing import APIRoute, RouteContext
from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from .models import QueryModel
from .requests import ApiRequest

SCOPE_KEY = "restwright.operation"

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """What is known of an operation before a request comes."""

    answers_body: bool
    reads_body: bool
    body_is_model: bool
    body_limit: int | None
    query_limit: int
    dependant: Dependant | None
    """None of a compiled operation, which is not asked while dependencies are overridden."""
    parameters: frozenset[str]
    """Every query parameter that the handler or a dependency declares."""

    @classmethod
    def of(cls, route: APIRoute | RouteContext) -> Operation:
        """Gather it from a route, which knows the dependencies of all the routers around it."""
        dependant: Dependant = route.dependant
        body = route.body_field
        return cls(
            answers_body=route.status_code not in (204, 304),
            reads_body=body is not None,
            body_is_model=body is not None and bool(_models(body.field_info.annotation)),
            body_limit=route.max_body_size,
            query_limit=max((one.__longest_query__ for one in _queries(dependant)), default=0),
            dependant=dependant,
            parameters=frozenset(_parameters(dependant, {})),
        )

    def declared(self, scope: Scope) -> frozenset[str]:
        """Return the query parameters, also those of dependencies that a test has put in."""
        overrides = getattr(scope.get("app"), "dependency_overrides", None)
        if overrides and self.dependant is not None:
            return frozenset(_parameters(self.dependant, overrides))
        return self.parameters


class NoParameters(QueryModel):
    """The query of an operation that declares none."""


async def no_parameters(_query: Annotated[NoParameters, Query()]) -> None:
    """Refuse every query parameter that no other dependency declares."""


class RouteOptions(TypedDict, total=False):
    """Those of FastAPI's options that are looked at here; the others pass through."""

    dependencies: Sequence[params.Depends] | None
    include_in_schema: bool
    max_body_size: int | None
    methods: set[str] | list[str] | None
    name: str | None
    status_code: int | None
    strict_content_type: bool | DefaultPlaceholder


class PlainRoute(APIRoute):
    """An operation whose query and body are closed, and read strictly."""

    def __init__(
        self, path: str, endpoint: Callable[..., object], **options: Unpack[RouteOptions]
    ) -> None:
        if not _declares_query(endpoint):
            given = options.get("dependencies") or ()
            options["dependencies"] = [*given, Depends(no_parameters)]
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler."""
        handle = super().get_route_handler()
        alone: Operation | None = None

        async def handle_strictly(request: Request) -> Response:
            nonlocal alone
            operation = request.scope.get(SCOPE_KEY)
            if not isinstance(operation, Operation):
                operation = alone = alone or Operation.of(self)
            declared = operation.declared(request.scope)
            strict = ApiRequest(
                request.scope, request.receive, declared, body_is_model=operation.body_is_model
            )
            try:
                return await handle(strict)
            finally:
                # The team's handlers of errors are given FastAPI's own request.
                strict.give_body_to(request)

        return handle_strictly


def _declares_query(endpoint: Callable[..., object]) -> bool:
    """Tell whether a parameter of a handler is a closed model of the query."""
    for parameter in get_typed_signature(endpoint).parameters.values():
        annotation, *marks = get_args(parameter.annotation) or (None,)
        if any(isinstance(mark, params.Query) for mark in marks) and any(
            model.model_config.get("extra") == "forbid" for model in _models(annotation)
        ):
            return True
    return False


def _parameters(
    dependant: Dependant, overrides: Mapping[Callable[..., Any], Callable[..., Any]]
) -> Iterator[str]:
    for field in dependant.query_params:
        models = _models(field.field_info.annotation)
        for model in models:
            for name, info in model.model_fields.items():
                yield from _names(info, name)
        if not models:
            yield from _names(field.field_info, field.name)
    for inner in dependant.dependencies:
        call = overrides.get(inner.call) if inner.call is not None else None
        yield from _parameters(
            get_dependant(path=inner.path or "", call=call) if call else inner, overrides
        )


def _queries(dependant: Dependant) -> Iterator[type[QueryModel]]:
    """Find the models of the query, those of dependencies among them."""
    for field in dependant.query_params:
        for model in _models(field.field_info.annotation):
            if issubclass(model, QueryModel):
                yield model
    for inner in dependant.dependencies:
        yield from _queries(inner)


def _names(info: FieldInfo, name: str) -> Iterator[str]:
    alias = info.validation_alias or info.alias or name
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    return (choice for choice in choices if isinstance(choice, str))


def _models(annotation: object) -> list[type[BaseModel]]:
    """Find the models among an annotation and the members of its union."""
    candidates = [annotation, *get_args(annotation)]
    return [one for one in candidates if isinstance(one, type) and issubclass(one, BaseModel)]
